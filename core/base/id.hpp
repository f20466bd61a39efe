#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace loopscope {

/// A number that names one thing of one kind, so that a task's number cannot be passed for a string's. Zero
/// names nothing; the first thing of a kind is 1. Numbers are given in order of creation, so they are the
/// same in every run.
template <class Tag>
struct Id {
    std::uint32_t value = 0;

    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using TaskId = Id<struct TaskTag>;
/// A future, lock, queue, or anything else that tasks wait for, in the order in which a trace first names it.
using ObjectId = Id<struct ObjectTag>;
using StringId = Id<struct StringTag>;
/// A context variable of a program, in order of first use.
using VariableId = Id<struct VariableTag>;
/// A timer, in the order in which timers were started.
using TimerId = Id<struct TimerTag>;
/// The index of an event in its trace. Event 0 is always `Kind::begin`, to which nothing refers, so 0 means
/// none.
using EventIndex = Id<struct EventTag>;

}  // namespace loopscope

template <class Tag>
struct std::hash<loopscope::Id<Tag>> {
    std::size_t operator()(loopscope::Id<Tag> id) const noexcept {
        return std::hash<std::uint32_t>{}(id.value);
    }
};
