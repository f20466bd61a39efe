#pragma once

#include <string>

#include "core/trace/index.hpp"

namespace loopscope::explain {

/// Returns the text that tells the chain of `task` from others: the first value that the chain's tasks wrote;
/// empty if they wrote none.
std::string_view chain_symbol(const trace::Log& log, const trace::Index& index, TaskId task);

/// A task's name, as everything shows it that speaks of tasks.
struct TaskName {
    std::string_view text;
    std::uint32_t number =
        0;  ///< where many tasks have the text in common, which of them it is, from 1; or 0

    /// Returns the text, or an excerpt of one that is very long, and the number: "request 17".
    [[nodiscard]] std::string whole() const;
    /// Returns the number with the space before it: " 17"; empty without a number.
    [[nodiscard]] std::string tail() const;

    /// The maximum number of tasks that may have a name in common before they are numbered: so many can be
    /// told apart by where they stand.
    static constexpr std::uint32_t max_unnumbered = 8;
};

/// Returns a task's name: the one that it was given, or else the end of its coroutine's qualified name that
/// tells that from other coroutines, as in trace::TaskNames. Empty for a task that the trace does not know.
TaskName task_name(const trace::Log& log, const trace::Index& index, TaskId task);

/// Returns a count as people read it, with commas between thousands: "9,998".
std::string count_text(std::size_t count);

/// Returns a value as people read it, to some significant digits: "27,812,345", "1,234.5", "-0.25". Digits
/// before the point are never cut; what is beyond 10^15, or nearer to zero than 0.0001, has an exponent.
std::string value_text(double value, int digits = 12);

/// Returns how coroutines of this name are shown: the end that tells them from others.
std::string_view coroutine_name(const trace::Log& log, const trace::Index& index, StringId coroutine);

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
