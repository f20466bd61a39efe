#pragma once

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
/// been ended by `suspend` or `finish`. Who may follow whom, and what each field may hold, is a table in
/// core/trace/transitions.hpp.
namespace loopscope::trace {

enum class Kind : std::uint8_t {
    begin,         ///< the first event of a trace. a: name of the program
    clock,         ///< absolute time from here on. a, b: low and high half of the nanoseconds
    iteration,     ///< a loop iteration begins. subject: its number, from 1; a: handles in its snapshot
    step,          ///< takes the first ready handle, a task's; it runs. subject: task; tag: Resume
    suspend,       ///< the running task waits. subject: task; tag: Wait; a: what for, by Wait
    finish,        ///< the running task ends. subject: task; tag: Outcome; a: name of the exception's type
    callback,      ///< takes the first ready handle, not a task's; it runs. subject: task it serves; tag:
                   ///< Callback; a: name
    callback_end,  ///< the running callback returns
    skip,          ///< takes the first ready handle, which was cancelled; it does not run
    spawn,  ///< a task is made, child of the running one. subject: new task; tag: Start; a: name of its
            ///< coroutine
    name,   ///< what something is called, if it was given a name. subject: its number; tag: Named; a: name
    ready,  ///< call_soon: a callback's handle becomes ready. subject: task it serves; tag: Callback; a: name
    wake,  ///< what a task waits for is done: its handle becomes ready. subject: task; tag: Wait; a: what, by
           ///< Wait
    timer,      ///< a timer starts; timers are numbered from 1 in this order. subject: task it serves; a, b:
                ///< deadline and Callback
    timer_due,  ///< a timer's handle leaves the heap and becomes ready. a: timer
    timer_cancel,  ///< a timer will not fire. a: timer
    cancel,        ///< task.cancel() was called. subject: task; tag: Cancel
    variable,  ///< a variable is used for the first time. subject: variable; a: name; b: its default's string
    set,       ///< a write, to every storage. subject: task; a: value; tag: variable
    get,       ///< a read. subject: task; a: event that wrote the value, or 0 for the default; tag: variable
    print,     ///< text is printed. subject: task; a: text
    print_value,  ///< a read value is printed. subject: task; a: the `get` that read it
    storage,      ///< reads are answered by another storage from here on. tag: Storage
    stop,         ///< loop.stop(): the iteration under way is the last
    thread,  ///< what follows happens on another OS thread, which has a loop of its own; threads are numbered
             ///< from 1, and a trace begins on that. subject: thread; a: its name
    end,     ///< the program is over. tag: Ending; a: name of the exception's type
};
inline constexpr int kind_count = static_cast<int>(Kind::end) + 1;

/// How a task's step starts.
enum class Resume : std::uint8_t {
    first,      ///< its body begins
    value,      ///< what it waited for is done
    cancelled,  ///< CancelledError is thrown into it
};

/// What a task waits for. In brackets: what `a` names.
enum class Wait : std::uint8_t {
    yield,       ///< the next iteration: sleep(0)
    sleep,       ///< a timer [timer]
    task,        ///< another task [task]
    future,      ///< a future [object]
    gather,      ///< all of a gather [object]
    wait,        ///< asyncio.wait [object]
    shield,      ///< the outer future of a shield [object]
    task_group,  ///< the children of a group [object]
    lock,        ///< [object]
    semaphore,   ///< [object]
    event,       ///< [object]
    condition,   ///< [object]
    queue_get,   ///< an item [object]
    queue_put,   ///< a free slot [object]
    queue_join,  ///< all items done [object]
};

/// How a task ends.
enum class Outcome : std::uint8_t { result, exception, cancelled };

/// What a handle that is no task's step does.
enum class Callback : std::uint8_t {
    user,        ///< what the program passed to call_soon, call_later or add_done_callback
    sleep,       ///< ends a sleep: sets the future that the task waits for
    gather,      ///< counts a finished child of a gather
    wait,        ///< counts a finished task of a wait, or of as_completed; or their timeout
    shield,      ///< carries a result from the shielded future to the outer one
    timeout,     ///< a timeout's deadline: cancels its task
    task_group,  ///< a child of a group has finished
    stop,        ///< run_until_complete's: stops the loop
};

/// How a task is started.
enum class Start : std::uint8_t {
    soon,   ///< its first step becomes ready
    eager,  ///< its first step runs inside create_task
};

/// What a `name` event names.
enum class Named : std::uint8_t { task, timer, object };

/// What cancel() came to.
enum class Cancel : std::uint8_t {
    done,       ///< nothing to do: it returned false
    requested,  ///< the task is to be cancelled; what it waits for is cancelled next, unless `flagged`
                ///< follows
    flagged,    ///< there was nothing to cancel, so must_cancel is set: the error comes at its next step or
                ///< suspension
};

/// How a run ends.
enum class Ending : std::uint8_t { ok, exception, cancelled, deadlock, stopped };

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
    [[nodiscard]] constexpr TaskId task() const { return TaskId{subject}; }

    friend constexpr bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 16 && std::is_trivially_copyable_v<Event>);

/// Whether an event of this kind says which line of source did it.
constexpr bool says_line(Kind kind) {
    switch (kind) {
        case Kind::suspend:
        case Kind::spawn:
        case Kind::cancel:
        case Kind::set:
        case Kind::get:
        case Kind::print:
        case Kind::print_value: return true;
        default: return false;
    }
}

/// Packs what stands in `b`.
template <class Tag>
constexpr std::uint32_t tagged(Tag tag, std::uint32_t line = 0) {
    return static_cast<std::uint32_t>(tag) | line << 8;
}

/// An event that has no time yet, in the two words in which it is written.
struct Draft {
    Draft() = default;
    constexpr Draft(Kind kind, std::uint32_t subject, std::uint32_t a, std::uint32_t b)
        : first(std::uint64_t{subject} << 32 | static_cast<std::uint32_t>(kind)),
          second(std::uint64_t{b} << 32 | a) {}

    /// The same in another line. REQUIRES: it has none.
    [[nodiscard]] constexpr Draft in_line(std::uint32_t line) const {
        Draft draft = *this;
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

/// A `timer` event's deadline: 56 bits of nanoseconds, 2.2 years; later ones count as that.
inline constexpr std::int64_t deadline_limit = (std::int64_t{1} << 55) - 1;
constexpr Time timer_deadline(const Event& event) {
    const auto bits = std::uint64_t{event.line()} << 32 | event.a;
    return Time(static_cast<std::int64_t>(bits << 8) >> 8);
}

}  // namespace loopscope::trace
