#pragma once

#include <string>

#include "core/trace/index.hpp"
#include "core/trace/state.hpp"

namespace loopscope::session {

/// Why what happens at the cursor happens, in a few plain sentences generated from the trace alone.
struct Why {
    std::string
        cause;  ///< how the handle came to run: "indication(c) resumes: its 0.1 s timer fired at 0.600 s."
    std::string
        action;  ///< what it does at the cursor: "It reads symbol from the global: 'c', written by sleep(c)."
    std::string leak;  ///< the verdict, if what it printed leaks: "Leak: its own chain wrote 'b'."

    /// All of it as one text.
    [[nodiscard]] std::string text() const;
};

/// `state` is the state at `cursor`.
Why why(const trace::Log& log, const trace::Index& index, const trace::State& state, std::uint32_t cursor);

}  // namespace loopscope::session
