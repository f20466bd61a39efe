// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "core/trace/log.hpp"

namespace loopscope::trace {

/// Returns the word for an enumerator, as it stands in docs and files; "later" for one that only a later
/// version knows.
std::string_view name(Kind kind);
std::string_view name(Resume resume);
std::string_view name(Wait wait);
std::string_view name(Outcome outcome);
std::string_view name(Callback callback);
std::string_view name(Start start);
std::string_view name(Named named);
std::string_view name(Cancel cancel);
std::string_view name(Ending ending);
std::string_view name(FlowPoint point);
std::string_view name(TrackKind track);

/// Returns the word for a kind; "kind_200" for a kind that only a later version knows.
std::string kind_text(Kind kind);

/// Returns an event as one line without a newline: its index, its loop time in seconds, its kind, and its
/// details.
///
///     31  0.000004000  print_value  task 5  'c' written at 24
std::string line_of(const Log& log, EventIndex index);

/// Returns an event as one line, as line_of(log, index) does, where the caller knows the loop time of the
/// event.
std::string line_of(const Log& log, EventIndex index, Time time);
/// Returns an event as one line, where the caller knows its loop time, and what it says beyond its kind.
std::string line_of(const Log& log, EventIndex index, Time time, std::string_view details);

/// Returns what an event says beyond its kind, as it stands in line_of; empty where the kind says all.
std::string details_of(const Log& log, EventIndex index);

/// Returns a loop time as people read it: "0.300 s" where milliseconds say all, more digits where they do
/// not.
std::string time_text(Time time);

}  // namespace loopscope::trace
