// SPDX-License-Identifier: MIT
#include "core/trace/text.hpp"

#include <array>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::trace {
namespace {

/// The word for what only a later version knows.
constexpr std::string_view later = "later";

/// The words of an enum, each at its number.
using WordTable = std::array<std::string_view, 256>;

constexpr WordTable kind_words = [] {
    WordTable all;
#define LOOPSCOPE_KIND(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable resume_words = [] {
    WordTable all;
#define LOOPSCOPE_RESUME(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable wait_words = [] {
    WordTable all;
#define LOOPSCOPE_WAIT(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable outcome_words = [] {
    WordTable all;
#define LOOPSCOPE_OUTCOME(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable callback_words = [] {
    WordTable all;
#define LOOPSCOPE_CALLBACK(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable start_words = [] {
    WordTable all;
#define LOOPSCOPE_START(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable named_words = [] {
    WordTable all;
#define LOOPSCOPE_NAMED(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable cancel_words = [] {
    WordTable all;
#define LOOPSCOPE_CANCEL(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable ending_words = [] {
    WordTable all;
#define LOOPSCOPE_ENDING(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();
constexpr WordTable flow_words = [] {
    WordTable all;
#define LOOPSCOPE_FLOW(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();

constexpr WordTable track_words = [] {
    WordTable all;
#define LOOPSCOPE_TRACK(each, number, ...) all[number] = #each;
#include "core/trace/kinds.def"
    return all;
}();

template <class Enum>
std::string_view word(const WordTable& words, Enum value) {
    const std::string_view found = words[static_cast<std::uint8_t>(value)];
    return found.empty() ? later : found;
}

std::string quoted(const Log& log, std::uint32_t string) {
    return quoted_field(log.strings()[StringId{string}]);
}

/// Returns a string in quotes after a space; nothing for string 0.
std::string more_quoted(const Log& log, std::uint32_t string) {
    return string ? fmt::format(" {}", quoted(log, string)) : "";
}

std::string task(const Event& event) {
    return event.subject ? fmt::format("task {}", event.subject) : "no task";
}

std::string at_line(const Log& log, EventIndex index) {
    const std::uint32_t line = log.line(index);
    return line ? fmt::format("  line {}", line) : "";
}

std::string wait_text(const Event& event) {
    const std::string_view wait = name(event.tag<Wait>());
    return event.a ? fmt::format("{} {}", wait, event.a) : std::string(wait);
}

/// Returns the words for the event whose value a `get` saw.
std::string writer_text(const Log& log, EventIndex seen) {
    if (!seen) return "default";
    const std::string_view how = log[seen].kind() == Kind::set      ? "written"
                                 : log[seen].kind() == Kind::change ? "changed"
                                                                    : "found";
    return fmt::format("{} at {}", how, seen.value);
}

std::string outcome_text(const Log& log, const Event& event) {
    return fmt::format("{}{}", name(event.tag<Outcome>()), more_quoted(log, event.a));
}

/// Returns the details of events that can be passed over.
std::string imported_details(const Log& log, const Event& event) {
    const auto on_track = [&] { return fmt::format("track {}{}", event.subject, more_quoted(log, event.a)); };
    const auto of_track = [&] { return event.b ? fmt::format("  in track {}", event.b) : ""; };
    if (event.kind() == Kind::message) return fmt::format("of {}{}", event.b, more_quoted(log, event.a));
    if (event.kind() == Kind::argument || event.kind() == Kind::flow_argument)
        return fmt::format("{} ={}", on_track(), more_quoted(log, event.b));
    if (event.kind() == Kind::flow_name)
        return fmt::format("flow {}{}{}", event.subject, more_quoted(log, event.a),
                           event.b ? fmt::format("  {}", quoted(log, event.b)) : "");
    if (event.kind() == Kind::identity)
        return fmt::format("{}  {}", on_track(), name(event.tag<TrackKind>()));
    if (event.kind() == Kind::cause) return fmt::format("{}  of track {}", on_track(), event.b);
    if (event.kind() == Kind::flow)
        return fmt::format("track {}  flow {}  {}", event.subject, event.a, name(event.tag<FlowPoint>()));
    if (event.kind() == Kind::count)
        return fmt::format("counter {} = {}", event.subject, counted_value(event));
    if (event.kind() == Kind::counter || event.kind() == Kind::track)
        return fmt::format("{}{}{}", event.subject, more_quoted(log, event.a), of_track());
    return on_track() + (event.b ? fmt::format("  {}", quoted(log, event.b)) : "");
}

/// Returns the details of events that only recorded programs have.
std::string recorded_details(const Log& log, EventIndex index) {
    const Event& event = log[index];
    const Kind kind = event.kind();
    if (kind == Kind::abandon) return fmt::format("{} handles not run", event.a);
    if (kind == Kind::drop) return fmt::format("{} ready, {} timers", event.a, event.b);
    if (kind == Kind::job) return fmt::format("for {}{}", task(event), more_quoted(log, event.a));
    if (kind == Kind::job_end) return outcome_text(log, event);
    if (kind == Kind::task_done) return fmt::format("queue {}{}", event.a, at_line(log, index));
    if (kind == Kind::line) return fmt::format("{}", event.line());
    if (kind == Kind::put || kind == Kind::take)
        return fmt::format("item {}  queue {}{}", event.subject, event.a, at_line(log, index));
    if (kind == Kind::serve)
        return fmt::format("connection {}{}{}", event.subject, more_quoted(log, event.a),
                           at_line(log, index));
    if (kind == Kind::found)
        return fmt::format("{}  variable {} = {}{}", task(event), event.variable().value,
                           quoted(log, event.a), at_line(log, index));
    if (kind == Kind::copy && event.subject != 0) return fmt::format("at event {}", event.subject);
    if (kind == Kind::copy || kind == Kind::descriptor)
        return fmt::format("by {}{}", quoted(log, event.a), at_line(log, index));
    return fmt::format("{}{}", event.subject, more_quoted(log, event.a));  // a file, a connection
}

std::string callback_text(const Log& log, const Event& event) {
    return fmt::format("{}{} for {}", name(event.tag<Callback>()), more_quoted(log, event.a), task(event));
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a case for each kind, so that a new one is missed nowhere
std::string details_of(const Log& log, EventIndex index) {
    const Event& event = log[index];
    switch (event.kind()) {
        case Kind::begin: return quoted(log, event.a);
        case Kind::clock: return fmt::format("{} ns", clock_time(event).count());
        case Kind::iteration: return fmt::format("{} with {} ready", event.subject, event.a);
        case Kind::step: return fmt::format("{}  {}", task(event), name(event.tag<Resume>()));
        case Kind::suspend:
            return fmt::format("{}  {}{}", task(event), wait_text(event), at_line(log, index));
        case Kind::finish:
            return fmt::format("{}  {}{}", task(event), name(event.tag<Outcome>()),
                               more_quoted(log, event.a));
        case Kind::callback:
        case Kind::ready: return callback_text(log, event);
        case Kind::spawn:
            return fmt::format("{}  {} {}{}", task(event), name(event.tag<Start>()), quoted(log, event.a),
                               at_line(log, index));
        case Kind::name: return fmt::format("{}  {}", event.subject, quoted(log, event.a));
        case Kind::wake: return fmt::format("{}  {}", task(event), wait_text(event));
        case Kind::timer:
            return fmt::format("{} for {}  deadline {}", name(event.tag<Callback>()), task(event),
                               time_text(timer_deadline(event)));
        case Kind::timer_due:
        case Kind::timer_cancel: return fmt::format("timer {}", event.a);
        case Kind::cancel:
            return fmt::format("{}  {}{}", task(event), name(event.tag<Cancel>()), at_line(log, index));
        case Kind::variable:
            return fmt::format("{} {} default {}", event.subject, quoted(log, event.a), quoted(log, event.b));
        case Kind::set:
        case Kind::change:
            return fmt::format("{}  variable {} = {}{}", task(event), event.variable().value,
                               quoted(log, event.a), at_line(log, index));
        case Kind::get:
            return fmt::format("{}  variable {} = {} {}{}", task(event), event.variable().value,
                               quoted(log, log.value_of_get(index).value), writer_text(log, {event.a}),
                               at_line(log, index));
        case Kind::print:
            return fmt::format("{}  {}{}", task(event), quoted(log, event.a), at_line(log, index));
        case Kind::print_value:
            return fmt::format("{}  {} {}{}", task(event), quoted_field(log.printed_text(index)),
                               writer_text(log, {log[EventIndex{event.a}].a}), at_line(log, index));
        case Kind::thread: return fmt::format("{} {}", event.subject, quoted(log, event.a));
        case Kind::storage:
            return fmt::format("{}{}", name(event.tag<Storage>()),
                               event.subject ? fmt::format(" for variable {}", event.subject) : "");
        case Kind::end:
            return fmt::format("{}{}{}", name(event.tag<Ending>()),
                               event.subject ? fmt::format(" {}", event.subject) : "",
                               more_quoted(log, event.a));
        case Kind::callback_end:
            if (event.tag<Outcome>() == Outcome::result) return {};
            return outcome_text(log, event);
        case Kind::factory: return std::string(name(event.tag<Storage>()));
        case Kind::skip:
        case Kind::stop: return {};
        case Kind::abandon:
        case Kind::drop:
        case Kind::file:
        case Kind::connection:
        case Kind::job:
        case Kind::job_end:
        case Kind::put:
        case Kind::take:
        case Kind::task_done:
        case Kind::serve:
        case Kind::line:
        case Kind::copy:
        case Kind::descriptor:
        case Kind::found: return recorded_details(log, index);
        case Kind::message:
        case Kind::track:
        case Kind::slice:
        case Kind::slice_end:
        case Kind::argument:
        case Kind::instant:
        case Kind::flow:
        case Kind::counter:
        case Kind::count:
        case Kind::identity:
        case Kind::cause:
        case Kind::flow_name:
        case Kind::flow_argument: return imported_details(log, event);
        case Kind::restore:
            return fmt::format("{}  variable {}  {}", name(static_cast<Storage>(event.subject)),
                               event.variable().value, writer_text(log, {event.a}));
        case Kind::changed:
        case Kind::reset:
            return fmt::format("variable {}  {}", event.variable().value, writer_text(log, {event.a}));
    }
    return "of a later version";
}

std::string_view name(Kind kind) {
    return word(kind_words, kind);
}

std::string_view name(Resume resume) {
    return word(resume_words, resume);
}

std::string_view name(Wait wait) {
    return word(wait_words, wait);
}

std::string_view name(Outcome outcome) {
    return word(outcome_words, outcome);
}

std::string_view name(Callback callback) {
    return word(callback_words, callback);
}

std::string_view name(Start start) {
    return word(start_words, start);
}

std::string_view name(Named named) {
    return word(named_words, named);
}

std::string_view name(Cancel cancel) {
    return word(cancel_words, cancel);
}

std::string_view name(Ending ending) {
    return word(ending_words, ending);
}

std::string_view name(FlowPoint point) {
    return word(flow_words, point);
}

std::string_view name(TrackKind track) {
    return word(track_words, track);
}

std::string kind_text(Kind kind) {
    return is_known(kind) ? std::string(name(kind)) : fmt::format("kind_{}", static_cast<int>(kind));
}

std::string line_of(const Log& log, EventIndex index) {
    return line_of(log, index, log.time(index));
}

std::string line_of(const Log& log, EventIndex index, Time time) {
    return line_of(log, index, time, details_of(log, index));
}

std::string line_of(const Log& log, EventIndex index, Time time, std::string_view details) {
    std::string line =
        fmt::format("{:>6}  {:.9f}  {:<12}", index.value, to_seconds(time), kind_text(log[index].kind()));
    if (details.empty()) return line.substr(0, line.find_last_not_of(' ') + 1);
    return line.append("  ").append(details);
}

std::string time_text(Time time) {
    const std::int64_t nanoseconds = time.count();
    const int digits = nanoseconds % 1'000'000 == 0 ? 3 : nanoseconds % 1'000 == 0 ? 6 : 9;
    return fmt::format("{:.{}f} s", to_seconds(time), digits);
}

}  // namespace loopscope::trace
