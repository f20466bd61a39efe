// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// Where the slices begin and end of all that one folded lane stands for. An instant begins and ends at once.
struct SliceSum {
    trace::IndexColumn<EventIndex> begins;
    trace::IndexColumn<EventIndex> ends;
};

/// How dense the slices of a whole trace are, and those of each folded lane. Walks through the events once, a
/// part of them in each frame; so a picture costs no more than its pixels, however many slices there are.
class SliceSums {
  public:
    /// The maximum number of events that a frame looks at: a millisecond or two.
    static constexpr std::uint32_t max_counted = 200'000;
    /// The number of parts that the time of a trace is divided into.
    static constexpr std::size_t parts = 2048;

    /// Goes on with the walk. Begins anew over another trace; what folded lanes show begins anew where lanes
    /// were folded or unfolded. `end`: the time at which the trace ends, in nanoseconds.
    void update(const TrackTree& tree, const trace::Log& log, std::int64_t end);
    /// Returns whether something is not counted yet.
    [[nodiscard]] bool pending() const { return whole_.at < size_ || folds_.at < size_; }

    /// Returns the sum of the folded lane of a track; it is empty if there is none.
    [[nodiscard]] const SliceSum& of(std::uint32_t track) const;
    /// Returns how far the sums of folded lanes have come.
    [[nodiscard]] EventIndex counted() const { return {folds_.at}; }
    /// Returns how many slices and instants happen in each part of the time of the trace.
    [[nodiscard]] const std::vector<std::uint32_t>& density() const { return density_; }
    /// Returns a number that changes whenever density() does.
    [[nodiscard]] std::uint64_t version() const { return version_; }

  private:
    /// How far a walk is.
    struct Walk {
        std::uint32_t at = 0;
        std::int64_t clock = 0;
    };
    template <class Visit>
    void walk(Walk& walk, const trace::Log& log, const Visit& visit) const;
    void count_whole(const trace::Log& log, std::int64_t end);
    void count_folds(const TrackTree& tree, const trace::Log& log);

    std::uint64_t serial_ = 0;
    std::uint64_t foldings_ = 0;
    std::uint64_t version_ = 0;
    std::uint32_t size_ = 0;  // of the log
    Walk whole_;
    Walk folds_;
    std::vector<std::int32_t>
        changes_;  // by part, by how much the number of open slices differs from the part before
    std::vector<std::uint32_t> begins_;  // by part
    std::vector<std::uint32_t> density_;
    std::unordered_map<std::uint32_t, SliceSum> sums_;  // by track
};

}  // namespace loopscope::timeline
