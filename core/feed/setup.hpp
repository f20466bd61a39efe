// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "core/explore/chooser.hpp"
#include "core/scenario/program.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::feed {

/// A program with its parameters, the storage at its start, and its schedule.
struct Setup {
    const scenario::Program* program = nullptr;
    scenario::Arguments arguments;
    trace::Storage storage = trace::Storage::global;
    /// The order in which the program runs; none: asyncio's.
    std::optional<explore::Schedule> schedule = {};

    /// Returns whether two setups run the same program in the same way.
    friend bool operator==(const Setup& one, const Setup& other) {
        return one.program == other.program && one.storage == other.storage &&
               one.schedule == other.schedule && one.arguments.settings() == other.arguments.settings();
    }
};

/// A storage that the user selected, and the event after which.
struct Switch {
    EventIndex after;  ///< the last event before the switch
    trace::Storage storage = trace::Storage::global;
    VariableId variable = {};  ///< the variable whose reads it answers; none: all that are meant by that

    friend bool operator==(const Switch&, const Switch&) = default;
};

}  // namespace loopscope::feed
