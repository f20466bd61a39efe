// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/format/info.hpp"
#include "core/trace/log.hpp"

/// What files of other tools' formats say so that Loopscope can read them as the trace that they were written
/// of: arguments of their records, each a name and a text. docs/formats.md has them for users.
namespace loopscope::exchange {

/// The name of the process in files that Loopscope writes.
inline constexpr std::string_view own_process = "Loopscope";
/// The argument that says which format the others have.
inline constexpr std::string_view own_format_argument = "format";
/// The format that this version writes: what comes later has a higher number.
inline constexpr std::string_view own_format = "Loopscope 1";
/// The argument that says how many events the trace has.
inline constexpr std::string_view own_count_argument = "events in all";
/// The argument that says that there are tracks of an imported trace besides the loop, and records of them.
inline constexpr std::string_view own_tracks_argument = "tracks";
/// The argument that says the order of the strings' numbers (see own_strings.hpp), and those that say, before
/// the number, strings that no event names.
inline constexpr std::string_view own_order_argument = "string order";
inline constexpr std::string_view own_string_argument = "string ";
/// The argument, and in Chrome's JSON the member beside the arguments, of a record with the events that
/// belong to it, in words (see own_words.hpp).
inline constexpr std::string_view own_events_argument = "events";

/// The arguments of a record: their names and texts.
using OwnArguments = std::vector<std::pair<std::string, std::string>>;

/// Returns the arguments that say what a trace is besides its events: the format, the number of events, and
/// what of the info is not empty.
OwnArguments own_arguments(const trace::Log& log, const format::Info& info);

/// Takes an argument that own_arguments() returned into an info. Returns whether it is one of an info's.
bool take_own_argument(format::Info& info, std::string_view name, std::string_view text);

}  // namespace loopscope::exchange
