#pragma once

#include <cstdint>
#include <vector>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// A track of slices, as imported traces have them.
struct TrackInfo {
    StringId name;
    std::uint32_t parent = 0;    ///< the track in whose group it is; 0: none
    std::uint32_t slices = 0;    ///< how many slices have begun
    std::uint32_t instants = 0;  ///< how many instants there are
    std::uint32_t open = 0;      ///< how many slices are open now
    std::uint32_t depth = 0;     ///< the maximum number of slices that were open at once
};

/// A counter of an imported trace.
struct CounterInfo {
    StringId name;
    std::uint32_t track = 0;  ///< the track that it belongs to; 0: none
    std::uint32_t counts = 0;
};

/// The tracks and counters of a trace, each in order of its numbers: number n is at n - 1.
class Tracks {
  public:
    /// Applies an event. An event that is about no track or counter changes nothing.
    void apply(const Event& event);

    /// Returns the tracks: track n is at n - 1.
    [[nodiscard]] const std::vector<TrackInfo>& tracks() const { return tracks_; }
    /// Returns the counters: counter n is at n - 1.
    [[nodiscard]] const std::vector<CounterInfo>& counters() const { return counters_; }

  private:
    std::vector<TrackInfo> tracks_;
    std::vector<CounterInfo> counters_;
};

}  // namespace loopscope::trace
