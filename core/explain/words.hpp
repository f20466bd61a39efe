#pragma once

#include <string>

#include "core/trace/index.hpp"

namespace loopscope::explain {

/// The text that tells a chain from others: the first value that its tasks wrote; empty if none.
std::string_view chain_symbol(const trace::Log& log, const trace::Index& index, TaskId task);

/// What a task is called: the name it was given, or its coroutine's.
std::string_view task_name(const trace::Log& log, const trace::Index& index, TaskId task);

/// The two together, as sentences use them, each an excerpt: "indication(c)"; "task 5" for one that the trace
/// does not know.
std::string task_label(const trace::Log& log, const trace::Index& index, TaskId task);

/// What an OS thread is called; empty where there is only one.
std::string_view thread_name(const trace::Log& log, const trace::Index& index, std::uint32_t thread);

/// What a task waits for, as sentences use it: "an event", "room in a queue". A task or a timer has a name.
std::string_view wait_phrase(trace::Wait wait);

/// How such a wait ends well: "the event was set", "there was room in the queue".
std::string_view done_phrase(trace::Wait wait);

/// Where a storage keeps a task's variable, as sentences use it: "the global", "its own context".
std::string_view storage_phrase(trace::Storage storage);

}  // namespace loopscope::explain
