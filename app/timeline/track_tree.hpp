// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// What has a lane in the picture of an imported trace.
struct TrackKey {
    std::uint32_t track = 0;    ///< the track; of those that share lanes, the first one; 0: none
    std::uint32_t lane = 0;     ///< 1 + the number of its lane in trace::Slices; 0: none
    std::uint32_t counter = 0;  ///< the counter whose values are shown; 0: none

    [[nodiscard]] explicit operator bool() const { return track != 0 || counter != 0; }
    friend bool operator==(const TrackKey&, const TrackKey&) = default;
};

/// A lane in the picture of an imported trace. Heights are in quarters of a row of slices.
struct TrackLane : TrackKey {
    static constexpr std::uint32_t row_height = 4;
    static constexpr std::uint32_t header_height = 5;
    static constexpr std::uint32_t counter_height = 10;
    static constexpr std::uint32_t padding = 2;  ///< above and below the rows of a lane, together

    std::uint32_t depth = 0;    ///< how many lanes it is indented under
    std::uint32_t rows = 0;     ///< the number of rows of slices; of a folded lane 1, for how dense all is
    bool has_instants = false;  ///< whether a row of instants is below these
    bool is_parent = false;     ///< whether it can be folded
    bool is_folded = false;     ///< whether it shows how dense all is that it stands for
    bool is_labelled = true;    ///< false: it is a further lane of the tracks that the one above names
    std::uint32_t sharing = 1;  ///< how many tracks share its lanes
    std::uint64_t top = 0;      ///< where it begins, below the top of the first lane

    /// Returns whether it has nothing but a label.
    [[nodiscard]] bool is_header() const { return rows == 0 && counter == 0 && !has_instants; }
    [[nodiscard]] std::uint32_t height() const {
        if (counter != 0) return counter_height;
        return is_header() ? header_height : (rows + (has_instants ? 1 : 0)) * row_height + padding;
    }
};

/// The tracks of an imported trace in the order of their lanes: each below the one that it is in the group
/// of, in the order of the trace. Operations and resources of one name share lanes, as trace::Slices packs
/// them. What a folded lane stands for has no lanes, nor has what the filter hides, nor tracks on which
/// nothing happens.
class TrackTree {
  public:
    /// Returns whether a track is meant.
    using Filter = std::function<bool(std::uint32_t track)>;
    /// Returns whether a counter is meant.
    using CounterFilter = std::function<bool(std::uint32_t counter)>;

    /// The number of lanes that operations or resources share from which on they are folded at first.
    static constexpr std::size_t max_shared = 48;

    /// Updates the lanes to the tracks of an index. Looks at all tracks if the trace has changed.
    void update(const trace::Index& index);
    /// Returns whether the last update() was with this index.
    [[nodiscard]] bool knows(const trace::Index& index) const {
        return serial_ == index.serial() && size_ == index.size();
    }
    /// Returns a number that no other trace has.
    [[nodiscard]] std::uint64_t serial() const { return serial_; }
    [[nodiscard]] const std::vector<TrackLane>& lanes() const { return lanes_; }
    /// Returns the height of all lanes together, in quarters of a row.
    [[nodiscard]] std::uint64_t height() const;
    /// Returns the index of the lane that covers a height below the top, in quarters of a row; the number of
    /// lanes if none does.
    [[nodiscard]] std::size_t lane_at(double height) const;
    /// Returns the index of a lane; nothing if there is no such lane now.
    [[nodiscard]] std::optional<std::size_t> position_of(const TrackKey& key) const;
    /// Returns the index of the lane that shows what happens on a lane of trace::Slices, which may be a
    /// folded one; nothing if none does.
    [[nodiscard]] std::optional<std::size_t> position_of_slices(std::uint32_t lane) const;
    /// Returns the index of the lane of a counter, or of a folded one that stands for it.
    [[nodiscard]] std::optional<std::size_t> position_of_counter(std::uint32_t counter) const;

    /// Folds or unfolds a lane. Returns false if there is nothing to fold.
    bool toggle(const TrackKey& key);
    /// Folds all lanes, or unfolds all if any is folded. Returns false if there is nothing to fold.
    bool toggle_all();
    /// Leaves the lanes of tracks and counters that are meant, of all below such a track, and of those that
    /// they are below; empty functions leave all.
    void set_filter(Filter filter, CounterFilter counter_filter);
    /// Returns the number of tracks and counters on which something happens.
    [[nodiscard]] std::size_t tracks() const { return tracks_; }
    /// Returns how many of these the filter leaves.
    [[nodiscard]] std::size_t tracks_left() const { return left_; }

    /// Returns the track whose folded lane stands for a track; 0: none does.
    [[nodiscard]] std::uint32_t fold_of(std::uint32_t track) const {
        return track < folds_.size() ? folds_[track] : 0;
    }
    /// Returns whether any lane is folded.
    [[nodiscard]] bool has_folds() const { return has_folds_; }
    /// Returns a number that changes whenever what lanes stand for changes.
    [[nodiscard]] std::uint64_t foldings() const { return foldings_; }
    /// Returns a number for the hue of a track: the same for all that came of one another, however far back.
    /// Returns nothing if the names of its slices give them their hues.
    [[nodiscard]] std::optional<std::uint32_t> hue_of(std::uint32_t track) const;

  private:
    /// A track, in lists of those that are in the group of one; number 0 is the group of all.
    struct Node {
        std::uint32_t parent = 0;
        std::uint32_t first_child = 0;
        std::uint32_t next_sibling = 0;
        std::uint32_t first_counter = 0;
        std::uint32_t head = 0;       // of those that share lanes, the first one; or itself
        std::uint32_t sharing = 0;    // of a head, how many share its lanes
        std::uint32_t first_own = 0;  // of a head, its first lane in own_
        std::uint32_t own = 0;        // of a head, how many lanes it has
        std::uint32_t hue = 0;        // 1 + the number of its hue; 0: none of its own
        bool is_busy = false;         // whether something happens on it or below it
        bool is_left = true;          // whether the filter leaves it
        bool is_folded = false;
    };
    /// A lane of trace::Slices, of a head.
    struct Own {
        std::uint32_t head = 0;
        std::uint32_t lane = 0;
        std::uint32_t rows = 0;
        bool has_instants = false;
    };
    struct Counter {
        std::uint32_t track = 0;
        std::uint32_t next = 0;  // the next counter of the track
        bool is_left = true;
    };

    void rebuild(const trace::Index& index);
    void find_heads(const trace::Tracks& tracks);
    void find_hues(const trace::Tracks& tracks);
    void find_lanes(const trace::Slices& slices);
    void find_counters(const trace::Tracks& tracks);
    void link();
    void apply_filter();
    void lay_out();
    void add_track(std::uint32_t track, std::uint32_t depth);
    void add_counters(const Node& node, std::uint32_t track, std::uint32_t depth);
    void add_lane(TrackLane lane);
    [[nodiscard]] bool has_below(const Node& node) const;
    [[nodiscard]] bool can_fold(const Node& node) const;

    std::uint64_t serial_ = 0;
    std::uint32_t size_ = 0;
    std::uint64_t foldings_ = 0;
    bool has_folds_ = false;
    std::size_t tracks_ = 0;
    std::size_t left_ = 0;
    std::vector<Node> nodes_;
    std::vector<Own> own_;                // by head, and then in their order
    std::vector<Counter> counters_;       // counter n is at n
    std::vector<std::uint32_t> folds_;    // by track
    std::vector<std::uint32_t> lane_of_;  // by lane of trace::Slices: its head
    std::vector<TrackLane> lanes_;
    // Of lanes of trace::Slices, counters and tracks: 1 + the index in lanes_; 0: none.
    std::vector<std::uint32_t> lane_positions_;
    std::vector<std::uint32_t> counter_positions_;
    std::vector<std::uint32_t> track_positions_;
    Filter filter_;
    CounterFilter counter_filter_;
};

}  // namespace loopscope::timeline
