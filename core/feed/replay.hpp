// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "core/feed/branch.hpp"
#include "core/feed/program_feed.hpp"
#include "core/feed/rerun.hpp"

namespace loopscope::feed {

/// Runs a program of Loopscope's again. Never waits and never fails.
class Replay final : public Rerun {
  public:
    /// Makes a replay up to a trace of at least `length` events, with these switches, in order.
    Replay(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length);

    Status poll(std::chrono::nanoseconds time) override;
    [[nodiscard]] double progress() const override;
    [[nodiscard]] const Setup* setup() const override { return feed_->setup(); }
    /// Returns the trace as far as it was run.
    [[nodiscard]] const trace::Log& log() const { return feed_->log(); }
    [[nodiscard]] std::shared_ptr<Branch> take() override {
        return cancelled() ? nullptr : std::move(branch_);
    }

  private:
    std::shared_ptr<ProgramFeed> feed_;
    std::shared_ptr<Branch> branch_;
    std::uint32_t length_;
};

}  // namespace loopscope::feed
