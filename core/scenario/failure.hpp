#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/id.hpp"

namespace loopscope::scenario {

/// An exception of a run that its output does not tell of.
struct Failure {
    enum class Kind : std::uint8_t {
        callback,         ///< a callback raised it, and the loop went on
        never_retrieved,  ///< a task or future ended with it, and nobody asked
        main,             ///< what the program waited for ended with it, and so did the program
    };

    Kind kind = Kind::callback;
    TaskId task;           ///< the task that ended with it, or that the callback serves; none: no task
    std::string callback;  ///< what the program calls the callback; empty: nothing
    std::string what;      ///< as Python's tracebacks end: "ValueError: no such name"

    friend bool operator==(const Failure&, const Failure&) = default;
};

/// Those of a run, in the order in which they were noticed: a program that raises for ever does not fill the
/// memory with them.
struct Failures {
    static constexpr std::size_t max_noted = 1000;  ///< what ended the program is noted beyond that

    std::vector<Failure> noted;
    std::uint64_t more = 0;  ///< how many were not noted
};

}  // namespace loopscope::scenario
