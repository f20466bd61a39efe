#pragma once

#include <cstdint>
#include <optional>

#include "core/explore/chooser.hpp"
#include "core/scenario/program.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::feed {

/// What is run, and what to begin with.
struct Setup {
    const scenario::Program* program = nullptr;
    scenario::Arguments arguments;
    trace::Storage storage = trace::Storage::global;
    /// The order that it runs in; none: asyncio's.
    std::optional<explore::Schedule> schedule = {};

    /// Whether they run the same.
    friend bool operator==(const Setup& one, const Setup& other) {
        return one.program == other.program && one.storage == other.storage &&
               one.schedule == other.schedule && one.arguments.settings() == other.arguments.settings();
    }
};

/// The user selected a storage after an event.
struct Switch {
    std::uint32_t after = 0;  ///< index of the last event before it
    trace::Storage storage = trace::Storage::global;

    friend bool operator==(const Switch&, const Switch&) = default;
};

}  // namespace loopscope::feed
