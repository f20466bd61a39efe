#pragma once

#include <cstdint>
#include <vector>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// A track of slices, as imported traces have them.
struct TrackInfo {
    StringId name;
    std::uint32_t parent = 0;    ///< the track that it is in a group of; 0: none
    std::uint32_t slices = 0;    ///< how many have begun
    std::uint32_t instants = 0;  ///< how many there are
    std::uint32_t open = 0;      ///< how many slices are open now
    std::uint32_t depth = 0;     ///< how many were open at once, at most
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
    /// Reads an event; one that is about no track or counter changes nothing.
    void apply(const Event& event);

    [[nodiscard]] const std::vector<TrackInfo>& tracks() const { return tracks_; }
    [[nodiscard]] const std::vector<CounterInfo>& counters() const { return counters_; }

  private:
    std::vector<TrackInfo> tracks_;
    std::vector<CounterInfo> counters_;
};

}  // namespace loopscope::trace
