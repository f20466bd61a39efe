// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/exchange/counters.hpp"
#include "core/exchange/lane_layout.hpp"
#include "core/exchange/lanes.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// The tracks of a log that were announced.
struct AnnouncedTracks {
    std::vector<std::uint32_t> of_draft;   ///< the number of the track of each draft
    std::vector<std::uint32_t> of_series;  ///< the number of the counter of each series
};

/// Writes the events that say which tracks and counters there are, in the order in which they are shown: by
/// process, first the process itself, then its threads, then its operations; in the order that the trace asks
/// for, else in that of their ids, operations in that of the file. Operations of several processes come last.
AnnouncedTracks announce_tracks(trace::Log& log, const Lanes& lanes, const std::vector<TrackDraft>& drafts,
                                const Counters& counters);

}  // namespace loopscope::exchange
