// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/string_table.hpp"
#include "core/trace/log.hpp"

/// Events in words: what a file of another tool's format says of the trace that it was written of, so that
/// the trace can be read again. One event is one line:
///
///     #118 +1000 step 3 value
///     get 3 110 1 :27
///
/// `#` and the event's index stand where the event does not follow the one in front of it; `+` and
/// nanoseconds where it is later than the event before it in the trace. Then comes the kind, and what the
/// fields subject, a and b hold, without those that hold nothing: numbers, strings as quoted_field writes
/// them, tags by their words, a line after a colon. docs/formats.md has this for users.
namespace loopscope::exchange {

/// Consecutive events of a log: from `first` up to, and without, `end`.
struct EventRun {
    EventIndex first;
    EventIndex end;
    Time before{0};  ///< the time of the event before the first

    /// Returns how many events there are.
    [[nodiscard]] std::uint32_t size() const { return end - first; }
};

/// Appends the events of some runs to a text, each as a line, with line feeds between them. REQUIRES:
/// trace::check accepts the log.
void append_in_words(std::string& text, const trace::Log& log, const std::vector<EventRun>& runs);

/// An event that was read from words.
struct WordedEvent {
    std::optional<std::uint32_t> index;  ///< none: that of the event read before, plus 1
    Duration later{0};                   ///< than the event before it in the trace
    trace::Event event;                  ///< without its time; strings by their numbers in the table
};

/// Returns the event that a line says, whose strings are added to a table; nothing if the line is not one
/// that append_in_words() could have written.
std::optional<WordedEvent> read_words(std::string_view line, StringTable& strings);

}  // namespace loopscope::exchange
