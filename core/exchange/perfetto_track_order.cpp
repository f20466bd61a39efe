// SPDX-License-Identifier: MIT
// The part of PerfettoTracks that puts tracks into their order.

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "core/exchange/perfetto_tracks.hpp"

namespace loopscope::exchange {

using Kind = PerfettoTrack::Kind;

/// Returns 1 + the track in whose group a track is; 0: none.
std::uint32_t PerfettoTracks::parent_of(const PerfettoTrack& track) {
    if (track.made_up_parent != 0) return track.made_up_parent;
    if (track.has_parent && track.parent != track.uuid) {
        const auto parent = by_uuid_.find(track.parent);
        if (parent != by_uuid_.end() && track.parent != default_uuid) return parent->second + 1;
    }
    if (track.kind != Kind::thread) return 0;
    const std::uint32_t process = own(Kind::process, {track.pid, 0});
    return process == limit ? 0 : process + 1;
}

/// Finds the parent of each track. Processes that only their threads mention are added.
void PerfettoTracks::adopt() {
    parents_.clear();
    // NOLINTNEXTLINE(modernize-loop-convert): more may be added on the way
    for (std::size_t track = 0; track < tracks_.size(); ++track) {
        const PerfettoTrack copy = tracks_[track];
        parents_.push_back(parent_of(copy));
    }
    cut_circles();
    children_.assign(tracks_.size() + 1, {});
    for (std::uint32_t track = 0; track < tracks_.size(); ++track)
        children_[parents_[track]].push_back(track);
}

/// Takes the parent from one track of those that are inside of each other in a circle.
void PerfettoTracks::cut_circles() {
    std::vector<std::uint32_t> seen_from(tracks_.size());  // 1 + the track from which the way led there
    for (std::uint32_t from = 0; from < tracks_.size(); ++from) {
        std::uint32_t track = from;
        while (seen_from[track] == 0) {
            seen_from[track] = from + 1;
            if (parents_[track] == 0) break;
            if (seen_from[parents_[track] - 1] == from + 1) {
                parents_[track] = 0;
                break;
            }
            track = parents_[track] - 1;
        }
    }
}

void PerfettoTracks::mark_used() {
    used_.assign(tracks_.size(), false);
    for (std::uint32_t track = 0; track < tracks_.size(); ++track) {
        if (!tracks_[track].has_records && !tracks_[track].has_counts) continue;
        for (std::uint32_t at = track + 1; at != 0 && !used_[at - 1]; at = parents_[at - 1])
            used_[at - 1] = true;
    }
}

/// Finds the tracks that are shown as one, because they are siblings of one name or of one key
/// (track_descriptor.proto, SiblingMergeBehavior). One without a name is called what its slices are.
void PerfettoTracks::merge_siblings() {
    using Merge = PerfettoTrack::Merge;
    merged_.assign(tracks_.size(), false);
    std::map<std::tuple<std::uint32_t, Merge, StringId>, std::uint32_t> firsts;
    std::map<std::pair<std::uint32_t, StringId>, StringId> keys;  // of the names that are taken
    for (std::uint32_t number = 0; number < tracks_.size(); ++number) {
        PerfettoTrack& track = tracks_[number];
        if (!used_[number] || track.kind != Kind::custom || !track.has_records) continue;
        if (track.uuid == default_uuid && !track.made_up) continue;
        const bool named = track.name.value != 0;
        if (!named) track.name = track.first_name;
        if (track.merge == Merge::none) continue;
        const bool by_key = track.merge == Merge::by_key;
        const auto merge = by_key ? Merge::by_key : Merge::by_name;
        const auto [first, added] =
            firsts.try_emplace({parents_[number], merge, by_key ? track.merge_key : track.name}, number);
        if (added)
            merged_[number] = !named;
        else
            merged_[number] = merged_[first->second] = true;
        if (!by_key) continue;
        // Those of one key have one name, and those of another key have another one.
        track.name = tracks_[first->second].name;
        if (!added) continue;
        const auto taken = keys.try_emplace({parents_[number], track.name}, track.merge_key).first->second;
        if (taken != track.merge_key)
            track.name = log_.intern(
                fmt::format("{} ({})", log_.strings()[track.name], log_.strings()[track.merge_key]));
    }
}

void PerfettoTracks::sort_children() {
    using Order = PerfettoTrack::Order;
    for (std::uint32_t parent = 0; parent < children_.size(); ++parent) {
        std::vector<std::uint32_t>& children = children_[parent];
        const auto sort = [&](auto key) {
            std::ranges::stable_sort(children, std::less<>(),
                                     [&](std::uint32_t child) { return key(tracks_[child]); });
        };
        const auto root = by_uuid_.find(default_uuid);
        Order order = Order::as_told;
        if (parent != 0)
            order = tracks_[parent - 1].order;
        else if (root != by_uuid_.end())
            order = tracks_[root->second].order;
        switch (order) {
            case Order::as_told:
                sort([](const PerfettoTrack& track) {
                    return std::tuple(track.kind != Kind::thread, track.sort_index);
                });
                break;
            case Order::by_name:
                sort([&](const PerfettoTrack& track) { return log_.strings()[track.name]; });
                break;
            case Order::by_time: sort([](const PerfettoTrack& track) { return track.first_time; }); break;
            case Order::by_rank: sort([](const PerfettoTrack& track) { return track.rank; }); break;
        }
    }
}

/// Returns what a track is called.
StringId PerfettoTracks::label_of(const PerfettoTrack& track) {
    if (track.name.value != 0) {
        if (track.kind != Kind::counter || track.unit.value == 0) return track.name;
        return log_.intern(fmt::format("{} ({})", log_.strings()[track.name], log_.strings()[track.unit]));
    }
    switch (track.kind) {
        case Kind::process: return log_.intern(fmt::format("process {}", track.pid));
        case Kind::thread: return log_.intern(fmt::format("thread {}", track.tid));
        case Kind::counter: return log_.intern("counter");
        case Kind::custom: break;
    }
    return log_.intern(track.uuid == default_uuid ? "of no track" : fmt::format("track {}", track.uuid));
}

void PerfettoTracks::announce_one(std::uint32_t number, Numbers& numbers) {
    const PerfettoTrack& track = tracks_[number];
    const std::uint32_t parent = parents_[number] == 0 ? 0 : numbers.tracks[parents_[number] - 1];
    const bool is_group =
        std::ranges::any_of(children_[number + 1], [&](std::uint32_t child) { return used_[child]; });
    const StringId label = label_of(track);
    if (track.has_counts) {
        numbers.counters[number] = ++last_counter_;
        log_.emit(trace::Kind::counter, last_counter_, label.value, parent);
    }
    if (!track.has_records && !is_group) return;
    auto kind = trace::TrackKind::plain;
    StringId identity;
    if (track.kind == Kind::process) {
        kind = trace::TrackKind::process;
        identity = log_.intern(fmt::format("{}", track.pid));
    } else if (track.kind == Kind::thread) {
        kind = trace::TrackKind::thread;
        identity = log_.intern(fmt::format("{}", track.tid));
    } else {
        if (merged_[number]) kind = trace::TrackKind::operation;
        identity = track.made_up ? track.merge_key : log_.intern(fmt::format("{}", track.uuid));
    }
    numbers.tracks[number] = announce_track(log_, last_track_, label, parent, kind, identity);
}

PerfettoTracks::Numbers PerfettoTracks::announce() {
    adopt();
    mark_used();
    merge_siblings();
    sort_children();
    Numbers numbers{std::vector<std::uint32_t>(tracks_.size()), std::vector<std::uint32_t>(tracks_.size())};
    std::vector<std::uint32_t> rest(children_[0].rbegin(), children_[0].rend());
    while (!rest.empty()) {
        const std::uint32_t track = rest.back();
        rest.pop_back();
        if (!used_[track]) continue;
        announce_one(track, numbers);
        rest.insert(rest.end(), children_[track + 1].rbegin(), children_[track + 1].rend());
    }
    return numbers;
}

}  // namespace loopscope::exchange
