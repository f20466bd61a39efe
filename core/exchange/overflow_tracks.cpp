// SPDX-License-Identifier: MIT
#include "core/exchange/overflow_tracks.hpp"

#include <algorithm>

#include "core/exchange/lane_event.hpp"
#include "core/exchange/slice_pairs.hpp"

namespace loopscope::exchange {
namespace {

constexpr std::int64_t no_room = INT64_MIN;

}  // namespace

/// Removes what ends before a time.
void OverflowTracks::end_before(std::int64_t time) {
    while (!endings_.empty() && endings_.top().end < time) {
        const std::uint32_t track = endings_.top().track;
        endings_.pop();
        open_[track].pop_back();  // the innermost ends first
        set_room(track);
    }
}

void OverflowTracks::set_room(std::uint32_t track) {
    const std::vector<std::int64_t>& open = open_[track];
    const bool deep = open.size() >= SlicePairs::max_depth;
    std::size_t at = std::size_t{leaves_} + track;
    room_[at] = deep ? no_room : open.empty() ? LaneEvent::never : open.back();
    while (at > 1) {
        at /= 2;
        room_[at] = std::max(room_[2 * at], room_[2 * at + 1]);
    }
}

/// Doubles the number of leaves.
void OverflowTracks::grow() {
    leaves_ = std::max(1U, 2 * leaves_);
    room_.assign(std::size_t{2} * leaves_, no_room);
    for (std::uint32_t track = 0; track < open_.size(); ++track) set_room(track);
}

std::uint32_t OverflowTracks::place(std::int64_t begin, std::int64_t end) {
    if (begin < INT64_MAX) end_before(begin + 1);
    std::uint32_t track = 0;
    if (leaves_ > 0 && room_[1] >= end) {
        std::size_t at = 1;
        while (at < leaves_) at = room_[2 * at] >= end ? 2 * at : 2 * at + 1;
        track = static_cast<std::uint32_t>(at - leaves_);
    } else {
        track = static_cast<std::uint32_t>(open_.size());
        open_.emplace_back();
        if (track >= leaves_) grow();
    }
    open_[track].push_back(end);
    set_room(track);
    endings_.push({end, track});
    return track;
}

std::uint32_t OverflowTracks::open_at(std::int64_t time) {
    end_before(time);
    return endings_.empty() ? none : endings_.top().track;
}

}  // namespace loopscope::exchange
