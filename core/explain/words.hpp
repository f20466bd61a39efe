// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/trace/index.hpp"

namespace loopscope::explain {

/// Returns the text that tells the chain of `task` from others: the first value that the chain's tasks wrote;
/// empty if they wrote none.
std::string_view chain_symbol(const trace::Log& log, const trace::Index& index, TaskId task);

/// A task's name, the same in all that shows it, speaks of it and looks for it: "indication(c)", "sleep(b)
/// 2".
struct TaskName {
    /// The name that it was given, or else the end of its coroutine's qualified name that tells that from
    /// other coroutines, as in trace::TaskNames.
    std::string_view text;
    std::string_view symbol;  ///< of its chain; empty while the chain has written nothing
    std::uint32_t number =
        0;  ///< which it is of those that have both in common, from 1; 0: it is the only one

    /// Returns all of the name, with an excerpt of a text or a symbol that is very long: "sleep(b) 2".
    [[nodiscard]] std::string whole() const;
    /// Returns the symbol as the name has it, in parentheses: "(b)"; empty without a symbol.
    [[nodiscard]] std::string symbol_part() const;
    /// Returns the number with the space before it: " 2"; empty without a number.
    [[nodiscard]] std::string number_part() const;
};

/// Returns a task's name; one without a text for a task that the trace does not know. In constant time.
TaskName task_name(const trace::Log& log, const trace::Index& index, TaskId task);

/// Returns a count as people read it, with commas between thousands: "9,998".
std::string count_text(std::size_t count);

/// Returns a value as people read it, to some significant digits: "27,812,345", "1,234.5", "-0.25". Digits
/// before the point are never cut; what is beyond 10^15, or nearer to zero than 0.0001, has an exponent.
std::string value_text(double value, int digits = 12);

/// Returns how coroutines of this name are shown: the end that tells them from others.
std::string_view coroutine_name(const trace::Log& log, const trace::Index& index, StringId coroutine);

/// Returns a task's whole name, as sentences use it: "task 5" for a task that the trace does not know, "code
/// outside of tasks" for none.
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
