// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

/// The length that a trace may have: one limit, for all that make traces and all that read them.
namespace loopscope::trace {

/// The number of events at which runs and imports stop; the handle under way is finished first.
inline constexpr std::uint32_t max_events = 100'000'000;

/// The number of events that the handle under way may add to max_events, so that a trace that stopped there
/// can be saved and read.
inline constexpr std::uint32_t event_slack = 20'000'000;

/// The maximum number of events in a file.
inline constexpr std::uint32_t max_stored_events = max_events + event_slack;

/// Returns max_events in words, for sentences to users: "100 million events".
inline std::string max_events_text() {
    return fmt::format("{} million events", max_events / 1'000'000);
}

}  // namespace loopscope::trace
