// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/trace/index_column.hpp"
#include "core/trace/log.hpp"
#include "core/trace/tracks.hpp"

namespace loopscope::trace {

/// The slices of one depth in a lane. They do not overlap, so each begins after the end of the one before it.
class SliceRow {
  public:
    [[nodiscard]] std::size_t size() const { return begins_.size(); }
    /// Returns the `slice` event of a slice. REQUIRES: slice < size().
    [[nodiscard]] EventIndex begin(std::size_t slice) const { return begins_[slice]; }
    /// Returns the `slice_end` event of a slice; none: it has not ended. REQUIRES: slice < size().
    [[nodiscard]] EventIndex end(std::size_t slice) const {
        return slice < ends_.size() ? ends_[slice] : EventIndex{};
    }
    /// Returns how many slices begin before an event. `from`: a number that is not larger than the answer,
    /// from which on to search; the nearer it is, the faster.
    [[nodiscard]] std::size_t begun_before(EventIndex event, std::size_t from = 0) const;

  private:
    friend class Slices;
    IndexColumn<EventIndex> begins_;
    IndexColumn<EventIndex> ends_;
};

/// What is drawn at one height: a track, or, of operations and resources, those of one name and one parent
/// of which no two are under way at the same time.
struct SliceLane {
    std::uint32_t track = 0;     ///< the track; of operations and resources, the first one that it has
    std::uint32_t number = 0;    ///< of operations: which of the lanes of their name it is, from 0
    std::vector<SliceRow> rows;  ///< the slices, by depth
    IndexColumn<EventIndex> instants;
    IndexColumn<EventIndex> flow_points;  ///< the `flow` events, see Slices::flow_point
};

/// Where a slice is.
struct SliceSpot {
    std::uint32_t lane = 0;
    std::uint32_t depth = 0;  ///< 0: it is inside of no other
    std::size_t slice = 0;    ///< its number in the row

    friend bool operator==(const SliceSpot&, const SliceSpot&) = default;
};

/// A touch of a flow, with those before and after it.
struct FlowTouch {
    EventIndex event;     ///< the `flow` event
    EventIndex slice;     ///< the `slice` event of the innermost slice that was open; none: none was
    EventIndex previous;  ///< the `flow` event of the same flow before it; none: it is the first
    EventIndex next;      ///< the one after it; none: it is the last
};

/// What a flow is called.
struct FlowName {
    StringId name;
    StringId category;
};

/// The slices, instants, flows and counters of an imported trace, found by where they are. Gathered from
/// each event as it arrives.
class Slices {
  public:
    /// Reads an event of a kind that other tools' traces have; `tracks` have read it before.
    void apply(const Event& event, EventIndex at, const Tracks& tracks);

    /// Asks for the memory of the slices that begin or end soon after an event, before `end`: where there are
    /// many tracks, it is in no cache, and each piece names the next one.
    void fetch_ahead(const Log& log, EventIndex at, EventIndex end, const Tracks& tracks) const {
        if (lanes_.size() > few_lanes && at + 4 * fetch_distance < end) fetch_ahead(log, at, tracks);
    }

    /// Returns the lanes, in the order in which something first happened on them.
    [[nodiscard]] const std::vector<SliceLane>& lanes() const { return lanes_; }
    [[nodiscard]] bool empty() const { return lanes_.empty() && counters_.empty(); }
    /// Returns how many slices, instants and flows there are.
    [[nodiscard]] std::uint32_t slices() const { return slices_; }
    [[nodiscard]] std::uint32_t instants() const { return instants_; }
    [[nodiscard]] std::uint32_t flows() const { return flows_; }

    /// Returns the names of slices and instants, in the order in which they appear first.
    [[nodiscard]] const std::vector<StringId>& names() const { return names_; }
    /// Returns how many slices and instants have a name.
    [[nodiscard]] std::uint32_t count_of(StringId name) const {
        return name.value < named_.size() ? named_[name.value] : 0;
    }

    /// Returns the lane on which a track is at an event; nothing, if nothing has happened on it by then.
    [[nodiscard]] std::optional<std::uint32_t> lane_of(std::uint32_t track, EventIndex at) const;
    /// Returns where the slice is that begins with an event of a track; nothing, if no slice begins there.
    [[nodiscard]] std::optional<SliceSpot> find(std::uint32_t track, EventIndex begin) const;
    /// Returns the innermost slice of a lane that is open after an event; nothing, if none is. REQUIRES: the
    /// lane exists.
    [[nodiscard]] std::optional<SliceSpot> open_at(std::uint32_t lane, EventIndex at) const;
    /// Returns the slice that one is inside of; nothing, if it is inside of none.
    [[nodiscard]] std::optional<SliceSpot> parent_of(const SliceSpot& spot) const;
    [[nodiscard]] EventIndex begin_of(const SliceSpot& spot) const { return row_of(spot).begin(spot.slice); }
    /// Returns the `slice_end` event of a slice; none: it has not ended.
    [[nodiscard]] EventIndex end_of(const SliceSpot& spot) const { return row_of(spot).end(spot.slice); }

    /// Returns what is known of a `flow` event.
    [[nodiscard]] FlowTouch flow_point(EventIndex flow) const;
    /// Returns what the trace calls a flow, with its category; nothing of one that has no name.
    [[nodiscard]] FlowName name_of_flow(std::uint32_t flow) const {
        return flow != 0 && flow <= flow_names_.size() ? flow_names_[flow - 1] : FlowName{};
    }
    /// Returns the `count` events of a counter. REQUIRES: the trace has the counter.
    [[nodiscard]] const IndexColumn<EventIndex>& counts_of(std::uint32_t counter) const {
        return counters_[counter - 1];
    }

  private:
    /// Operations or resources of one name: on which lanes they are, and which of these are free.
    struct Pack {
        std::vector<std::uint32_t> lanes;
        std::set<std::uint32_t> free;  ///< numbers of lanes without an open slice
    };
    /// What is known of a track as it goes on.
    struct Place {
        std::uint32_t lane = 0;        ///< 1 + the lane that it is on, or was on last; 0: none yet
        std::uint32_t pack = 0;        ///< 1 + its pack; 0: it has a lane of its own
        std::vector<EventIndex> open;  ///< the slices that are open on it
        std::uint32_t first_lane = 0;  ///< 1 + the lane where it was first
        std::vector<std::pair<EventIndex, std::uint32_t>> moves;  ///< to other lanes: since when, 1 + which
    };
    static constexpr std::size_t few_lanes = 64;  // that fit into a cache
    static constexpr std::uint32_t fetch_distance = 8;

    void fetch_ahead(const Log& log, EventIndex at, const Tracks& tracks) const;
    [[nodiscard]] const SliceRow* row_for(const Event& event) const;
    [[nodiscard]] const SliceRow& row_of(const SliceSpot& spot) const {
        return lanes_[spot.lane].rows[spot.depth];
    }
    Place& place_of(std::uint32_t track);
    SliceLane& lane_for(std::uint32_t track, EventIndex at, const Tracks& tracks);
    std::uint32_t take_lane(Place& place, std::uint32_t track, const Tracks& tracks);
    void begin(std::uint32_t track, EventIndex at, const Tracks& tracks);
    void end(std::uint32_t track, EventIndex at);
    void touch(const Event& event, EventIndex at, const Tracks& tracks);
    void count(StringId name);

    std::vector<SliceLane> lanes_;
    std::vector<Place> places_;  // of track n at n - 1
    std::vector<Pack> packs_;
    std::unordered_map<std::uint64_t, std::uint32_t> pack_numbers_;  // by parent and name
    std::vector<FlowTouch> flow_touches_;
    std::vector<std::uint32_t> last_touches_;  // of flow n at n - 1: 1 + its last touch
    std::vector<FlowName> flow_names_;         // of flow n at n - 1, up to the last one that has a name
    std::vector<IndexColumn<EventIndex>> counters_;
    std::vector<StringId> names_;
    std::vector<std::uint32_t> named_;  // by the number of the name
    std::uint32_t slices_ = 0;
    std::uint32_t instants_ = 0;
    std::uint32_t flows_ = 0;
};

}  // namespace loopscope::trace
