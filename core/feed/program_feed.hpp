// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "core/feed/feed.hpp"
#include "core/scenario/run.hpp"

namespace loopscope::feed {

/// Returns what a feed can do that runs a program of Loopscope's.
const Capabilities& capabilities_of_program();
/// Returns what is to be shown of a program of Loopscope's.
About about_program(const scenario::Program& program);

/// A feed that extends a trace by running one of Loopscope's programs. It never waits and never fails.
///
/// Deterministic: the same setup, switches and length make the same bytes. So a fork needs no snapshot of a
/// running program: the program runs again up to the fork.
class ProgramFeed final : public Feed {
  public:
    explicit ProgramFeed(const Setup& setup);
    /// Makes a feed that repeats a run with these switches, in order; `catch_up` makes them.
    ProgramFeed(const Setup& setup, const std::vector<Switch>& switches);
    /// Makes a feed that has repeated a run with these switches, up to a trace of at least `length` events.
    ProgramFeed(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length);

    /// Runs at most `handles` handles, up to where all switches are made and the trace has `length` events.
    /// Returns true once it is there or the program is over. Other ways of running before that make no
    /// switches.
    bool catch_up(std::uint32_t length, std::uint32_t handles);

    [[nodiscard]] Time time() const override { return run_->loop().time(); }
    [[nodiscard]] const Capabilities& can() const override { return capabilities_of_program(); }
    void select(trace::Storage storage, VariableId variable = {}) override;
    [[nodiscard]] std::unique_ptr<Rerun> run_again(const std::vector<Switch>& switches,
                                                   std::uint32_t length) const override;
    [[nodiscard]] const trace::Log& log() const override { return log_; }
    [[nodiscard]] About about() const override { return about_program(*setup_.program); }
    [[nodiscard]] const Setup* setup() const override { return &setup_; }
    [[nodiscard]] const std::vector<Switch>& switches() const override { return switches_; }
    [[nodiscard]] EventIndex first_event() const override { return first_event_; }
    [[nodiscard]] const scenario::Failures& failures() const override { return run_->failures(); }
    /// Returns the live loop, for checking the trace against it.
    [[nodiscard]] const scenario::Run& run() const { return *run_; }

  protected:
    Status grow(const Budget& budget) override;

  private:
    /// Has the next pending switch made when the trace reaches its event.
    void arm();
    void take_pending();

    Setup setup_;
    std::vector<Switch> switches_;
    std::deque<Switch> pending_;  // while a run is repeated: switches that are still to be made
    trace::Log log_;
    std::optional<explore::Chooser> chooser_;
    std::unique_ptr<scenario::Run> run_;
    EventIndex first_event_;
};

}  // namespace loopscope::feed
