// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/log.hpp"

namespace loopscope::trace {

/// Compares two logs, of which one or both may grow: what their events say, and the strings that they name.
/// Used by the thread that appends to them.
class FirstDifference {
  public:
    /// Both logs have to live as long as this.
    FirstDifference(const Log& one, const Log& other) : one_(one), other_(other) {}

    /// Compares on, up to an event. Returns the first event in which the logs differ; `to` if there is none
    /// before that. REQUIRES: both have the events up to `to`.
    EventIndex look(EventIndex to);

  private:
    /// Returns whether the strings that an event of both logs names are the same.
    [[nodiscard]] bool has_same_strings(const Event& event);
    [[nodiscard]] bool is_same_string(std::uint32_t id);

    const Log& one_;
    const Log& other_;
    EventIndex same_;            // up to here they are the same
    std::uint32_t strings_ = 0;  // and so are the strings up to this one
};

}  // namespace loopscope::trace
