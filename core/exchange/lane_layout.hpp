// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/exchange/flows.hpp"
#include "core/exchange/lane_event.hpp"
#include "core/exchange/lanes.hpp"
#include "core/exchange/omissions.hpp"
#include "core/exchange/overflow_tracks.hpp"
#include "core/exchange/stacks.hpp"

namespace loopscope::exchange {

/// A track to be: a lane, or a part of one whose slices do not nest.
struct TrackDraft {
    std::uint32_t lane = 0;
    std::uint32_t further = 0;  ///< how many of the lane's tracks come before it
};

/// Decides on which track each event is shown: slices that do not nest go to further tracks of their lane.
/// Finds the slices that flows touch.
class LaneLayout {
  public:
    LaneLayout(const Lanes& lanes, Flows& flows, Omissions& omissions)
        : lanes_(lanes), flows_(flows), omissions_(omissions), states_(lanes.all().size()) {}

    /// Takes the next event in order of time, and replaces its lane by the index of its draft. A flow that
    /// touches no slice becomes nothing.
    void add(LaneEvent& event);
    /// Says what is left open: no more events come.
    void finish();

    /// Returns the tracks, in the order in which something first happens on them.
    [[nodiscard]] const std::vector<TrackDraft>& drafts() const { return drafts_; }

  private:
    struct State {
        std::uint32_t draft = 0;         // 1 + its first track's; 0: none yet
        Stacks<std::int64_t>::Top open;  // when the slices end that are open on the first track
        std::uint32_t depth = 0;
        std::uint32_t overflow = 0;  // 1 + its further tracks
        LaneEvent* last = nullptr;   // the slice that began last, if any did
        bool has_arrivals = false;
    };
    /// The further tracks of a lane.
    struct Overflow {
        OverflowTracks tracks;
        std::vector<std::uint32_t> drafts;
    };
    /// The end of a flow, which waits for the next slice.
    struct Arrival {
        std::uint32_t flow = 0;
        std::uint64_t origin = 0;
        std::uint32_t arguments = 0;
    };
    [[nodiscard]] bool is_nested(const LaneEvent& event) const { return event.kind != LaneEvent::Kind::span; }
    std::uint32_t first_track(State& state, std::uint32_t lane);
    std::uint32_t draft_for(State& state, std::uint32_t lane, const LaneEvent& slice);
    void push(State& state, std::int64_t end);
    void pop(State& state);
    void end_before(State& state, std::int64_t time);
    void begin(State& state, LaneEvent& event);
    void touch(State& state, LaneEvent& event);
    [[nodiscard]] std::uint32_t open_draft(State& state, std::int64_t time);

    const Lanes& lanes_;
    Flows& flows_;
    Omissions& omissions_;
    std::vector<State> states_;
    std::vector<TrackDraft> drafts_;
    Stacks<std::int64_t> open_;
    std::vector<std::unique_ptr<Overflow>> overflows_;
    std::unordered_map<std::uint32_t, std::vector<Arrival>> arrivals_;  // by lane
};

}  // namespace loopscope::exchange
