// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/explain/facts.hpp"

namespace loopscope::explain {

/// A copying of a context, on the way of a value from the write to the read that sees it.
struct ContextCopy {
    EventIndex
        made;  ///< the `spawn`, `ready`, `timer`, `descriptor` or `job` for which the context was copied
    EventIndex told;  ///< the event that says which call copied the context; none: nobody said
};

/// Returns the copyings that brought the value of a read into the context in which it was read, the first one
/// first: PEP 567, `copy_context` in Task.__init__ and Handle.__init__. Empty where the value was written in
/// that context, and where the trace does not say how it came there. REQUIRES: `get` is a `get` event.
std::vector<ContextCopy> copies_of_context(const Facts& facts, EventIndex get);

/// Returns a sentence that says where the context was copied that a read saw, by which calls and in which
/// lines; empty where the trace does not say. REQUIRES: `get` is a `get` event.
std::string context_sentence(const Facts& facts, EventIndex get);

/// Returns whether a read was done by an executor's job that runs in the context of its thread, and not in a
/// copy. REQUIRES: `get` is a `get` event.
bool reads_context_of_thread(const Facts& facts, EventIndex get);

/// Returns where an event's line is, as "app.py:12"; empty where the trace has no line or does not name
/// files.
std::string place_text(const Facts& facts, EventIndex event);

}  // namespace loopscope::explain
