// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/trace/event.hpp"
#include "core/trace/namesakes.hpp"

namespace loopscope::trace {

/// Returns whether tracks of a kind share lanes with others of their name: there may be very many of them,
/// and each is short.
constexpr bool shares_lanes(TrackKind kind) {
    return kind == TrackKind::operation || kind == TrackKind::resource;
}

/// A track of slices, as imported traces have them.
struct TrackInfo {
    StringId name;
    std::uint32_t parent = 0;  ///< the track in whose group it is; 0: none
    TrackKind kind = TrackKind::plain;
    std::uint32_t number = 0;  ///< of those that have its name and its identity, from 1; 0: it is not counted
    StringId identity;         ///< by what its file tells it from others; none: the file says nothing
    std::uint32_t cause = 0;   ///< the track that it came of; 0: none
    std::uint32_t root = 0;    ///< the first one in the line of causes; itself if it has none
    std::uint32_t slices = 0;  ///< how many slices have begun
    std::uint32_t instants = 0;  ///< how many instants there are
    std::uint32_t open = 0;      ///< how many slices are open now
    std::uint32_t depth = 0;     ///< the maximum number of slices that were open at once
};

/// A counter of an imported trace.
struct CounterInfo {
    StringId name;
    std::uint32_t track = 0;  ///< the track that it belongs to; 0: none
    std::uint32_t counts = 0;
    double smallest = 0;  ///< of its values
    double largest = 0;
};

/// The tracks and counters of a trace, each in order of its numbers: number n is at n - 1.
class Tracks {
  public:
    /// Applies an event. An event that is about no track or counter changes nothing.
    void apply(const Event& event);

    /// Returns the tracks: track n is at n - 1.
    [[nodiscard]] const std::vector<TrackInfo>& tracks() const { return tracks_; }
    /// Returns what is known of a track. REQUIRES: the trace has the track.
    [[nodiscard]] const TrackInfo& track(std::uint32_t number) const { return tracks_[number - 1]; }
    /// Returns whether the trace has the track.
    [[nodiscard]] bool has(std::uint32_t track) const { return track != 0 && track <= tracks_.size(); }
    /// Returns the counters: counter n is at n - 1.
    [[nodiscard]] const std::vector<CounterInfo>& counters() const { return counters_; }
    /// Returns the processes, threads and plain tracks that have a name, by that and their identity.
    /// Operations and resources are not counted: they may be a million, and share lanes.
    [[nodiscard]] const Namesakes& namesakes() const { return namesakes_; }

  private:
    void describe(TrackInfo& track, const Event& event);
    void identify(TrackInfo& track, const Event& event);
    static void count(CounterInfo& counter, double value);

    std::vector<TrackInfo> tracks_;
    std::vector<CounterInfo> counters_;
    Namesakes namesakes_;
};

}  // namespace loopscope::trace
