#pragma once

#include <chrono>

#include "core/feed/branch.hpp"
#include "core/feed/program_feed.hpp"

namespace loopscope::feed {

/// A program on its way to where it was before, or to where it is to fork: runs a slice at a time, so that
/// nobody who watches has to wait.
class Replay {
  public:
    /// To a trace of at least `length` events, with these switches, in order.
    Replay(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length);

    /// Runs on for about `time`, at least a little. Gives true once it is there.
    bool advance(std::chrono::nanoseconds time);
    [[nodiscard]] const Setup& setup() const { return *feed_->setup(); }
    /// How much of the way it has behind it, from 0 to 1.
    [[nodiscard]] double done() const;
    /// What it has run. REQUIRES: advance() gave true.
    [[nodiscard]] std::shared_ptr<Branch> take() { return std::move(branch_); }

  private:
    std::shared_ptr<ProgramFeed> feed_;
    std::shared_ptr<Branch> branch_;
    std::uint32_t length_;
};

}  // namespace loopscope::feed
