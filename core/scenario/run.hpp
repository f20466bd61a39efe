// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/scenario/failure.hpp"
#include "core/scenario/program.hpp"

namespace loopscope::scenario {

/// One run of a program: its storages, its loops, and the futures that they run until
/// (`loop.run_until_complete`). Writes a whole trace, from `begin` to `end`. Used from one thread.
///
/// A program may have further OS threads, each with a loop of its own. The threads take turns, an iteration
/// each: a thread goes on while no other has something to run; when all wait, time passes to the first
/// deadline, and of equal deadlines the next thread's comes first. So the trace is the same in every run.
class Run {
  public:
    /// Starts the program: makes its root tasks and runs nothing. The sink must outlive the run, and so must
    /// `chooser`, which makes the choices of all its loops; null for asyncio's.
    Run(const Program& program, const Arguments& arguments, trace::Storage storage, trace::Sink& sink,
        loop::Chooser* chooser = nullptr);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run();

    /// Runs one handle. Returns false if the program is over.
    bool advance();
    [[nodiscard]] bool over() const { return over_; }

    /// Returns the exceptions so far that the program's output does not show, in the order in which they were
    /// noticed. An exception that a task or future keeps to itself is known once that is destroyed, or the
    /// program is over.
    [[nodiscard]] const Failures& failures() const { return failures_; }

    /// Selects the storage from which variables are read from now on, and writes that to the trace.
    void select(trace::Storage storage);
    [[nodiscard]] trace::Storage storage() const { return storages_.selected(); }

    /// Returns the loop whose turn it is.
    [[nodiscard]] const loop::EventLoop& loop() const;
    [[nodiscard]] const context::Storages& storages() const { return storages_; }

  private:
    class Thread;

    /// Makes a thread with its loop and root tasks. The first one is the calling thread itself. `name` is
    /// empty if the program has only one.
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
    bool closes_loops_;
    Failures failures_;  // before threads_: destroying those may still report a failure
    std::vector<std::unique_ptr<Thread>> threads_;
    std::size_t turn_ = 0;
    bool over_ = false;
};

}  // namespace loopscope::scenario
