// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/id.hpp"

namespace loopscope::trace {

/// One that work is done for: a chain, named by the task that heads it, or a connection. None: nobody is
/// known.
struct Party {
    TaskId chain;
    std::uint32_t connection = 0;  ///< its number; 0: it is a chain

    constexpr explicit operator bool() const { return chain || connection != 0; }
    friend constexpr bool operator==(const Party&, const Party&) = default;
};

/// Work of a task, a callback or a job for a party, from the event on that made it begin.
struct Errand {
    Party party;
    TaskId from;  ///< the head of the chain that handed it over, which may itself work for the party; none: a
                  ///< connection did, or nobody is known
    /// The `take`, `serve`, `ready`, `timer` or `job` by which it began, perhaps that of the task that
    /// created this one. None: a task works for its own chain.
    EventIndex since;
    std::uint32_t queue = 0;  ///< the queue that its item was taken out of; 0: it is no item

    friend constexpr bool operator==(const Errand&, const Errand&) = default;
};

}  // namespace loopscope::trace
