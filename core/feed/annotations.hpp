// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/log.hpp"
#include "core/trace/mark.hpp"

namespace loopscope::feed {

/// What a user has written about a trace; saved with it.
struct Annotations {
    std::string notes;
    std::vector<trace::Mark> marks;  ///< in a session: in order of their events

    /// Writes a text at an event; an empty one removes the event's mark. REQUIRES: the marks are in order.
    void mark(EventIndex event, const std::string& text);
    /// Adds what a file says of the same trace: its notes where there are none, and its marks at events that
    /// have none. REQUIRES: the marks of both are in order.
    void add(const Annotations& of_file);
    /// Drops the marks at events of `one` that `other` does not share, that is, from the first event that
    /// differs. REQUIRES: the marks are in order.
    void keep_shared(const trace::Log& one, const trace::Log& other);
};

/// Returns annotations with their marks sorted by event.
Annotations in_order(Annotations annotations);

}  // namespace loopscope::feed
