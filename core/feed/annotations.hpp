#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/log.hpp"
#include "core/trace/mark.hpp"

namespace loopscope::feed {

/// What somebody has written about a trace: they are saved with it.
struct Annotations {
    std::string notes;
    std::vector<trace::Mark> marks;  ///< in a session: in order of their events

    /// Writes a text at an event; an empty one takes its mark away. REQUIRES: the marks are in order.
    void mark(std::uint32_t event, const std::string& text);
    /// Drops the marks that are about events of one trace which another one does not share with it, that is,
    /// from the first event on that differs. REQUIRES: the marks are in order.
    void keep_shared(const trace::Log& one, const trace::Log& other);
};

/// Returns the same with its marks in order of their events.
Annotations in_order(Annotations annotations);

}  // namespace loopscope::feed
