// SPDX-License-Identifier: MIT
#include "core/feed/replay.hpp"

#include <algorithm>

namespace loopscope::feed {
namespace {

/// The number of handles between two readings of the clock: well under a millisecond.
constexpr std::uint32_t handles_in_a_slice = 2000;

}  // namespace

Replay::Replay(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length)
    : feed_(std::make_shared<ProgramFeed>(setup, switches)),
      branch_(std::make_shared<Branch>(feed_)),
      length_(length) {}

Status Replay::poll(std::chrono::nanoseconds time) {
    const Slice slice(time);
    while (!cancelled()) {
        const bool there = feed_->catch_up(length_, handles_in_a_slice);
        branch_->update();
        if (there) return Status::ended;
        if (slice.over()) return Status::grew;
    }
    return Status::ended;
}

double Replay::progress() const {
    return length_ == 0 ? 1 : std::min(1.0, static_cast<double>(feed_->log().size()) / length_);
}

}  // namespace loopscope::feed
