// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/id.hpp"

namespace loopscope::scenario {

/// An exception of a run that the program's output does not show.
struct Failure {
    enum class Kind : std::uint8_t {
        callback,         ///< a callback raised it, and the loop went on
        never_retrieved,  ///< a task or future ended with it, and nobody asked for it
        shutdown,         ///< a task or generator that the program's end closed ended with it
        guard,            ///< somebody else had released the lock of a guard
        program,          ///< the program itself told the exception handler of it
        main,             ///< the future that the program waited for ended with it, and so did the program
    };

    Kind kind = Kind::callback;
    TaskId task;           ///< the task that ended with the exception, or that the callback serves
    std::string callback;  ///< the program's name for the callback; empty: it has no name
    std::string what;      ///< the last line of a Python traceback: "ValueError: no such name"

    friend bool operator==(const Failure&, const Failure&) = default;
};

/// The failures of a run, in the order in which they were noticed. Limited, so that a program that raises for
/// ever does not fill the memory.
struct Failures {
    static constexpr std::size_t max_noted = 1000;  ///< not counting those that ended the program

    std::vector<Failure> noted;
    std::uint64_t more = 0;  ///< number of failures beyond the limit
};

}  // namespace loopscope::scenario
