#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

/// How long a trace may become: one limit, which whoever makes a trace and whoever reads one go by.
namespace loopscope::trace {

/// Runs and imports stop once a trace has this many events; the handle under way is finished.
inline constexpr std::uint32_t max_events = 100'000'000;

/// What the handle under way may add to that, so that whatever stops at max_events can be saved and read.
inline constexpr std::uint32_t event_slack = 20'000'000;

/// Most events that a file may hold.
inline constexpr std::uint32_t max_stored_events = max_events + event_slack;

/// Returns max_events as sentences say it: "100 million events".
inline std::string max_events_text() {
    return fmt::format("{} million events", max_events / 1'000'000);
}

}  // namespace loopscope::trace
