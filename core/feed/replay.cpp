#include "core/feed/replay.hpp"

#include <algorithm>

namespace loopscope::feed {
namespace {

/// Between two looks at the clock: well under a millisecond.
constexpr std::uint32_t handles_in_a_slice = 2000;

}  // namespace

Replay::Replay(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length)
    : feed_(std::make_shared<ProgramFeed>(setup, switches)),
      branch_(std::make_shared<Branch>(feed_)),
      length_(length) {}

bool Replay::advance(std::chrono::nanoseconds time) {
    const auto start = std::chrono::steady_clock::now();
    for (;;) {
        const bool there = feed_->catch_up(length_, handles_in_a_slice);
        branch_->update();
        if (there) return true;
        if (std::chrono::steady_clock::now() - start >= time) return false;
    }
}

double Replay::done() const {
    return length_ == 0 ? 1 : std::min(1.0, static_cast<double>(feed_->log().size()) / length_);
}

}  // namespace loopscope::feed
