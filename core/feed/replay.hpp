#pragma once

#include <memory>
#include <vector>

#include "core/base/job.hpp"
#include "core/feed/branch.hpp"
#include "core/feed/program_feed.hpp"

namespace loopscope::feed {

/// A job: runs a program again, to where it was before or to where it is to fork. Never waits and never
/// fails.
class Replay {
  public:
    /// Makes a replay up to a trace of at least `length` events, with these switches, in order.
    Replay(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length);

    /// Runs for about `time`, at least a little. Returns `ended` once the trace has its length or the replay
    /// was cancelled.
    Status poll(std::chrono::nanoseconds time);
    /// Returns how much of the replay is done, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Ends the replay: take() will return null.
    void cancel() { cancelled_ = true; }
    [[nodiscard]] const Setup& setup() const { return *feed_->setup(); }
    /// Moves out the branch that was run; null if the replay was cancelled. REQUIRES: poll() returned
    /// `ended`; called once.
    [[nodiscard]] std::shared_ptr<Branch> take() { return cancelled_ ? nullptr : std::move(branch_); }

  private:
    std::shared_ptr<ProgramFeed> feed_;
    std::shared_ptr<Branch> branch_;
    std::uint32_t length_;
    bool cancelled_ = false;
};

static_assert(Job<Replay>);

}  // namespace loopscope::feed
