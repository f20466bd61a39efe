// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include "core/base/id.hpp"
#include "core/base/time.hpp"

/// The vocabulary of traces: everything that a loop can say, in 16 bytes a time.
///
///     head                subject              a                    b
///     kind:8 | since:24   the one it is about  depends on the kind  tag:8 | line:24, or as the kind says
///
/// `since` is nanoseconds after the last `clock` event before it (or 0). `line` is the line of the program's
/// source that did it; 0 where no line did. The *running task* is the one whose `step` was last and has not
/// been ended by `suspend` or `finish`. The vocabulary itself is one table, core/trace/kinds.def: which kinds
/// there are, where each may stand, and what its fields may hold. core/trace/transitions.hpp has the rules
/// for which event may follow which.
namespace loopscope::trace {

/// The kinds of events. Each row of core/trace/kinds.def says what a kind tells, and what its fields hold.
enum class Kind : std::uint8_t {
#define LOOPSCOPE_KIND(kind, number, ...) kind = number,
#include "core/trace/kinds.def"
};

/// The first number of kinds, and of values of Wait, Callback and Named, that a reader which does not know
/// them can pass over: an event of such a kind changes nothing that other events say, and such a tag stands
/// for the most general value.
inline constexpr std::uint8_t first_ignorable = 128;

/// The ways in which a step of a task starts.
enum class Resume : std::uint8_t {
#define LOOPSCOPE_RESUME(resume, number, ...) resume = number,
#include "core/trace/kinds.def"
};

/// The kinds of things that a task waits for.
enum class Wait : std::uint8_t {
#define LOOPSCOPE_WAIT(wait, number, ...) wait = number,
#include "core/trace/kinds.def"
};

/// The ways in which a task ends.
enum class Outcome : std::uint8_t {
#define LOOPSCOPE_OUTCOME(outcome, number, ...) outcome = number,
#include "core/trace/kinds.def"
};

/// The kinds of handles that are no step of a task.
enum class Callback : std::uint8_t {
#define LOOPSCOPE_CALLBACK(callback, number, ...) callback = number,
#include "core/trace/kinds.def"
};

/// The ways in which a task is started.
enum class Start : std::uint8_t {
#define LOOPSCOPE_START(start, number, ...) start = number,
#include "core/trace/kinds.def"
};

/// The kinds of things that a `name` event names.
enum class Named : std::uint8_t {
#define LOOPSCOPE_NAMED(named, number, ...) named = number,
#include "core/trace/kinds.def"
};

/// The results of cancel().
enum class Cancel : std::uint8_t {
#define LOOPSCOPE_CANCEL(cancel, number, ...) cancel = number,
#include "core/trace/kinds.def"
};

/// The ways in which a run ends.
enum class Ending : std::uint8_t {
#define LOOPSCOPE_ENDING(ending, number, ...) ending = number,
#include "core/trace/kinds.def"
};

/// The roles that a slice has in a flow.
enum class FlowPoint : std::uint8_t {
#define LOOPSCOPE_FLOW(point, number, ...) point = number,
#include "core/trace/kinds.def"
};

/// The kinds of things that a track shows.
enum class TrackKind : std::uint8_t {
#define LOOPSCOPE_TRACK(track, number, ...) track = number,
#include "core/trace/kinds.def"
};

/// One record of a trace: plain data, compared and stored byte for byte.
struct Event {
    std::uint32_t head = 0;
    std::uint32_t subject = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;

    static constexpr std::uint32_t since_limit = 1u << 24;
    static constexpr std::uint32_t line_limit = 1u << 24;

    [[nodiscard]] constexpr Kind kind() const { return static_cast<Kind>(head & 0xffu); }
    /// Returns the time since the last `clock` event, in nanoseconds.
    [[nodiscard]] constexpr std::uint32_t since() const { return head >> 8; }
    [[nodiscard]] constexpr std::uint8_t tag() const { return static_cast<std::uint8_t>(b & 0xffu); }
    template <class Enum>
    requires std::is_enum_v<Enum>
    [[nodiscard]] constexpr Enum tag() const { return static_cast<Enum>(tag()); }
    /// Returns the upper 24 bits of `b`: the line of source, where the kind says one. Log::line returns the
    /// line of events about variables, too.
    [[nodiscard]] constexpr std::uint32_t line() const { return b >> 8; }
    /// Returns the variable of a `set`, `get`, `found` or `change` event: the tag, or where the tag is 0, the
    /// number in the bits of the line. Log::line finds the line in that case.
    [[nodiscard]] constexpr VariableId variable() const { return VariableId{tag() != 0 ? tag() : line()}; }
    /// Returns the subject as a task.
    [[nodiscard]] constexpr TaskId task() const { return TaskId{subject}; }

    friend constexpr bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 16 && std::is_trivially_copyable_v<Event>);

/// Returns the `b` of an event that has a tag and a line.
template <class Tag>
constexpr std::uint32_t tagged(Tag tag, std::uint32_t line = 0) {
    return static_cast<std::uint32_t>(tag) | line << 8;
}

/// The largest number of a variable that fits into a tag.
inline constexpr std::uint32_t max_tagged_variable = 255;

/// Returns the `b` of an event about a variable. Where the variable is beyond max_tagged_variable, `line` is
/// left out, and a `line` event before the event has to say it.
constexpr std::uint32_t about_variable(VariableId variable, std::uint32_t line = 0) {
    return variable.value <= max_tagged_variable ? variable.value | line << 8 : variable.value << 8;
}

/// An event that has no time yet, in the two words in which it is written.
struct EventWords {
    EventWords() = default;
    constexpr EventWords(Kind kind, std::uint32_t subject, std::uint32_t a, std::uint32_t b)
        : first(std::uint64_t{subject} << 32 | static_cast<std::uint32_t>(kind)),
          second(std::uint64_t{b} << 32 | a) {}

    /// Returns a copy of these words with a line. REQUIRES: these words have no line.
    [[nodiscard]] constexpr EventWords in_line(std::uint32_t line) const {
        EventWords draft = *this;
        draft.second |= std::uint64_t{line} << 40;
        return draft;
    }

    std::uint64_t first = 0;
    std::uint64_t second = 0;
};

/// Returns the time that a `clock` event sets.
constexpr Time clock_time(const Event& event) {
    return Time(static_cast<std::int64_t>(std::uint64_t{event.b} << 32 | event.a));
}

/// Returns the value of a `count` event.
constexpr double counted_value(const Event& event) {
    return std::bit_cast<double>(std::uint64_t{event.b} << 32 | event.a);
}

/// The latest deadline that a `timer` event can say, in nanoseconds: 2^55 - 1, about 1.1 years. Later
/// deadlines are stored as this one.
inline constexpr std::int64_t deadline_limit = (std::int64_t{1} << 55) - 1;
/// Returns the deadline of a `timer` event, from its 56 bits.
constexpr Time timer_deadline(const Event& event) {
    const auto bits = std::uint64_t{event.line()} << 32 | event.a;
    return Time(static_cast<std::int64_t>(bits << 8) >> 8);
}

}  // namespace loopscope::trace
