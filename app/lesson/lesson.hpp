#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/engine.hpp"

namespace loopscope::lesson {

/// Where in a run a stop is.
struct Place {
    enum class Kind : std::uint8_t {
        start,         ///< nothing has run
        before_print,  ///< before the handle that prints for the `count`th time
        print,         ///< at that print
        leak,          ///< at the `count`th print that leaks
        iteration,     ///< before the `count`th iteration
        time,          ///< once the loop's clock has passed `time`
        end,           ///< the program is over
    };

    Kind kind = Kind::start;
    std::uint32_t count = 0;
    Time time{0};
};

/// What a stop asks. Its answer is computed from the trace.
enum class Ask : std::uint8_t {
    nothing,
    next_print,  ///< which symbol prints next
    next_task,   ///< which task runs next
    writer,      ///< which task wrote what prints next
    leaks_next,  ///< whether the next print leaks
    leaks,       ///< how many prints of the whole run leak
    output,      ///< what the whole program prints
};

/// A place where the lesson stops, what it says there, and what it asks.
struct Stop {
    std::string heading;
    std::uint32_t line = 0;
    std::optional<session::Setup> run;  ///< start over with this
    Place place;
    std::optional<trace::Storage> storage;  ///< from here on, another storage
    Ask ask = Ask::nothing;
    std::string text;
    std::string afterwards;  ///< once the question is answered
};

/// A lesson as its file says it.
struct Lesson {
    std::string file;
    std::string title;
    std::string summary;      ///< one line
    std::vector<Stop> stops;  ///< at least one; the first one has a run
};

/// How a question is written in a lesson's file: "next print".
std::string_view name(Ask ask);

/// Reads a lesson. The error names the file and the line, and says what to write instead.
Result<Lesson> parse(std::string_view file, std::string_view text);

}  // namespace loopscope::lesson
