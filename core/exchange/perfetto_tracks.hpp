// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/id.hpp"
#include "core/exchange/track_records.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A track of a Perfetto trace, as its descriptors and events say it (track_descriptor.proto).
struct PerfettoTrack {
    enum class Kind : std::uint8_t { custom, process, thread, counter };
    enum class Merge : std::uint8_t { by_name = 0, also_by_name = 1, none = 2, by_key = 3 };
    enum class Order : std::uint8_t { as_told = 0, by_name = 1, by_time = 2, by_rank = 3 };

    Kind kind = Kind::custom;
    Merge merge = Merge::by_name;
    Order order = Order::as_told;  ///< of its children
    bool incremental = false;      ///< of a counter: its values are differences
    bool has_parent = false;
    bool made_up = false;      ///< no uuid stands for it
    bool has_records = false;  ///< slices or instants
    bool has_counts = false;
    std::uint64_t uuid = 0;
    std::uint64_t parent = 0;          ///< the uuid
    std::uint32_t made_up_parent = 0;  ///< 1 + the index of one that has no uuid
    StringId name;
    StringId first_name;  ///< of its slices and instants
    StringId merge_key;
    StringId unit;                ///< of a counter
    std::int64_t multiplier = 1;  ///< of a counter's values
    std::int64_t pid = 0;
    std::int64_t tid = 0;
    std::int64_t rank = 0;        ///< among its siblings, by Order::by_rank
    std::int64_t sort_index = 0;  ///< of a process or a thread: lower ones are shown first
    std::int64_t first_time = 0;
};

/// The tracks of a Perfetto trace, numbered from 0 in the order in which they are mentioned.
///
/// Several tracks of one thread or one process are the same track, as in Perfetto itself.
class PerfettoTracks {
  public:
    explicit PerfettoTracks(trace::Log& log) : log_(log) {}

    /// Takes a TrackDescriptor message. Returns its track; `limit` if there are as many already.
    std::uint32_t describe(std::string_view descriptor);
    /// Takes a ThreadDescriptor or a ProcessDescriptor that is no part of a track's, as old traces have them.
    /// Returns the ids of the thread; of a process with a thread of 0.
    std::pair<std::int64_t, std::int64_t> describe_old(std::string_view descriptor, bool thread);
    /// Returns the track of a uuid, made if nothing has said anything of it; `limit` if there are as many.
    std::uint32_t find(std::uint64_t uuid);
    /// Returns the track of a thread, or of a process if the thread is 0, which only its events name; as
    /// find().
    std::uint32_t find_thread(std::int64_t pid, std::int64_t tid);
    /// Returns the track of an asynchronous operation that only its events name, as find(). `scope`: the
    /// process in which its id is its own; 0: all of the trace. `pid`: the process that it is shown in; 0:
    /// none.
    std::uint32_t find_operation(std::int64_t scope, std::int64_t pid, std::string_view id);
    [[nodiscard]] PerfettoTrack& operator[](std::uint32_t track) { return tracks_[track]; }

    /// The numbers in the log of each track and of its counter; 0: it has none.
    struct Numbers {
        std::vector<std::uint32_t> tracks;
        std::vector<std::uint32_t> counters;
    };
    /// Writes the events that say which tracks and counters there are, in the order in which they are shown.
    /// Those without events, on which nothing is, are left out. REQUIRES: called once, and last.
    Numbers announce();

    /// The maximum number of tracks.
    static constexpr std::uint32_t limit = 1U << 19;
    /// The track of events that name none.
    static constexpr std::uint64_t default_uuid = 0;

  private:
    using Ids = std::pair<std::int64_t, std::int64_t>;
    std::uint32_t add(PerfettoTrack track);
    std::uint32_t own(PerfettoTrack::Kind kind, Ids ids);

    // What announce() is made of.
    void adopt();
    [[nodiscard]] std::uint32_t parent_of(const PerfettoTrack& track);
    void cut_circles();
    void mark_used();
    void merge_siblings();
    void sort_children();
    [[nodiscard]] StringId label_of(const PerfettoTrack& track);
    void announce_one(std::uint32_t number, Numbers& numbers);

    trace::Log& log_;
    std::vector<PerfettoTrack> tracks_;
    std::unordered_map<std::uint64_t, std::uint32_t> by_uuid_;
    std::map<std::pair<PerfettoTrack::Kind, Ids>, std::uint32_t> by_ids_;
    std::map<std::pair<std::int64_t, StringId>, std::uint32_t> operations_;
    std::vector<std::uint32_t> parents_;                // 1 + the parent; 0: none
    std::vector<std::vector<std::uint32_t>> children_;  // of 1 + the parent; at 0 those without one
    std::vector<bool> used_;
    std::vector<bool> merged_;
    std::uint32_t last_track_ = 0;
    std::uint32_t last_counter_ = 0;
};

}  // namespace loopscope::exchange
