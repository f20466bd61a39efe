// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/id.hpp"
#include "core/trace/index_column.hpp"
#include "core/trace/index_iterator.hpp"

namespace loopscope::trace {

/// Whose code a task runs, as far as its source lines tell. `unknown`: it has not come to its first
/// suspension or end. `library`: no line of the program's own files is known of anything that it did.
enum class Origin : std::uint8_t { unknown, library, program };

/// A task's ancestry, and the events at which its life begins and ends.
struct TaskInfo {
    TaskId parent;                  ///< none: a root task
    TaskId root;                    ///< the root task that it descends from, perhaps itself
    TaskId chain;                   ///< the task that heads its chain, perhaps itself
    std::uint32_t chain_order = 0;  ///< how many chains there were before its own; a main task does not count
    bool is_main = false;           ///< the only root, whose children head chains
    /// Of a head: the main task whose values it has by right, whether that made it or a callback did; none: a
    /// root task of its own.
    TaskId above;
    StringId coroutine;        ///< what its coroutine is called
    StringId name;             ///< what it was named; none: nothing
    std::uint32_t number = 0;  ///< of those that are called as it is, as in Namesakes
    Origin origin = Origin::unknown;
    std::uint32_t thread = 1;  ///< the OS thread that it is on
    EventIndex spawn;
    EventIndex finish;  ///< none: it has not ended
    EventIndex
        first_set;  ///< of a head: its chain's first write, whose value tells chains apart; none: no write
    std::uint32_t depth = 0;         ///< generations above it
    EventIndex last_ready;           ///< the event that last made it ready
    IndexColumn<HandleIndex> steps;  ///< its steps
    PackedColumn ends;  ///< beside them: how many events after its first each has ended; missing: it goes on
    IndexColumn<PrintIndex> prints;  ///< its prints
    IndexColumn<PrintIndex> leaks;   ///< those of them that leak
};

}  // namespace loopscope::trace
