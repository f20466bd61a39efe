// SPDX-License-Identifier: MIT
#include "core/trace/slices.hpp"

#include <algorithm>

#include "core/base/first_not.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::trace {
namespace {

/// Returns whether a slice of a row is open after an event.
bool is_open(const SliceRow& row, EventIndex at) {
    const std::size_t begun = row.begun_before(at + 1);
    if (begun == 0) return false;
    const EventIndex end = row.end(begun - 1);
    return !end || end > at;
}

/// Returns how many slices of a lane are open after an event. Where one is open, so are all around it.
std::uint32_t open_slices(const SliceLane& lane, EventIndex at) {
    return first_not(0, static_cast<std::uint32_t>(lane.rows.size()),
                     [&](std::uint32_t depth) { return is_open(lane.rows[depth], at); });
}

}  // namespace

std::size_t SliceRow::begun_before(EventIndex event, std::size_t from) const {
    return near_first_not(static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(size()),
                          [&](std::uint32_t slice) { return begins_[slice] < event; });
}

void Slices::apply(const Event& event, EventIndex at, const Tracks& tracks) {
    const Kind kind = event.kind();
    if (kind == Kind::counter) {
        counters_.emplace_back();
    } else if (kind == Kind::count) {
        if (event.subject != 0 && event.subject <= counters_.size())
            counters_[event.subject - 1].push_back(at);
    } else if (kind == Kind::flow_name) {
        if (event.subject == 0 || event.subject > flows_) return;
        if (event.subject > flow_names_.size()) flow_names_.resize(event.subject);
        flow_names_[event.subject - 1] = {StringId{event.a}, StringId{event.b}};
    } else if (tracks.has(event.subject)) {
        if (kind == Kind::slice) {
            count(StringId{event.a});
            begin(event.subject, at, tracks);
        } else if (kind == Kind::slice_end) {
            end(event.subject, at);
        } else if (kind == Kind::instant) {
            ++instants_;
            count(StringId{event.a});
            lane_for(event.subject, at, tracks).instants.push_back(at);
        } else if (kind == Kind::flow) {
            touch(event, at, tracks);
        }
    }
}

/// Returns the row in which an event begins or ends a slice, as far as is known by now; null: it does
/// neither.
const SliceRow* Slices::row_for(const Event& event) const {
    const bool begins = event.kind() == Kind::slice;
    if (!begins && event.kind() != Kind::slice_end) return nullptr;
    if (event.subject == 0 || event.subject > places_.size()) return nullptr;
    const Place& place = places_[event.subject - 1];
    if (place.lane == 0 || (!begins && place.open.empty())) return nullptr;
    const SliceLane& lane = lanes_[place.lane - 1];
    const std::size_t depth = place.open.size() - (begins ? 0 : 1);
    return depth < lane.rows.size() ? &lane.rows[depth] : nullptr;
}

void Slices::fetch_ahead(const Log& log, EventIndex at, const Tracks& tracks) const {
    const auto known = [&](const Event& event) {
        return event.subject != 0 && event.subject <= places_.size() && is_on_track(event.kind());
    };
    // What is asked for here names what is asked for below when its event has come nearer.
    if (const Event& event = log[at + 4 * fetch_distance]; known(event)) {
        __builtin_prefetch(&places_[event.subject - 1], 1);
        __builtin_prefetch(&tracks.track(event.subject), 1);
    }
    if (const Event& event = log[at + 3 * fetch_distance]; known(event)) {
        const Place& place = places_[event.subject - 1];
        if (place.lane != 0) __builtin_prefetch(&lanes_[place.lane - 1]);
        __builtin_prefetch(place.open.data(), 1);
    }
    if (const SliceRow* const row = row_for(log[at + 2 * fetch_distance])) {
        __builtin_prefetch(&row->begins_, 1);
        __builtin_prefetch(&row->ends_, 1);
    }
    const Event& next = log[at + fetch_distance];
    if (const SliceRow* const row = row_for(next))
        (next.kind() == Kind::slice ? row->begins_ : row->ends_).fetch_end();
}

void Slices::count(StringId name) {
    if (name.value >= named_.size()) named_.resize(name.value + 1);
    if (named_[name.value]++ == 0) names_.push_back(name);
}

Slices::Place& Slices::place_of(std::uint32_t track) {
    if (track > places_.size()) places_.resize(track);
    return places_[track - 1];
}

/// Returns the lane on which a track goes on with an event.
SliceLane& Slices::lane_for(std::uint32_t track, EventIndex at, const Tracks& tracks) {
    Place& place = place_of(track);
    const std::uint32_t before = place.lane;
    if (before == 0 || (place.pack != 0 && place.open.empty())) {
        place.lane = 1 + take_lane(place, track, tracks);
        if (before == 0) place.first_lane = place.lane;
        if (before != 0 && place.lane != before) place.moves.emplace_back(at, place.lane);
    }
    return lanes_[place.lane - 1];
}

/// Returns a lane for a track on which nothing is open: the one where it was, if that is free.
std::uint32_t Slices::take_lane(Place& place, std::uint32_t track, const Tracks& tracks) {
    const TrackInfo& info = tracks.track(track);
    const auto make = [&](std::uint32_t number) {
        SliceLane made;
        made.track = track;
        made.number = number;
        lanes_.push_back(std::move(made));
        return static_cast<std::uint32_t>(lanes_.size() - 1);
    };
    if (!shares_lanes(info.kind)) return place.lane != 0 ? place.lane - 1 : make(0);
    if (place.pack == 0) {
        const std::uint64_t key = std::uint64_t{info.parent} << 32 | info.name.value;
        const auto [known, is_new] =
            pack_numbers_.emplace(key, static_cast<std::uint32_t>(packs_.size() + 1));
        if (is_new) packs_.emplace_back();
        place.pack = known->second;
    }
    Pack& pack = packs_[place.pack - 1];
    if (place.lane != 0 && pack.free.contains(lanes_[place.lane - 1].number)) return place.lane - 1;
    if (!pack.free.empty()) return pack.lanes[*pack.free.begin()];
    const auto number = static_cast<std::uint32_t>(pack.lanes.size());
    pack.lanes.push_back(make(number));
    pack.free.insert(number);
    return pack.lanes.back();
}

void Slices::begin(std::uint32_t track, EventIndex at, const Tracks& tracks) {
    SliceLane& lane = lane_for(track, at, tracks);
    Place& place = places_[track - 1];
    if (place.pack != 0 && place.open.empty()) packs_[place.pack - 1].free.erase(lane.number);
    const std::size_t depth = place.open.size();
    if (depth == lane.rows.size()) lane.rows.emplace_back();
    lane.rows[depth].begins_.push_back(at);
    place.open.push_back(at);
    ++slices_;
}

void Slices::end(std::uint32_t track, EventIndex at) {
    Place& place = place_of(track);
    if (place.open.empty()) return;
    place.open.pop_back();
    SliceLane& lane = lanes_[place.lane - 1];
    lane.rows[place.open.size()].ends_.push_back(at);
    if (place.pack != 0 && place.open.empty()) packs_[place.pack - 1].free.insert(lane.number);
}

void Slices::touch(const Event& event, EventIndex at, const Tracks& tracks) {
    if (event.a == 0 || event.a > flows_ + 1) return;
    lane_for(event.subject, at, tracks).flow_points.push_back(at);
    FlowTouch made{at, {}, {}, {}};
    const Place& place = places_[event.subject - 1];
    if (!place.open.empty()) made.slice = place.open.back();
    if (event.a > flows_) {
        ++flows_;
        last_touches_.push_back(0);
    }
    std::uint32_t& last = last_touches_[event.a - 1];
    if (last != 0) {
        made.previous = flow_touches_[last - 1].event;
        flow_touches_[last - 1].next = at;
    }
    flow_touches_.push_back(made);
    last = static_cast<std::uint32_t>(flow_touches_.size());
}

std::optional<std::uint32_t> Slices::lane_of(std::uint32_t track, EventIndex at) const {
    if (track == 0 || track > places_.size() || places_[track - 1].lane == 0) return std::nullopt;
    const Place& place = places_[track - 1];
    const auto after =
        std::ranges::upper_bound(place.moves, at, {}, &std::pair<EventIndex, std::uint32_t>::first);
    if (after != place.moves.begin()) return std::prev(after)->second - 1;
    return place.first_lane - 1;
}

std::optional<SliceSpot> Slices::find(std::uint32_t track, EventIndex begin) const {
    const auto lane = lane_of(track, begin);
    if (!lane) return std::nullopt;
    const std::vector<SliceRow>& rows = lanes_[*lane].rows;
    const std::uint32_t depth = begin ? open_slices(lanes_[*lane], begin - 1) : 0;
    if (depth == rows.size()) return std::nullopt;
    const std::size_t slice = rows[depth].begun_before(begin);
    if (slice == rows[depth].size() || rows[depth].begin(slice) != begin) return std::nullopt;
    return SliceSpot{*lane, depth, slice};
}

std::optional<SliceSpot> Slices::open_at(std::uint32_t lane, EventIndex at) const {
    const std::uint32_t open = open_slices(lanes_[lane], at);
    if (open == 0) return std::nullopt;
    return SliceSpot{lane, open - 1, lanes_[lane].rows[open - 1].begun_before(at + 1) - 1};
}

std::optional<SliceSpot> Slices::parent_of(const SliceSpot& spot) const {
    if (spot.depth == 0) return std::nullopt;
    const std::size_t begun = lanes_[spot.lane].rows[spot.depth - 1].begun_before(begin_of(spot));
    if (begun == 0) return std::nullopt;
    return SliceSpot{spot.lane, spot.depth - 1, begun - 1};
}

FlowTouch Slices::flow_point(EventIndex flow) const {
    const auto found = std::ranges::lower_bound(flow_touches_, flow, {}, &FlowTouch::event);
    return found != flow_touches_.end() && found->event == flow ? *found : FlowTouch{};
}

}  // namespace loopscope::trace
