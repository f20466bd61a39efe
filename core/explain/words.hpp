#pragma once

#include <string>

#include "core/trace/index.hpp"

namespace loopscope::explain {

/// Returns the text that tells the chain of `task` from others: the first value that the chain's tasks wrote;
/// empty if they wrote none.
std::string_view chain_symbol(const trace::Log& log, const trace::Index& index, TaskId task);

/// Returns a task's name: the one that it was given, or that of its coroutine; empty for a task that the
/// trace does not know.
std::string_view task_name(const trace::Log& log, const trace::Index& index, TaskId task);

/// Returns a task's name and its chain's symbol as sentences use them, each an excerpt: "indication(c)";
/// "task 5" for a task that the trace does not know.
std::string task_label(const trace::Log& log, const trace::Index& index, TaskId task);

/// Returns the name of an OS thread by its number; empty if there is only one thread.
std::string_view thread_name(const trace::Log& log, const trace::Index& index, std::uint32_t thread);

/// Returns what a task waits for, as sentences use it: "an event", "room in a queue". A task or a timer has a
/// name, which is said instead.
std::string_view wait_phrase(trace::Wait wait);

/// Returns how a wait ends well, as sentences use it: "the event was set", "there was room in the queue".
std::string_view done_phrase(trace::Wait wait);

/// Returns where a storage keeps a task's variable, as sentences use it: "the global", "its own context".
std::string_view storage_phrase(trace::Storage storage);

}  // namespace loopscope::explain
