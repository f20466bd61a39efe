#include "core/exchange/activity.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
#include "core/exchange/events_together.hpp"
#include "core/exchange/handle_times.hpp"
#include "core/trace/kinds.hpp"
#include "core/trace/storage.hpp"
#include "core/trace/text.hpp"

namespace loopscope::exchange {
namespace {

using trace::Event;
using trace::Kind;
using trace::Wait;

/// The maximum length of a step's name, in bytes, beyond which nothing is added to it.
constexpr std::size_t max_name = 60;
/// The maximum length in bytes of one thing that a step's name tells.
constexpr std::size_t max_part = 200;
/// The maximum number of instants, and of bytes of their names, that are kept until the end of their slice is
/// known.
constexpr std::size_t max_kept = 4096;
constexpr std::size_t max_kept_bytes = std::size_t{1} << 20;

bool begins_slice(Kind kind) {
    return kind == Kind::step || kind == Kind::callback || kind == Kind::job;
}

bool begins_handle(Kind kind) {
    return begins_slice(kind) || kind == Kind::skip;
}

class ActivityBuilder {
  public:
    ActivityBuilder(const trace::Log& log, Visitor& visitor)
        : log_(log), visitor_(visitor), together_(log), times_(log) {}

    void tell();

  private:
    struct Task {
        std::string name;
        Flow arrives = 0;    // at its next step
        Time waits_from{0};  // the end of its last step
        Time ready_from{0};
        std::string wait;  // what the task waits for; empty: it does not wait
        bool ready = true;
    };
    /// A slice that has not ended, and what the trace says of its beginning.
    struct Open {
        Slice slice;
        Time began{0};
    };

    void read();
    void belongs(std::vector<EventRun>& runs);
    void begin(Track track, Slice::Kind kind, std::string name, Flow arrives = 0);
    void begin_step();
    void begin_callback(std::string_view otherwise);
    void switch_thread();
    [[nodiscard]] Track thread_track();
    void end(std::string_view done);
    void spawn();
    void wake();
    void note(std::string name, Instant::Kind kind = Instant::Kind::loop, Flow leaves = 0);
    void pass_on(Open& open);
    void pass_on_ended();
    [[nodiscard]] Open* slice_of_event();
    void outside(Instant instant);
    void does(std::string_view what);
    [[nodiscard]] const Event& event() const { return log_[at_]; }
    [[nodiscard]] std::string_view string(std::uint32_t id) const { return log_.strings()[StringId{id}]; }
    Task& task(std::uint32_t number) { return tasks_[number - 1]; }

    const trace::Log& log_;
    Visitor& visitor_;
    EventsTogether together_;
    HandleTimes times_;
    EventIndex at_;
    Time clock_{0};
    Time now_{0};
    Time before_{0};  // the time of the event before
    std::uint32_t thread_ = 1;
    std::vector<Open> open_;
    std::optional<Open>
        ended_;  // the handle that was the last one, until it is over: what it causes may follow
    std::vector<EventRun> between_;  // events since the last slice or instant, outside all slices
    std::map<std::uint32_t, std::vector<Open>> halted_;  // open slices of the other threads
    std::unordered_map<std::uint32_t, std::string> threads_;
    std::unordered_set<Track> shown_threads_;
    std::vector<Task> tasks_;
    std::vector<std::string> variables_;
    Flow last_flow_ = 0;
    std::size_t kept_bytes_ = 0;  // of the names of the instants that are kept
};

void ActivityBuilder::tell() {
    for (; at_ < log_.end_index() && !visitor_.has_enough(); ++at_) {
        if (event().kind() == Kind::clock) clock_ = trace::clock_time(event());
        now_ = clock_ + Duration(event().since());
        const Kind kind = event().kind();
        if (trace::traits_of(kind).belongs == trace::Belongs::gap || begins_handle(kind)) pass_on_ended();
        if (kind == Kind::thread) switch_thread();
        Open* const under_way = begins_slice(kind) ? nullptr : slice_of_event();
        if (under_way != nullptr && under_way->slice.events.size() >= max_kept) pass_on(*under_way);
        belongs(under_way != nullptr ? under_way->slice.events : between_);
        read();
        before_ = now_;
        if (between_.size() >= max_kept) outside({times_.at(now_), "events", Instant::Kind::events, 0, {}});
    }
    at_ = log_.end_index() - 1;
    pass_on_ended();
    while (!open_.empty()) end({});
    pass_on_ended();
    for (auto& [thread, open] : halted_) {
        thread_ = thread;
        open_ = std::move(open);
        while (!open_.empty()) end({});
        pass_on_ended();
    }
    if (!between_.empty()) outside({times_.at(now_), "the last events", Instant::Kind::events, 0, {}});
}

/// Adds the event to those that belong to something.
void ActivityBuilder::belongs(std::vector<EventRun>& runs) {
    if (runs.empty() || runs.back().end != at_)
        runs.push_back({at_, at_ + 1, before_});
    else
        ++runs.back().end;
}

// NOLINTNEXTLINE(readability-function-size): a case for each kind, so that a new one is missed nowhere
void ActivityBuilder::read() {
    switch (event().kind()) {
        case Kind::step: return begin_step();
        case Kind::callback: return begin_callback(name(event().tag<trace::Callback>()));
        case Kind::job: return begin_callback("job");
        case Kind::suspend: {
            const std::uint32_t number = event().subject;
            task(number).wait = name(event().tag<Wait>());
            end({});
            task(number).ready = event().tag<Wait>() == Wait::yield;
            task(number).ready_from = task(number).waits_from;
            return;
        }
        case Kind::finish: return end("finish");
        case Kind::callback_end:
        case Kind::job_end: return end({});
        case Kind::put: return note(fmt::format("put item {}", event().subject));
        case Kind::take: return note(fmt::format("take item {}", event().subject));
        case Kind::serve: return note(fmt::format("serve connection {}", event().subject));
        case Kind::abandon: return note("abandon");
        case Kind::drop: return note("drop");
        case Kind::message: return note(fmt::format("message: {}", string(event().a)));
        case Kind::spawn: return spawn();
        case Kind::wake: return wake();
        case Kind::name:
            if (event().tag<trace::Named>() == trace::Named::task) {
                task(event().subject).name = string(event().a);
                visitor_.track(event().subject, task(event().subject).name);
            }
            return;
        case Kind::cancel: return note(fmt::format("cancel {}", task(event().subject).name));
        case Kind::variable: variables_.emplace_back(string(event().a)); return;
        case Kind::set:
            return does(
                fmt::format("set {} = {}", variables_[event().variable().value - 1], string(event().a)));
        case Kind::print:
        case Kind::print_value: {
            const std::string text(log_.printed_text(at_));
            does(fmt::format("print {}", text));
            return note(text, Instant::Kind::print);
        }
        case Kind::storage:
            return note(fmt::format("storage {}", trace::name(event().tag<trace::Storage>())));
        case Kind::stop: return note("stop");
        case Kind::end: return note(fmt::format("end: {}", name(event().tag<trace::Ending>())));
        case Kind::reset:
        case Kind::restore:
        case Kind::begin:
        case Kind::clock:
        case Kind::iteration:
        case Kind::skip:
        case Kind::ready:
        case Kind::timer:
        case Kind::timer_due:
        case Kind::timer_cancel:
        case Kind::get:
        case Kind::file:
        case Kind::task_done:
        case Kind::connection:
        case Kind::line:
        case Kind::found:
        case Kind::argument:
        case Kind::copy:
        case Kind::descriptor:
        case Kind::thread:
        case Kind::track:
        case Kind::slice:
        case Kind::slice_end:
        case Kind::instant:
        case Kind::counter:
        case Kind::count:
        case Kind::identity:
        case Kind::cause:
        case Kind::flow_name:
        case Kind::flow_argument:
        case Kind::flow: return;
    }
}

void ActivityBuilder::begin(Track track, Slice::Kind kind, std::string name, Flow arrives) {
    Open open;
    open.began = now_;
    open.slice.track = track;
    open.slice.kind = kind;
    open.slice.begin = times_.begin(at_, clock_, now_);
    open.slice.name = std::move(name);
    open.slice.arrives = arrives;
    open.slice.events = std::exchange(between_, {});
    open_.push_back(std::move(open));
}

void ActivityBuilder::begin_step() {
    const std::uint32_t number = event().subject;
    Task& stepped = task(number);
    begin(number, Slice::Kind::step, {}, std::exchange(stepped.arrives, 0));
    const auto waited = [&](Slice::Kind kind, Time from, Time until, std::string what) {
        if (until > from) visitor_.slice({number, kind, from, until, std::move(what), 0, {}, {}, false});
    };
    const Time ready_from = std::max(stepped.ready_from, stepped.waits_from);
    if (!stepped.wait.empty() && stepped.wait != name(Wait::yield))
        waited(Slice::Kind::wait, stepped.waits_from, ready_from, stepped.wait);
    waited(Slice::Kind::ready, ready_from, open_.back().slice.begin, "ready");
    stepped.wait.clear();
}

/// Begins a callback or a job.
void ActivityBuilder::begin_callback(std::string_view otherwise) {
    const std::string_view given = string(event().a);
    std::string called(given.empty() ? otherwise : given);
    if (event().subject != 0) called += " for " + task(event().subject).name;
    begin(thread_track(), Slice::Kind::callback, std::move(called));
}

void ActivityBuilder::switch_thread() {
    if (!open_.empty()) halted_[thread_] = std::move(open_);
    thread_ = event().subject;
    open_.clear();
    if (event().a != 0) {
        threads_[thread_] = string(event().a);
        shown_threads_.erase(first_thread_track + thread_);
    }
    const auto goes_on = halted_.find(thread_);
    if (goes_on == halted_.end()) return;
    open_ = std::move(goes_on->second);
    halted_.erase(goes_on);
}

Track ActivityBuilder::thread_track() {
    const Track track = first_thread_track + thread_;
    if (shown_threads_.insert(track).second) {
        const std::string& name = threads_[thread_];
        const std::string otherwise = thread_ == 1 ? "event loop" : fmt::format("thread {}", thread_);
        visitor_.track(track, name.empty() ? otherwise : name);
    }
    return track;
}

void ActivityBuilder::end(std::string_view done) {
    if (open_.empty()) return;
    Open open = std::move(open_.back());
    open_.pop_back();
    Slice& slice = open.slice;
    slice.end = times_.end(open.began, now_);
    if (slice.name.empty()) slice.name = done.empty() ? "step" : done;
    if (slice.kind == Slice::Kind::step) {
        task(slice.track).waits_from = slice.end;
        task(slice.track).ready_from = slice.end;
    }
    ended_ = std::move(open);
    if (!open_.empty()) pass_on_ended();
}

void ActivityBuilder::spawn() {
    Task made;
    made.name = string(event().a);
    if (made.name.empty()) made.name = fmt::format("task {}", event().subject);
    made.arrives = ++last_flow_;
    made.waits_from = made.ready_from = times_.at(now_);
    tasks_.push_back(made);
    visitor_.track(event().subject, made.name);
    does("spawn " + made.name);
    note("spawn " + made.name, Instant::Kind::loop, last_flow_);
}

void ActivityBuilder::wake() {
    Task& woken = task(event().subject);
    woken.ready_from = times_.at(now_);
    woken.arrives = ++last_flow_;
    note("wake " + woken.name, Instant::Kind::loop, last_flow_);
}

/// Adds to the name of the step under way, if there is one.
void ActivityBuilder::does(std::string_view what) {
    if (open_.empty() || open_.back().slice.kind != Slice::Kind::step) return;
    std::string& so_far = open_.back().slice.name;
    if (so_far.size() >= max_name || open_.back().slice.begun) return;
    if (!so_far.empty()) so_far += ", ";
    so_far += beginning_of(what, max_part);
    if (so_far.size() >= max_name) so_far += " …";
}

/// Returns the slice that the event is in, or right behind; null if there is none.
ActivityBuilder::Open* ActivityBuilder::slice_of_event() {
    if (!open_.empty()) return &open_.back();
    const bool is_behind =
        trace::traits_of(event().kind()).belongs == trace::Belongs::handle || event().kind() == Kind::message;
    return ended_ && is_behind && event().kind() != Kind::skip ? &*ended_ : nullptr;
}

void ActivityBuilder::note(std::string name, Instant::Kind kind, Flow leaves) {
    Instant instant{times_.at(now_), std::move(name), kind, leaves, {}};
    Open* const open = slice_of_event();
    if (open == nullptr) return outside(std::move(instant));
    kept_bytes_ += instant.name.size();
    open->slice.instants.push_back(std::move(instant));
    if (open->slice.instants.size() >= max_kept || kept_bytes_ >= max_kept_bytes) pass_on(*open);
}

/// Passes on what a slice has so far, before its end is known.
void ActivityBuilder::pass_on(Open& open) {
    Slice& slice = open.slice;
    if (slice.name.empty()) slice.name = "step";
    while (!slice.events.empty())
        slice.instants.push_back(
            {times_.at(now_), "events", Instant::Kind::events, 0, together_.take(slice.events)});
    visitor_.beginning(slice);
    slice.begun = true;
    slice.instants.clear();
    kept_bytes_ = 0;
}

/// Passes on the slice of a handle that is over. It keeps as many events as can stand together, and the
/// others get instants of their own.
void ActivityBuilder::pass_on_ended() {
    if (!ended_) return;
    Slice& slice = ended_->slice;
    std::vector<EventRun> first = together_.take(slice.events);
    while (!slice.events.empty()) {
        const Time time = std::max(slice.begin, times_.at(slice.events.front().before));
        slice.instants.push_back({time, "events", Instant::Kind::events, 0, together_.take(slice.events)});
    }
    slice.events = std::move(first);
    for (Instant& each : slice.instants) each.time = std::min(each.time, slice.end);
    visitor_.slice(slice);
    ended_.reset();
}

/// Passes on an instant outside all slices, and the events that stand between it and what was before.
void ActivityBuilder::outside(Instant instant) {
    const Track track = thread_track();
    instant.events = together_.take(between_);
    visitor_.instant(track, instant);
    while (!between_.empty())
        visitor_.instant(track, {instant.time, "events", Instant::Kind::events, 0, together_.take(between_)});
}

}  // namespace

void visit(const trace::Log& log, Visitor& visitor) {
    if (log.size() > 0) ActivityBuilder(log, visitor).tell();
}

std::string_view category(Slice::Kind kind) {
    static constexpr std::array<std::string_view, 4> names = {"step", "callback", "wait", "ready"};
    return names.at(static_cast<std::size_t>(kind));
}

std::string_view category(Instant::Kind kind) {
    static constexpr std::array<std::string_view, 3> names = {"loop", "print", "events"};
    return names.at(static_cast<std::size_t>(kind));
}

}  // namespace loopscope::exchange
