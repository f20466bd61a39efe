#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/scenario/failure.hpp"
#include "core/scenario/program.hpp"

namespace loopscope::scenario {

/// One run of a program: its storages, its loops, and what they wait for (`loop.run_until_complete`). Writes
/// a whole trace: from `begin` to `end`.
///
/// A program may have further OS threads, each with a loop of its own. They take turns, an iteration each: a
/// thread goes on while nobody else has something to run; where all wait, time passes to the first deadline,
/// and of equal ones the next thread's comes first. So the trace is the same every time.
class Run {
  public:
    /// Starts the program with its root tasks made and nothing run. The sink must outlive the run.
    /// So must the chooser, who takes the choices of all its loops; null: they do what asyncio does.
    Run(const Program& program, const Arguments& arguments, trace::Storage storage, trace::Sink& sink,
        loop::Chooser* chooser = nullptr);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run();

    /// Runs one handle. Gives false if the program is over.
    bool advance();
    [[nodiscard]] bool over() const { return over_; }

    /// The exceptions so far that the output does not tell of, in the order in which they were noticed. Those
    /// that a task or future keeps to itself are known once it is gone, or the program is over.
    [[nodiscard]] const Failures& failures() const { return failures_; }

    /// Reads are answered by another storage from here on.
    void select(trace::Storage storage);
    [[nodiscard]] trace::Storage storage() const { return storages_.selected(); }

    /// The loop whose turn it is.
    [[nodiscard]] const loop::EventLoop& loop() const;
    [[nodiscard]] const context::Storages& storages() const { return storages_; }

  private:
    class StopWhenDone;
    class Thread;

    /// The first one is the caller's own. No name: it is the only one.
    void begin_thread(std::string_view name, Start start);
    [[nodiscard]] Thread& current() const { return *threads_[turn_]; }
    bool pass_turn();
    void take_turn(std::size_t thread);
    void end(loop::Progress progress);
    trace::Ending ending_of(const Thread& thread) const;
    void note(const loop::Unhandled& unhandled);
    void note_main(const Thread& thread, trace::Ending ending);

    trace::Sink& sink_;
    context::Storages storages_;
    Arguments arguments_;
    loop::Chooser* chooser_;
    Failures failures_;  // before the threads: what they drop at their end may still tell of one
    std::vector<std::unique_ptr<Thread>> threads_;
    std::size_t turn_ = 0;
    bool over_ = false;
};

}  // namespace loopscope::scenario
