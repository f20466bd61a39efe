// SPDX-License-Identifier: MIT
#include "core/exchange/slice_pairs.hpp"

namespace loopscope::exchange {
namespace {

/// The maximum number of open slices that are looked at for one of an end's name, before names are indexed.
constexpr int max_looked_at = 64;

std::uint64_t key_of(std::uint32_t lane, std::uint32_t name) {
    return std::uint64_t{lane} << 32U | name;
}

}  // namespace

SlicePairs::State& SlicePairs::state_of(std::uint32_t lane) {
    if (lane >= states_.size()) states_.resize(lanes_.all().size());
    return states_[lane];
}

std::uint32_t SlicePairs::push(State& state, LaneEvent& begin) {
    const Open made{&begin, state.top, 0};
    std::uint32_t place = free_;
    if (place != 0) {
        free_ = std::exchange(open_[place - 1], made).below;
    } else {
        open_.push_back(made);
        place = static_cast<std::uint32_t>(open_.size());
    }
    if (state.top != 0) open_[state.top - 1].above = place;
    state.top = place;
    ++state.depth;
    return place;
}

void SlicePairs::remove(State& state, std::uint32_t lane, std::uint32_t place) {
    const Open over = std::exchange(open_[place - 1], {nullptr, free_, 0});
    free_ = place;
    (over.above != 0 ? open_[over.above - 1].below : state.top) = over.below;
    if (over.below != 0) open_[over.below - 1].above = over.above;
    --state.depth;
    if (state.by_name) by_name_[key_of(lane, over.begin->name)].pop_back();
}

/// Returns 1 + the index of the open slice that an end ends; 0: none.
std::uint32_t SlicePairs::find(State& state, const LaneEvent& end) {
    std::uint32_t at = state.top;
    if (end.name == 0) return at;
    for (int looked_at = 0; at != 0; at = open_[at - 1].below) {
        if (open_[at - 1].begin->name == end.name) return at;
        if (++looked_at == max_looked_at) return find_by_name(state, end);
    }
    return 0;
}

std::uint32_t SlicePairs::find_by_name(State& state, const LaneEvent& end) {
    if (!state.by_name) {
        std::vector<std::uint32_t> inner_first;
        for (std::uint32_t at = state.top; at != 0; at = open_[at - 1].below) inner_first.push_back(at);
        for (; !inner_first.empty(); inner_first.pop_back())
            by_name_[key_of(end.lane, open_[inner_first.back() - 1].begin->name)].push_back(
                inner_first.back());
        state.by_name = true;
    }
    const auto known = by_name_.find(key_of(end.lane, end.name));
    return known == by_name_.end() || known->second.empty() ? 0 : known->second.back();
}

void SlicePairs::add(LaneEvent& event) {
    if (event.kind == LaneEvent::Kind::begin) return begin(event);
    if (event.kind == LaneEvent::Kind::end) return end(event);
    if (event.kind != LaneEvent::Kind::instant || lanes_.all()[event.lane].kind == trace::TrackKind::thread)
        return;
    State& state = state_of(event.lane);
    if (state.lane == Lanes::limit) state.lane = named_lane(event.lane, StringId{event.name});
    event.lane = state.lane;
}

void SlicePairs::begin(LaneEvent& event) {
    const std::uint32_t lane = event.lane;
    State& state = state_of(lane);
    if (lanes_.all()[lane].kind == trace::TrackKind::thread)
        state.lane = lane;
    else if (state.depth == 0)
        state.lane = named_lane(lane, StringId{event.name});
    event.lane = state.lane;
    event.end = LaneEvent::never;
    const std::uint32_t place = push(state, event);
    if (state.depth > max_depth) lanes_.all()[state.lane].tangled = true;
    if (state.by_name) by_name_[key_of(lane, event.name)].push_back(place);
}

/// Returns the lane for an operation that has this outermost name.
std::uint32_t SlicePairs::named_lane(std::uint32_t lane, StringId name) {
    Lane& known = lanes_.all()[lane];
    // What runs of a resource that was there before the trace began is not its life.
    const bool apart = known.kind == trace::TrackKind::resource && is_callback(name);
    if (!apart && !known.name) known.name = name;
    if (!apart && known.name == name) return lane;
    const auto [found, added] = named_.try_emplace({lane, name.value}, lane);
    if (added) found->second = lanes_.add_named(lane, name, apart ? trace::TrackKind::operation : known.kind);
    return found->second;
}

void SlicePairs::end(LaneEvent& event) {
    State& state = state_of(event.lane);
    const std::uint32_t place = find(state, event);
    if (place == 0) {
        event.kind = LaneEvent::Kind::nothing;
        omissions_.pass_over("without a beginning", event.origin, "end");
        return;
    }
    LaneEvent& begin = *open_[place - 1].begin;
    if (place != state.top) lanes_.all()[begin.lane].tangled = true;
    remove(state, event.lane, place);
    begin.end = event.time;
    begin.arguments = arguments_.merge(begin.arguments, event.arguments);
    event.lane = begin.lane;
}

void SlicePairs::finish(LaneEventSorter& events) {
    for (const Open& each : open_) {
        if (each.begin != nullptr)
            omissions_.note("slice", "without an end, shown as unfinished", each.begin->origin);
    }
    const auto becomes_spans = [&](const Lane& lane) {
        return lane.tangled || (lane.has_spans && lane.has_begins);
    };
    if (std::ranges::none_of(lanes_.all(), becomes_spans)) return;
    events.visit_in_order([&](LaneEvent& event) {
        using Kind = LaneEvent::Kind;
        const bool half = event.kind == Kind::begin || event.kind == Kind::end;
        if (half && becomes_spans(lanes_.all()[event.lane]))
            event.kind = event.kind == Kind::begin ? Kind::span : Kind::nothing;
        return true;
    });
    events.changed();
}

}  // namespace loopscope::exchange
