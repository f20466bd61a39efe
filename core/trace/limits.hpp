// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

/// The length that a trace may have: one limit, for all that make traces and all that read them.
namespace loopscope::trace {

/// The number of events at which runs and imports stop; the handle under way is finished first. Where a
/// machine has memory for fewer, they stop earlier (Log::full).
inline constexpr std::uint32_t max_events = 2'000'000'000;

/// The number of events that the handle under way may add to max_events, so that a trace that stopped there
/// can be saved and read.
inline constexpr std::uint32_t event_slack = 20'000'000;

/// The maximum number of events in a file. An event takes at most two quarters of a step on the sequence
/// axis, whose positions are numbers of 32 bits.
inline constexpr std::uint32_t max_stored_events = max_events + event_slack;
static_assert(max_stored_events <= 1u << 31);

/// Returns max_events in words, for sentences to users: "2000 million events".
inline std::string max_events_text() {
    return fmt::format("{} million events", max_events / 1'000'000);
}

}  // namespace loopscope::trace
