// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/feed/feed.hpp"

namespace loopscope::lesson {

/// The position of a stop in a run.
struct StopPoint {
    enum class Kind : std::uint8_t {
        start,         ///< nothing has run
        before_print,  ///< before the handle in which the `count`th print is
        print,         ///< at the `count`th print
        leak,          ///< at the `count`th print that leaks
        iteration,     ///< before the `count`th iteration
        time,          ///< once the loop's clock has passed `time`
        end,           ///< the program is over
    };

    Kind kind = Kind::start;
    std::uint32_t count = 0;
    Time time{0};
};

/// The kind of question that a stop asks. The answer is computed from the trace.
enum class Ask : std::uint8_t {
    nothing,
    next_print,  ///< which symbol prints next
    next_task,   ///< which task runs next
    writer,      ///< which task wrote what prints next
    leaks_next,  ///< whether the next print leaks
    leaks,       ///< how many prints of the whole run leak
    output,      ///< what the whole program prints
};

/// A place where the lesson stops, with its text and its question.
struct Stop {
    std::string heading;
    std::uint32_t line = 0;
    std::optional<feed::Setup> run;  ///< a run to start over with; none: the run goes on
    StopPoint point;
    std::optional<trace::Storage> storage;  ///< the storage to select here; none: it stays
    Ask ask = Ask::nothing;
    std::string text;
    std::string afterwards;  ///< text to show once the question is answered
};

/// A lesson as it is written in its file.
struct Lesson {
    std::string file;
    std::string title;
    std::string summary;      ///< one line
    std::vector<Stop> stops;  ///< at least one; the first one has a run
};

/// Returns a kind of question as lessons' files write it: "next print".
std::string_view name(Ask ask);

/// Parses a lesson. Fails at the first thing that has no meaning; the error names `file` and the line, and
/// says what to write instead.
Result<Lesson> parse(std::string_view file, std::string_view text);

}  // namespace loopscope::lesson
