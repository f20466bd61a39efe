// SPDX-License-Identifier: MIT
#include "core/trace/keyframes.hpp"

#include <algorithm>

namespace loopscope::trace {
namespace {

constexpr std::uint32_t min_distance = 16384;  // folded in well under a millisecond
constexpr std::size_t share = 5;               // of the events' memory: one part in so many
// Of a state of more bytes, an event finds its task in no cache.
constexpr std::size_t cached = std::size_t{2} << 20;
constexpr std::size_t long_distance = 150'000;  // then folded in some milliseconds
constexpr std::size_t bytes_of_event = 6;       // of packed keyframes, for each event
constexpr std::size_t usual_packing = 10;       // a state's bytes, by those of its packed one
constexpr std::size_t ahead = 12;               // events between asking for what one needs and applying it

}  // namespace

const State& Keyframes::seek(const Log& log, std::uint32_t count) {
    const auto after = std::ranges::upper_bound(frames_, count, {}, &PackedState::size);
    const std::uint32_t frame_size = after == frames_.begin() ? 0 : std::prev(after)->size();
    if (count < current_.size() || current_.size() < frame_size) {
        current_ = after == frames_.begin() ? State{} : std::prev(after)->unpacked();
    }
    fold(log, count);
    return current_;
}

std::vector<std::uint32_t> Keyframes::indices() const {
    std::vector<std::uint32_t> indices;
    for (const PackedState& frame : frames_) indices.push_back(frame.size());
    return indices;
}

void Keyframes::fold(const Log& log, std::uint32_t count) {
    while (current_.size() < count) {
        const std::uint32_t last = frames_.empty() ? 0 : frames_.back().size();
        std::uint32_t stop = count;
        if (current_.size() >= last) stop = std::min(count, std::max(next_, current_.size() + 1));
        log.each_piece({current_.size()}, {stop}, [&](EventIndex, std::span<const Event> events) {
            for (std::size_t at = 0; at < events.size(); ++at) {
                if (at + ahead < events.size()) current_.fetch(events[at + ahead]);
                current_.apply(events[at]);
            }
        });
        if (current_.size() >= next_) consider(last);
    }
}

/// Returns how many events a keyframe of the present state is to be behind the last one.
std::size_t Keyframes::distance() const {
    const std::size_t bytes = current_.bytes();
    const std::size_t by_copying = bytes * share / sizeof(Event);
    if (bytes <= cached) return std::max<std::size_t>(min_distance, by_copying);
    const std::size_t packed = frames_.empty() ? bytes / usual_packing : frames_.back().bytes();
    const std::size_t by_packing = packed / bytes_of_event;
    return std::clamp(by_packing, long_distance, by_copying);
}

void Keyframes::consider(std::uint32_t last) {
    const std::size_t distance = this->distance();
    if (current_.size() - last < distance) {
        // The state may have grown by then so that it is to be nearer.
        next_ = std::min(last + static_cast<std::uint32_t>(distance), current_.size() + min_distance);
        return;
    }
    frames_.emplace_back(current_, *spill_);
    bytes_ += frames_.back().bytes();
    next_ = current_.size() + min_distance;
}

}  // namespace loopscope::trace
