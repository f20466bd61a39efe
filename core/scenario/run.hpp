#pragma once

#include "core/scenario/program.hpp"

namespace loopscope::scenario {

/// One run of a program: its storages, its loop, and what it waits for (`loop.run_until_complete`). Writes a
/// whole trace: from `begin` to `end`.
class Run {
  public:
    /// Starts the program with its root tasks made and nothing run. The sink must outlive the run.
    Run(const Program& program, const Arguments& arguments, trace::Storage storage, trace::Sink& sink);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    /// Runs one handle. Gives false if the program is over.
    bool advance();
    [[nodiscard]] bool over() const { return over_; }

    /// Reads are answered by another storage from here on.
    void select(trace::Storage storage);
    [[nodiscard]] trace::Storage storage() const { return storages_.selected(); }

    [[nodiscard]] const loop::EventLoop& loop() const { return loop_; }
    [[nodiscard]] const context::Storages& storages() const { return storages_; }

  private:
    class StopWhenDone;

    void end(loop::Progress progress);

    trace::Sink& sink_;
    context::Storages storages_;
    Arguments arguments_;
    loop::EventLoop loop_;
    AnyFuture main_;
    bool over_ = false;
};

}  // namespace loopscope::scenario
