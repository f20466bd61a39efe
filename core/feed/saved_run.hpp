// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/feed/feed.hpp"
#include "core/feed/replay.hpp"

namespace loopscope::feed {

/// The setup and switches with which a program of Loopscope's makes a trace again.
struct Recipe {
    Setup setup;
    std::vector<Switch> switches;
};

/// A saved run of one of Loopscope's programs: its trace is what the file has, and the program runs again
/// only when somebody wants to go on from it. Whether it makes the same events then is found out on the way;
/// if it does not, this is a recording from then on.
class SavedRun final : public Feed {
  public:
    /// Makes a feed of a log that was read from the file that is called `name`. `ended`: the program was over
    /// at its end. REQUIRES: trace::check accepts the log.
    SavedRun(std::shared_ptr<const trace::Log> log, Recipe recipe, std::string name, bool ended);

    [[nodiscard]] Time time() const override { return log_->time(log_->end_index() - 1); }
    [[nodiscard]] const Capabilities& can() const override;
    [[nodiscard]] bool is_running() const override { return *refuted_; }
    [[nodiscard]] std::unique_ptr<Rerun> run_again(const std::vector<Switch>& switches,
                                                   std::uint32_t length) const override;
    [[nodiscard]] const trace::Log& log() const override { return *log_; }
    [[nodiscard]] About about() const override;
    [[nodiscard]] const Setup* setup() const override;
    [[nodiscard]] const std::vector<Switch>& switches() const override { return recipe_.switches; }
    [[nodiscard]] EventIndex first_event() const override { return first_event_; }
    [[nodiscard]] const scenario::Failures& failures() const override { return failures_; }

  protected:
    /// Waits for the run that goes on in this one's place; ends once it is known that there is none.
    Status grow(const Budget& budget) override;

  private:
    std::shared_ptr<const trace::Log> log_;
    Recipe recipe_;
    std::string name_;
    EventIndex first_event_;
    Capabilities cannot_;            // of a recording
    std::shared_ptr<bool> refuted_;  // whether the program makes other events than the file has
    scenario::Failures failures_;    // none: only a run knows them
};

}  // namespace loopscope::feed
