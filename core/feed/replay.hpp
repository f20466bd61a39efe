#pragma once

#include <memory>
#include <vector>

#include "core/base/job.hpp"
#include "core/feed/branch.hpp"
#include "core/feed/program_feed.hpp"

namespace loopscope::feed {

/// A job: a program on its way to where it was before, or to where it is to fork. Never waits, never fails.
class Replay {
  public:
    /// Runs to a trace of at least `length` events, with these switches, in order.
    Replay(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length);

    /// Runs on for about `time`, at least a little. Returns `ended` once it is there, or was cancelled.
    Status poll(std::chrono::nanoseconds time);
    /// Returns how much of the way it has behind it, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Has it end where it is: there is nothing to take.
    void cancel() { cancelled_ = true; }
    [[nodiscard]] const Setup& setup() const { return *feed_->setup(); }
    /// Returns what it has run; null if it was cancelled. REQUIRES: poll() gave `ended`; once.
    [[nodiscard]] std::shared_ptr<Branch> take() { return cancelled_ ? nullptr : std::move(branch_); }

  private:
    std::shared_ptr<ProgramFeed> feed_;
    std::shared_ptr<Branch> branch_;
    std::uint32_t length_;
    bool cancelled_ = false;
};

static_assert(Job<Replay>);

}  // namespace loopscope::feed
