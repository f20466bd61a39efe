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
/// been ended by `suspend` or `finish`. The vocabulary itself is one table, core/trace/kinds.def: what there
/// is, where it may stand, and what each field may hold. core/trace/transitions.hpp has who may follow whom.
namespace loopscope::trace {

/// What happened. Each row of core/trace/kinds.def says what one is, and what its fields hold.
enum class Kind : std::uint8_t {
#define LOOPSCOPE_KIND(kind, number, ...) kind = number,
#include "core/trace/kinds.def"
};

/// From this number on a kind, a Wait, a Callback or a Named can be passed over by who does not know it: an
/// event of such a kind changes nothing that others say, and such a tag means what is most general.
inline constexpr std::uint8_t first_ignorable = 128;

/// How a task's step starts.
enum class Resume : std::uint8_t {
#define LOOPSCOPE_RESUME(resume, number, ...) resume = number,
#include "core/trace/kinds.def"
};

/// What a task waits for.
enum class Wait : std::uint8_t {
#define LOOPSCOPE_WAIT(wait, number, ...) wait = number,
#include "core/trace/kinds.def"
};

/// How a task ends.
enum class Outcome : std::uint8_t {
#define LOOPSCOPE_OUTCOME(outcome, number, ...) outcome = number,
#include "core/trace/kinds.def"
};

/// What a handle that is no task's step does.
enum class Callback : std::uint8_t {
#define LOOPSCOPE_CALLBACK(callback, number, ...) callback = number,
#include "core/trace/kinds.def"
};

/// How a task is started.
enum class Start : std::uint8_t {
#define LOOPSCOPE_START(start, number, ...) start = number,
#include "core/trace/kinds.def"
};

/// What a `name` event names.
enum class Named : std::uint8_t {
#define LOOPSCOPE_NAMED(named, number, ...) named = number,
#include "core/trace/kinds.def"
};

/// What cancel() came to.
enum class Cancel : std::uint8_t {
#define LOOPSCOPE_CANCEL(cancel, number, ...) cancel = number,
#include "core/trace/kinds.def"
};

/// How a run ends.
enum class Ending : std::uint8_t {
#define LOOPSCOPE_ENDING(ending, number, ...) ending = number,
#include "core/trace/kinds.def"
};

/// What a flow does to a slice.
enum class FlowPoint : std::uint8_t {
#define LOOPSCOPE_FLOW(point, number, ...) point = number,
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
    /// Nanoseconds after the last `clock` event.
    [[nodiscard]] constexpr std::uint32_t since() const { return head >> 8; }
    [[nodiscard]] constexpr std::uint8_t tag() const { return static_cast<std::uint8_t>(b & 0xffu); }
    template <class Enum>
    requires std::is_enum_v<Enum>
    [[nodiscard]] constexpr Enum tag() const { return static_cast<Enum>(tag()); }
    [[nodiscard]] constexpr std::uint32_t line() const { return b >> 8; }
    /// The variable of a `set`, `get` or `found`: its tag, or where that is 0 what stands in the line's
    /// place. Log::line finds the line then.
    [[nodiscard]] constexpr VariableId variable() const { return VariableId{tag() != 0 ? tag() : line()}; }
    [[nodiscard]] constexpr TaskId task() const { return TaskId{subject}; }

    friend constexpr bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 16 && std::is_trivially_copyable_v<Event>);

/// Packs what stands in `b`.
template <class Tag>
constexpr std::uint32_t tagged(Tag tag, std::uint32_t line = 0) {
    return static_cast<std::uint32_t>(tag) | line << 8;
}

/// The most variables that a tag can name.
inline constexpr std::uint32_t max_tagged_variable = 255;

/// Packs what stands in `b` of an event about a variable. The line has to be said by a `line` event before it
/// where the variable is beyond max_tagged_variable.
constexpr std::uint32_t about_variable(VariableId variable, std::uint32_t line = 0) {
    return variable.value <= max_tagged_variable ? variable.value | line << 8 : variable.value << 8;
}

/// An event that has no time yet, in the two words in which it is written.
struct EventWords {
    EventWords() = default;
    constexpr EventWords(Kind kind, std::uint32_t subject, std::uint32_t a, std::uint32_t b)
        : first(std::uint64_t{subject} << 32 | static_cast<std::uint32_t>(kind)),
          second(std::uint64_t{b} << 32 | a) {}

    /// The same in another line. REQUIRES: it has none.
    [[nodiscard]] constexpr EventWords in_line(std::uint32_t line) const {
        EventWords draft = *this;
        draft.second |= std::uint64_t{line} << 40;
        return draft;
    }

    std::uint64_t first = 0;
    std::uint64_t second = 0;
};

/// The time that a `clock` event sets.
constexpr Time clock_time(const Event& event) {
    return Time(static_cast<std::int64_t>(std::uint64_t{event.b} << 32 | event.a));
}

/// The value that a `count` event says.
constexpr double counted_value(const Event& event) {
    return std::bit_cast<double>(std::uint64_t{event.b} << 32 | event.a);
}

/// A `timer` event's deadline: 56 bits of nanoseconds, 2.2 years; later ones count as that.
inline constexpr std::int64_t deadline_limit = (std::int64_t{1} << 55) - 1;
constexpr Time timer_deadline(const Event& event) {
    const auto bits = std::uint64_t{event.line()} << 32 | event.a;
    return Time(static_cast<std::int64_t>(bits << 8) >> 8);
}

}  // namespace loopscope::trace
