#include "app/session/replay.hpp"

#include <algorithm>

namespace loopscope::session {
namespace {

/// Between two looks at the clock: well under a millisecond.
constexpr std::uint32_t handles_in_a_slice = 2000;

}  // namespace

Replay::Replay(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length)
    : engine_(std::make_shared<NativeEngine>(setup, switches)),
      branch_(std::make_shared<Branch>(engine_)),
      length_(length) {}

bool Replay::advance(std::chrono::nanoseconds time) {
    const auto start = std::chrono::steady_clock::now();
    for (;;) {
        const bool there = engine_->catch_up(length_, handles_in_a_slice);
        branch_->learn();
        if (there) return true;
        if (std::chrono::steady_clock::now() - start >= time) return false;
    }
}

double Replay::done() const {
    return length_ == 0 ? 1 : std::min(1.0, static_cast<double>(engine_->log().size()) / length_);
}

}  // namespace loopscope::session
