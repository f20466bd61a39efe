// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
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
/// An item of a queue, in the order in which items were put.
using ItemId = Id<struct ItemTag>;
using StringId = Id<struct StringTag>;
/// A context variable of a program, in order of first use.
using VariableId = Id<struct VariableTag>;
/// A timer, in the order in which timers were started.
using TimerId = Id<struct TimerTag>;

/// An index in a sequence of things of one kind, from 0, so that a handle's cannot be passed for a print's.
/// The index after the last thing stands for the end. Distances and counts are plain numbers.
template <class Tag>
struct SequenceIndex {
    std::uint32_t value = 0;

    /// Returns the index that a size or another plain number stands for. REQUIRES: number < 2^32.
    static constexpr SequenceIndex of(std::size_t number) {
        return SequenceIndex{static_cast<std::uint32_t>(number)};
    }

    /// Returns whether an event is named. Event 0 of a trace is always `Kind::begin`, to which nothing
    /// refers, so 0 means none.
    constexpr explicit operator bool() const requires std::same_as<Tag, struct EventTag> {
        return value != 0;
    }

    constexpr SequenceIndex& operator++() {
        ++value;
        return *this;
    }
    constexpr SequenceIndex& operator--() {
        --value;
        return *this;
    }
    friend constexpr SequenceIndex operator+(SequenceIndex index, std::uint32_t distance) {
        return {index.value + distance};
    }
    friend constexpr SequenceIndex operator-(SequenceIndex index, std::uint32_t distance) {
        return {index.value - distance};
    }
    /// Returns the distance between two indices. REQUIRES: first <= last.
    friend constexpr std::uint32_t operator-(SequenceIndex last, SequenceIndex first) {
        return last.value - first.value;
    }
    friend constexpr auto operator<=>(SequenceIndex, SequenceIndex) = default;
};

/// The index of an event in its trace; 0 means none.
using EventIndex = SequenceIndex<struct EventTag>;
/// The index of a handle among those that a trace has run, in the order in which they began.
using HandleIndex = SequenceIndex<struct HandleTag>;
/// The index of a print among those of a trace.
using PrintIndex = SequenceIndex<struct PrintTag>;
/// The index of an iteration among those of a trace, of all threads together.
using IterationIndex = SequenceIndex<struct IterationTag>;
/// A position on the sequence axis, in quarters of a task's step.
using AxisPosition = SequenceIndex<struct AxisTag>;

}  // namespace loopscope

template <class Tag>
struct std::hash<loopscope::Id<Tag>> {
    std::size_t operator()(loopscope::Id<Tag> id) const noexcept {
        return std::hash<std::uint32_t>{}(id.value);
    }
};

template <class Tag>
struct std::hash<loopscope::SequenceIndex<Tag>> {
    std::size_t operator()(loopscope::SequenceIndex<Tag> index) const noexcept {
        return std::hash<std::uint32_t>{}(index.value);
    }
};
