// SPDX-License-Identifier: MIT
#include "core/trace/transitions.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/trace/storage.hpp"
#include "core/trace/text.hpp"

namespace loopscope::trace {
namespace {

std::string_view name_of(Position position) {
    static constexpr std::array<std::string_view, position_count> names = {
        "as the first event", "between handles", "in a callback", "in a step", "in a job", "after the end"};
    return names.at(static_cast<std::size_t>(position));
}

std::string no_such(std::string_view what, std::uint32_t number, std::size_t count) {
    return fmt::format("it names {} {}, and there {} {}", what, number, count == 1 ? "is" : "are", count);
}

}  // namespace

Position Checker::position() const {
    if (size_ == 0) return Position::start;
    if (over_) return Position::over;
    if (!turn_.steps.empty()) return Position::step;
    if (turn_.in_callback) return Position::callback;
    return turn_.in_job ? Position::job : Position::outside;
}

bool Checker::refuse(std::string why) {
    wrong_ = std::move(why);
    return false;
}

[[gnu::always_inline]] inline bool Checker::check_time(const Event& event) {
    const Time before = clock_ + Duration(since_);
    if (event.kind() == Kind::clock) {
        const Time clock = clock_time(event);
        if (clock.count() < 0 || clock > max_time) return refuse("it sets a time that is out of range");
        clock_ = clock;
    }
    since_ = event.since();
    return clock_ + Duration(since_) >= before || refuse("its time is before that of the event before it");
}

[[gnu::always_inline]] inline bool Checker::check_tail(const Event& event, const Rule& rule,
                                                       std::uint32_t strings) {
    switch (rule.b) {
        case Tail::zero: return event.b == 0 || refuse("it says more than it should");
        case Tail::tag:
            if (event.line() != 0) return refuse("it has no line, but says one");
            break;
        case Tail::line: return event.tag() == 0 || refuse("it has no tag, but says one");
        case Tail::variable: return check_variable(event);
        case Tail::string: return event.b <= strings || refuse(no_such("string", event.b, strings));
        case Tail::number: return true;
        case Tail::failure: return check_failure(event);
        case Tail::maybe_track:
            return event.b <= tracks_.size() || refuse(no_such("track", event.b, tracks_.size()));
        case Tail::tag_line:
        case Tail::tag_number: break;
    }
    if (event.tag() < rule.tags) return true;
    if (!rule.ignorable_tags || event.tag() < first_ignorable)
        return refuse(fmt::format("its tag is {}, which means nothing", event.tag()));
    passed_over_.add_tag();
    return true;
}

[[gnu::always_inline]] inline bool Checker::check_field(const Event& event, Field field, std::uint32_t value,
                                                        std::uint32_t strings) {
    const auto is_next = [this, value](std::size_t last, std::string_view what) {
        return value == last + 1 ||
               refuse(fmt::format("it should number {} {}, not {}", what, last + 1, value));
    };
    switch (field) {
        case Field::zero: return value == 0 || refuse("it says more than it should");
        case Field::number: return true;
        case Field::string: return value <= strings || refuse(no_such("string", value, strings));
        case Field::maybe_task:
            return value <= tasks_.size() || refuse(no_such("task", value, tasks_.size()));
        case Field::task:
            return (value != 0 && value <= tasks_.size()) || refuse(no_such("task", value, tasks_.size()));
        case Field::running_task:
            return value == running() || refuse(fmt::format("task {} runs, not task {}", running(), value));
        case Field::actor: return is_actor(value) || refuse(fmt::format("task {} does not run", value));
        case Field::next_task: return is_next(tasks_.size(), "task");
        case Field::next_timer: return is_next(timers_.size(), "timer");
        case Field::next_variable: return is_next(variables_, "variable");
        case Field::next_iteration: return is_next(loops_[thread_].iteration, "iteration");
        case Field::thread:
            return (value != 0 && value <= loops_.size() + 1) ||
                   refuse(no_such("thread", value, loops_.size()));
        case Field::timer:
            return (value != 0 && value <= timers_.size()) || refuse(no_such("timer", value, timers_.size()));
        case Field::write: return check_write(event);
        case Field::read: return said_by(value) == a_read || refuse(fmt::format("event {} is no get", value));
        case Field::by_wait: return check_wait(event);
        case Field::by_named: return check_named(event);
        case Field::object: return value != 0 || refuse("it does not say which object it is about");
        case Field::maybe_variable:
            return value <= variables_ || refuse(no_such("variable", value, variables_));
        case Field::storage:
            return value < all_storages.size() || refuse(fmt::format("there is no storage {}", value));
        case Field::file:
        case Field::next_item:
        case Field::item:
        case Field::next_connection:
        case Field::connection:
        case Field::next_track:
        case Field::track:
        case Field::next_counter:
        case Field::counter:
        case Field::flow:
        case Field::known_flow: return check_thing(event, field, value);
    }
    return true;
}

/// Checks a field that names what only recorded and imported programs have.
bool Checker::check_thing(const Event& event, Field field, std::uint32_t value) {
    const auto is_one = [&](std::size_t count, std::string_view what) {
        return (value != 0 && value <= count) || refuse(no_such(what, value, count));
    };
    const auto is_next = [&](std::size_t last, std::string_view what) {
        return value == last + 1 ||
               refuse(fmt::format("it should number {} {}, not {}", what, last + 1, value));
    };
    if (field == Field::file) return value == files_ + 1 || is_one(files_, "file");
    if (field == Field::next_item) return is_next(items_.size(), "item");
    if (field == Field::item) return is_one(items_.size(), "item");
    if (field == Field::next_connection) return is_next(connections_, "connection");
    if (field == Field::connection) return is_one(connections_, "connection");
    if (field == Field::next_track) return is_next(tracks_.size(), "track");
    if (field == Field::track) return is_one(tracks_.size(), "track");
    if (field == Field::next_counter) return is_next(counters_, "counter");
    if (field == Field::counter) return is_one(counters_, "counter");
    const bool starts = field == Field::flow && event.tag<FlowPoint>() == FlowPoint::start;
    return starts ? is_next(flows_, "flow") : is_one(flows_, "flow");
}

[[gnu::always_inline]] inline bool Checker::check_variable(const Event& event) {
    const std::uint32_t number = event.variable().value;
    if (event.tag() == 0 && number != 0 && number <= max_tagged_variable)
        return refuse(fmt::format("variable {} is to be named by its tag", number));
    return (number != 0 && number <= variables_) || refuse(no_such("variable", number, variables_));
}

bool Checker::check_failure(const Event& event) {
    return (failed_ != 0 && event.b == failed_) ||
           refuse(fmt::format("event {} is not the last that named an exception", event.b));
}

bool Checker::check_wait(const Event& event) {
    const std::uint32_t value = event.a;
    switch (waits_for(event.tag<Wait>())) {
        case WaitsFor::nothing: return value == 0 || refuse("it says more than it should");
        case WaitsFor::timer:
            return (value != 0 && value <= timers_.size()) || refuse(no_such("timer", value, timers_.size()));
        case WaitsFor::task:
            return (value != 0 && value <= tasks_.size()) || refuse(no_such("task", value, tasks_.size()));
        case WaitsFor::object: break;
    }
    return value != 0 || refuse("it does not say what is waited for");
}

bool Checker::check_named(const Event& event) {
    const std::uint32_t value = event.subject;
    switch (event.tag<Named>()) {
        case Named::task:
            return (value != 0 && value <= tasks_.size()) || refuse(no_such("task", value, tasks_.size()));
        case Named::timer:
            return (value != 0 && value == timers_.size()) || refuse("it does not name the last timer");
        case Named::object: break;
    }
    return value != 0 || refuse("it does not say what it names");
}

bool Checker::check_write(const Event& event) {
    if (event.a == 0) return true;
    const std::uint8_t said = said_by(event.a);
    if (said == 0 || said == a_read) return refuse(fmt::format("event {} is no set", event.a));
    const std::uint32_t variable = said == a_far_variable ? variable_said_by(event.a) : said;
    return variable == event.variable().value ||
           refuse(fmt::format("event {} set another variable", event.a));
}

Result<void> Checker::check(std::span<const Event> events, std::uint32_t strings) {
    for (const Event& event : events) {
        if (!accept(event, strings)) return fail(refusal(event));
        ++size_;
    }
    return {};
}

std::string Checker::refusal(const Event& event) const {
    if (!needs_later_version_)
        return fmt::format("event {} ({}) is wrong: {}", size_, trace::name(event.kind()), wrong_);
    return fmt::format("event {} is of kind {}, which this Loopscope does not know", size_,
                       static_cast<int>(event.kind()));
}

/// Accepts an event of a later version, if it can be passed over.
bool Checker::pass_over(const Event& event) {
    needs_later_version_ = !is_ignorable(event.kind());
    if (needs_later_version_) return false;
    if (position() == Position::start) return refuse(fmt::format("it cannot stand {}", name_of(position())));
    passed_over_.add(event.kind());
    return check_time(event);
}

/// Accepts an event of the kind with this number, which is a template argument so that the compiler knows its
/// rule.
template <int Number>
bool Checker::accept_kind(const Event& event, std::uint32_t strings) {
    if constexpr (!traits[Number].known) return pass_over(event);
    constexpr Rule rule = rules[Number];
    return (rule.allows(position()) || refuse(fmt::format("it cannot stand {}", name_of(position())))) &&
           check_time(event) &&                 //
           check_tail(event, rule, strings) &&  // first, because the checks of other fields use the tag
           check_field(event, rule.subject, event.subject, strings) &&
           check_field(event, rule.a, event.a, strings) && apply(event);
}

bool Checker::accept(const Event& event, std::uint32_t strings) {
    using Accept = bool (Checker::*)(const Event&, std::uint32_t);
    static constexpr auto each = []<int... Numbers>(std::integer_sequence<int, Numbers...>) {
        return std::array<Accept, kind_numbers>{&Checker::accept_kind<Numbers>...};
    }
    (std::make_integer_sequence<int, kind_numbers>());
    return (this->*each[static_cast<std::size_t>(event.kind())])(event, strings);
}

Result<void> check(const Log& log) {
    Checker checker;
    const auto strings = static_cast<std::uint32_t>(log.strings().size());
    Result<void> checked;
    log.each_piece({}, log.end_index(), [&](EventIndex, std::span<const Event> events) {
        checked = checker.check(events, strings);
        return checked.has_value();
    });
    return checked;
}

}  // namespace loopscope::trace
