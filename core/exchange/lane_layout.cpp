// SPDX-License-Identifier: MIT
#include "core/exchange/lane_layout.hpp"

#include "core/exchange/slice_pairs.hpp"

namespace loopscope::exchange {
namespace {

constexpr std::uint32_t nowhere = ~0U;

}  // namespace

std::uint32_t LaneLayout::first_track(State& state, std::uint32_t lane) {
    if (state.draft == 0) {
        drafts_.push_back({lane, 0});
        state.draft = static_cast<std::uint32_t>(drafts_.size());
    }
    return state.draft - 1;
}

void LaneLayout::push(State& state, std::int64_t end) {
    ++state.depth;
    open_.push(state.open, end);
}

void LaneLayout::pop(State& state) {
    --state.depth;
    open_.pop(state.open);
}

void LaneLayout::end_before(State& state, std::int64_t time) {
    while (!state.open.empty() && open_.of(state.open) < time) pop(state);
}

void LaneLayout::add(LaneEvent& event) {
    if (event.kind == LaneEvent::Kind::nothing || event.kind == LaneEvent::Kind::count) return;
    State& state = states_[event.lane];
    if (event.kind == LaneEvent::Kind::span || event.kind == LaneEvent::Kind::begin) {
        begin(state, event);
    } else if (event.kind == LaneEvent::Kind::end) {
        event.lane = first_track(state, event.lane);
        pop(state);
    } else if (event.kind == LaneEvent::Kind::instant) {
        event.lane = first_track(state, event.lane);
        if (event.has_flow) flows_.touch_bound(event);
    } else {
        touch(state, event);
    }
}

/// Returns the track for a span that begins now.
std::uint32_t LaneLayout::draft_for(State& state, std::uint32_t lane, const LaneEvent& slice) {
    end_before(state, slice.time + 1);
    const bool nests =
        state.open.empty() || (slice.end <= open_.of(state.open) && state.depth < SlicePairs::max_depth);
    if (nests) {
        push(state, slice.end);
        return first_track(state, lane);
    }
    if (state.overflow == 0) {
        overflows_.push_back(std::make_unique<Overflow>());
        state.overflow = static_cast<std::uint32_t>(overflows_.size());
    }
    Overflow& overflow = *overflows_[state.overflow - 1];
    const std::uint32_t track = overflow.tracks.place(slice.time, slice.end);
    if (track == overflow.drafts.size()) {
        overflow.drafts.push_back(static_cast<std::uint32_t>(drafts_.size()));
        drafts_.push_back({lane, track + 1});
    }
    return overflow.drafts[track];
}

void LaneLayout::begin(State& state, LaneEvent& event) {
    const std::uint32_t lane = event.lane;
    if (event.kind == LaneEvent::Kind::span) {
        event.lane = draft_for(state, lane, event);
    } else {
        push(state, LaneEvent::never);  // until its end comes
        event.lane = first_track(state, lane);
    }
    state.last = &event;
    const bool is_bound = event.has_flow;
    if (state.has_arrivals) {
        for (const Arrival& each : arrivals_[lane]) flows_.end(each.flow, event, each.origin, each.arguments);
        arrivals_.erase(lane);
        state.has_arrivals = false;
    }
    if (is_bound) flows_.touch_bound(event);
}

/// Returns the track of the slice that is open at a time, or ends then; `nowhere` if there is none.
std::uint32_t LaneLayout::open_draft(State& state, std::int64_t time) {
    if (state.last == nullptr) return nowhere;
    if (state.last->kind == LaneEvent::Kind::begin) return state.open.empty() ? nowhere : state.draft - 1;
    if (state.last->end >= time) return state.last->lane;
    end_before(state, time);
    if (!state.open.empty()) return state.draft - 1;
    if (state.overflow == 0) return nowhere;
    Overflow& overflow = *overflows_[state.overflow - 1];
    const std::uint32_t track = overflow.tracks.open_at(time);
    return track == OverflowTracks::none ? nowhere : overflow.drafts[track];
}

void LaneLayout::touch(State& state, LaneEvent& event) {
    if (event.kind == LaneEvent::Kind::flow_next) {
        if (state.last != nullptr && state.last->time == event.time) {
            flows_.end(event.name, *state.last, event.origin, event.arguments);
        } else {
            arrivals_[event.lane].push_back({event.name, event.origin, event.arguments});
            state.has_arrivals = true;
        }
        event.kind = LaneEvent::Kind::nothing;
        return;
    }
    const std::uint32_t draft = open_draft(state, event.time);
    if (draft == nowhere) {
        omissions_.pass_over("of a flow that touches no slice", event.origin);
        event.kind = LaneEvent::Kind::nothing;
        return;
    }
    event.lane = draft;
    if (event.kind == LaneEvent::Kind::flow_start)
        flows_.start(event.name, event, event.arguments);
    else if (event.kind == LaneEvent::Kind::flow_step)
        flows_.step(event.name, event, event.arguments);
    else
        flows_.end(event.name, event, event.origin, event.arguments);
}

void LaneLayout::finish() {
    for (const auto& [lane, waiting] : arrivals_) {
        for (const Arrival& each : waiting)
            omissions_.pass_over("of a flow that touches no slice", each.origin);
    }
}

}  // namespace loopscope::exchange
