// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "core/trace/event.hpp"
#include "core/trace/storage.hpp"

/// The content of core/trace/kinds.def about each kind of event: code that needs to know something of a few
/// kinds asks here, and keeps no list of its own.
namespace loopscope::trace {

/// The positions in a run that an event may have.
enum class Position : std::uint8_t {
    start,     ///< before the first event
    outside,   ///< between handles, or after the step or callback that a handle was
    callback,  ///< in a callback
    step,      ///< in a task's step
    job,       ///< in an executor's job, between the handles of a loop that it may run
    over,      ///< after `end`
};
inline constexpr int position_count = static_cast<int>(Position::over) + 1;

/// The kinds of content that a field of an event may hold.
enum class Field : std::uint8_t {
    zero,             ///< nothing
    number,           ///< any number: bounds, if there are any, are checked with the transition
    string,           ///< a string, or 0
    task,             ///< a task that there is
    maybe_task,       ///< a task that there is, or 0
    running_task,     ///< the task whose step it is
    actor,            ///< the running task, or the one whose step has just ended or whose job runs; 0: none
    next_task,        ///< the number after the last task's
    timer,            ///< a timer that there is
    next_timer,       ///< the number after the last timer's
    next_variable,    ///< the number after the last variable's
    thread,           ///< a thread that there is, or the number after the last one's
    next_iteration,   ///< the number after the last iteration's
    write,            ///< an earlier `set` of the same variable, or 0
    read,             ///< an earlier `get`
    by_wait,          ///< what is waited for, by Wait
    by_named,         ///< what is named, by Named
    object,           ///< any number but 0
    maybe_variable,   ///< a variable that there is, or 0
    storage,          ///< the number of a Storage
    file,             ///< a file that there is, or the number after the last one's
    next_item,        ///< the number after the last item's
    item,             ///< an item that was put, and not taken
    next_connection,  ///< the number after the last connection's
    connection,       ///< a connection that there is
    next_track,       ///< the number after the last track's
    track,            ///< a track that there is
    next_counter,     ///< the number after the last counter's
    counter,          ///< a counter that there is
    flow,             ///< a flow that there is; one that starts has the number after the last one's
    known_flow,       ///< a flow that there is
};

/// The kinds of content that the field `b` of an event may hold.
enum class Tail : std::uint8_t {
    zero,         ///< nothing
    tag,          ///< a tag
    tag_line,     ///< a tag and a line
    line,         ///< a line
    variable,     ///< a variable that there is, and a line, which may be missing: Event::variable
    string,       ///< a string, or 0
    number,       ///< any number
    tag_number,   ///< a tag, and any number
    failure,      ///< the last event that named an exception, of which no event has said more yet
    maybe_track,  ///< a track that there is, or 0
};

/// A row of the table of legal transitions: where a kind of event may stand, and what its fields hold.
struct Rule {
    std::uint8_t positions = 0;  ///< a bit for each Position
    Field subject = Field::zero;
    Field a = Field::zero;
    Tail b = Tail::zero;
    std::uint8_t tags = 0;        ///< how many values the tag has
    bool ignorable_tags = false;  ///< whether values of a later version can be passed over

    /// Returns whether an event of the kind may stand at a position.
    [[nodiscard]] constexpr bool allows(Position position) const {
        return (positions >> static_cast<unsigned>(position) & 1u) != 0;
    }
};

/// The relation of an event to handles.
enum class Belongs : std::uint8_t {
    handle,   ///< the event belongs to the handle in which, or after which, it stands
    gap,      ///< the loop writes the event between two handles: the handle before it is over
    anybody,  ///< the event may be written at any time, and says nothing of handles
};

/// The use that WHY (core/explain) makes of an event.
enum class Tells : std::uint8_t {
    nothing,
    alone,    ///< all there is to say where the cursor is on the event
    itself,   ///< what its handle did, where the cursor is on the event
    notable,  ///< what its handle did last, wherever the cursor is after the event
    least,    ///< what its handle did last, where no event of the handle is notable
};

/// The tag type of kinds without a tag.
struct NoTag {};

namespace detail {

template <class Tag>
constexpr std::uint8_t count_of_needed(std::initializer_list<Tag> all) {
    std::uint8_t count = 0;
    for (const Tag tag : all) {
        if (static_cast<std::uint8_t>(tag) < first_ignorable) ++count;
    }
    return count;
}

}  // namespace detail

/// The number of values of a tag, without those that can be passed over.
template <class Tag>
inline constexpr std::uint8_t tag_count = 0;
template <>
inline constexpr auto tag_count<Storage> = static_cast<std::uint8_t>(all_storages.size());
template <>
inline constexpr std::uint8_t tag_count<Resume> = detail::count_of_needed({
#define LOOPSCOPE_RESUME(value, ...) Resume::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<Wait> = detail::count_of_needed({
#define LOOPSCOPE_WAIT(value, ...) Wait::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<Outcome> = detail::count_of_needed({
#define LOOPSCOPE_OUTCOME(value, ...) Outcome::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<Callback> = detail::count_of_needed({
#define LOOPSCOPE_CALLBACK(value, ...) Callback::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<Start> = detail::count_of_needed({
#define LOOPSCOPE_START(value, ...) Start::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<Named> = detail::count_of_needed({
#define LOOPSCOPE_NAMED(value, ...) Named::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<Cancel> = detail::count_of_needed({
#define LOOPSCOPE_CANCEL(value, ...) Cancel::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<Ending> = detail::count_of_needed({
#define LOOPSCOPE_ENDING(value, ...) Ending::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<FlowPoint> = detail::count_of_needed({
#define LOOPSCOPE_FLOW(value, ...) FlowPoint::value,
#include "core/trace/kinds.def"
});
template <>
inline constexpr std::uint8_t tag_count<TrackKind> = detail::count_of_needed({
#define LOOPSCOPE_TRACK(value, ...) TrackKind::value,
#include "core/trace/kinds.def"
});

/// True for tags whose values from `first_ignorable` on can be passed over.
template <class Tag>
inline constexpr bool has_ignorable_tags = false;
template <>
inline constexpr bool has_ignorable_tags<Wait> = true;
template <>
inline constexpr bool has_ignorable_tags<Callback> = true;
template <>
inline constexpr bool has_ignorable_tags<Named> = true;

/// The kinds of things that the field `a` of an event with a Wait names.
enum class WaitsFor : std::uint8_t { nothing, timer, task, object };

/// The properties of a kind, other than its rule.
struct Traits {
    bool known = false;
    bool says_line = false;
    bool names_variable = false;
    Belongs belongs = Belongs::anybody;
    Tells tells = Tells::nothing;
};

/// The size of the range of numbers of kinds, which includes those that no version uses yet.
inline constexpr int kind_numbers = 256;

namespace detail {

template <class... Positions>
constexpr std::uint8_t in(Positions... positions) {
    return static_cast<std::uint8_t>(((1u << static_cast<unsigned>(positions)) | ...));
}

constexpr std::uint8_t at_start = in(Position::start);
constexpr std::uint8_t idle = in(Position::outside);
constexpr std::uint8_t outside = in(Position::outside, Position::job);
constexpr std::uint8_t anywhere = in(Position::outside, Position::callback, Position::step, Position::job);
constexpr std::uint8_t not_at_start = anywhere | in(Position::over);
constexpr std::uint8_t in_callback = in(Position::callback);
constexpr std::uint8_t in_job = in(Position::job);
constexpr std::uint8_t in_step = in(Position::step);

constexpr bool has_line(Tail tail) {
    return tail == Tail::tag_line || tail == Tail::line || tail == Tail::variable;
}

}  // namespace detail

/// The rule of each kind, at its number.
inline constexpr auto rules = [] {
    using namespace detail;  // for the positions
    std::array<Rule, kind_numbers> all{};
#define LOOPSCOPE_KIND(kind, number, positions, subject, a, b, tag, ...) \
    all[number] = {positions, Field::subject, Field::a, Tail::b, tag_count<tag>, has_ignorable_tags<tag>};
#include "core/trace/kinds.def"
    return all;
}();

/// The traits of each kind, at its number.
inline constexpr auto traits = [] {
    std::array<Traits, kind_numbers> all{};
#define LOOPSCOPE_KIND(kind, number, positions, subject, a, b, tag, belongs, tells, ...)         \
    all[number] = {true, detail::has_line(Tail::b), Tail::b == Tail::variable, Belongs::belongs, \
                   Tells::tells};
#include "core/trace/kinds.def"
    return all;
}();

/// All kinds that this version knows, in order of their numbers.
inline constexpr std::array all_kinds = {
#define LOOPSCOPE_KIND(kind, ...) Kind::kind,
#include "core/trace/kinds.def"
};

/// Returns the traits of a kind; those of a kind of a later version are not `known`.
constexpr const Traits& traits_of(Kind kind) {
    return traits[static_cast<std::uint8_t>(kind)];
}
/// Returns whether this version knows the kind.
constexpr bool is_known(Kind kind) {
    return traits_of(kind).known;
}
/// Returns whether a reader that does not know the kind can pass it over.
constexpr bool is_ignorable(Kind kind) {
    return static_cast<std::uint8_t>(kind) >= first_ignorable;
}
/// Returns whether an event of this kind says which line of source did it.
constexpr bool says_line(Kind kind) {
    return traits_of(kind).says_line;
}

/// Returns whether an event of this kind is about a variable, and names it in `b`.
constexpr bool names_variable(Kind kind) {
    return traits_of(kind).names_variable;
}

/// Returns whether an event of this kind says who wrote a value, anew or in place.
constexpr bool is_write(Kind kind) {
    return kind == Kind::set || kind == Kind::change;
}

/// Returns whether events of a kind are about something on a track.
constexpr bool is_on_track(Kind kind) {
    return rules[static_cast<std::uint8_t>(kind)].subject == Field::track;
}

namespace detail {

inline constexpr auto things_waited_for = [] {
    std::array<WaitsFor, 256> all{};
    all.fill(WaitsFor::object);
#define LOOPSCOPE_WAIT(wait, number, what, ...) all[number] = WaitsFor::what;
#include "core/trace/kinds.def"
    return all;
}();

}  // namespace detail

/// Returns what a wait names; an object, if the wait is of a later version.
constexpr WaitsFor waits_for(Wait wait) {
    return detail::things_waited_for[static_cast<std::uint8_t>(wait)];
}

}  // namespace loopscope::trace
