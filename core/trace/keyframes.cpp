#include "core/trace/keyframes.hpp"

#include <algorithm>

namespace loopscope::trace {
namespace {

constexpr std::uint32_t shortest_distance = 4096;

/// What there is to copy in a state.
std::uint32_t weight(const State& state) {
    return static_cast<std::uint32_t>(state.tasks().size() * (4 + state.variables()) + state.ready().size());
}

}  // namespace

const State& Keyframes::seek(const Log& log, std::uint32_t count) {
    const auto after = std::ranges::upper_bound(frames_, count, {}, &State::size);
    const std::uint32_t frame_size = after == frames_.begin() ? 0 : std::prev(after)->size();
    if (count < current_.size() || current_.size() < frame_size) {
        current_ = after == frames_.begin() ? State{} : *std::prev(after);
    }
    fold(log, count);
    return current_;
}

void Keyframes::fold(const Log& log, std::uint32_t count) {
    while (current_.size() < count) {
        current_.apply(log[current_.size()]);
        const std::uint32_t last = frames_.empty() ? 0 : frames_.back().size();
        if (current_.size() > last &&
            current_.size() - last >= std::max(shortest_distance, weight(current_))) {
            frames_.push_back(current_);
        }
    }
}

}  // namespace loopscope::trace
