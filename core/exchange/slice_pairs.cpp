#include "core/exchange/slice_pairs.hpp"

namespace loopscope::exchange {
namespace {

/// The maximum number of open slices among which one of an end's name is looked for.
constexpr int max_looked_at = 64;

}  // namespace

SlicePairs::State& SlicePairs::state_of(std::uint32_t lane) {
    if (lane >= states_.size()) states_.resize(lanes_.all().size());
    return states_[lane];
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
    State& state = state_of(event.lane);
    if (lanes_.all()[event.lane].kind == trace::TrackKind::thread)
        state.lane = event.lane;
    else if (state.depth == 0)
        state.lane = named_lane(event.lane, StringId{event.name});
    if (++state.depth > max_depth) lanes_.all()[state.lane].tangled = true;
    event.lane = state.lane;
    event.end = LaneEvent::never;
    const Open made{&event, state.top};
    if (free_ != 0) {
        state.top = free_;
        free_ = std::exchange(open_[free_ - 1], made).below;
    } else {
        open_.push_back(made);
        state.top = static_cast<std::uint32_t>(open_.size());
    }
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
    std::uint32_t* at = &state.top;
    for (int looked_at = 0; *at != 0 && looked_at < max_looked_at; ++looked_at) {
        if (event.name == 0 || open_[*at - 1].begin->name == event.name) break;
        at = &open_[*at - 1].below;
    }
    const bool found = *at != 0 && (event.name == 0 || open_[*at - 1].begin->name == event.name);
    if (!found) {
        event.kind = LaneEvent::Kind::nothing;
        omissions_.pass_over("without a beginning", event.origin, "end");
        return;
    }
    LaneEvent& begin = *open_[*at - 1].begin;
    if (at != &state.top) lanes_.all()[begin.lane].tangled = true;
    const std::uint32_t place = *at;
    *at = open_[place - 1].below;
    open_[place - 1] = {nullptr, free_};
    free_ = place;
    --state.depth;
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
