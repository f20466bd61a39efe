#include "core/exchange/activity.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
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

bool begins_handle(const Event& event) {
    return event.kind() == Kind::step || event.kind() == Kind::callback || event.kind() == Kind::skip ||
           event.kind() == Kind::job;
}

class ActivityBuilder {
  public:
    ActivityBuilder(const trace::Log& log, Visitor& visitor) : log_(log), visitor_(visitor) {}

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

    void read();
    void begin_step();
    void begin_callback();
    void begin_job();
    void switch_thread();
    void imported();
    [[nodiscard]] Track thread_track();
    [[nodiscard]] bool is_loop_busy() const;
    void end(std::string_view done);
    void spawn();
    void wake();
    void note(std::string name, bool print, Flow leaves = 0);
    void does(std::string_view what);
    [[nodiscard]] Time end_of_handle(Time begin);
    void look_ahead(Time from);
    [[nodiscard]] const Event& event() const { return log_[at_]; }
    [[nodiscard]] std::string_view string(std::uint32_t id) const { return log_.strings()[StringId{id}]; }
    Task& task(std::uint32_t number) { return tasks_[number - 1]; }

    const trace::Log& log_;
    Visitor& visitor_;
    EventIndex at_;
    Time clock_{0};
    Time now_{0};
    Duration handle_cost_{0};  // what the last handle whose end is known took
    std::uint32_t thread_ = 1;
    std::vector<Slice> open_;
    std::map<std::uint32_t, std::vector<Slice>> halted_;  // open slices of the other threads
    std::unordered_map<std::uint32_t, std::string> threads_;
    std::unordered_set<Track> shown_threads_;
    std::vector<std::string> counters_;
    std::vector<Task> tasks_;
    std::vector<std::string> variables_;
    Flow last_flow_ = 0;
    std::size_t kept_bytes_ = 0;  // of the names of the instants that are kept
    EventIndex next_;             // the first later event that begins a handle, or at which time goes on …
    Time next_time_{0};           // … its time …
    Time next_after_{-1};         // … and the time that it was looked for at
};

void ActivityBuilder::tell() {
    visitor_.track(0, "event loop");
    for (; at_ < log_.end_index() && !visitor_.has_enough(); ++at_) {
        if (event().kind() == Kind::clock) clock_ = trace::clock_time(event());
        now_ = clock_ + Duration(event().since());
        read();
    }
    at_ = log_.end_index() - 1;
    while (!open_.empty()) end({});
    for (auto& [thread, open] : halted_) {
        open_ = std::move(open);
        while (!open_.empty()) end({});
    }
}

// NOLINTNEXTLINE(readability-function-size): a case for each kind, so that a new one is missed nowhere
void ActivityBuilder::read() {
    switch (event().kind()) {
        case Kind::step: return begin_step();
        case Kind::callback: return begin_callback();
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
        case Kind::job: return begin_job();
        case Kind::thread: return switch_thread();
        case Kind::put: return note(fmt::format("put item {}", event().subject), false);
        case Kind::take: return note(fmt::format("take item {}", event().subject), false);
        case Kind::serve: return note(fmt::format("serve connection {}", event().subject), false);
        case Kind::abandon: return note("abandon", false);
        case Kind::drop: return note("drop", false);
        case Kind::message: return note(fmt::format("message: {}", string(event().a)), false);
        case Kind::track:
        case Kind::slice:
        case Kind::slice_end:
        case Kind::instant:
        case Kind::counter:
        case Kind::count: return imported();
        case Kind::spawn: return spawn();
        case Kind::wake: return wake();
        case Kind::name:
            if (event().tag<trace::Named>() == trace::Named::task) {
                task(event().subject).name = string(event().a);
                visitor_.track(event().subject, task(event().subject).name);
            }
            return;
        case Kind::cancel: return note(fmt::format("cancel {}", task(event().subject).name), false);
        case Kind::variable: variables_.emplace_back(string(event().a)); return;
        case Kind::set:
            return does(
                fmt::format("set {} = {}", variables_[event().variable().value - 1], string(event().a)));
        case Kind::print:
        case Kind::print_value: {
            const std::string text(log_.printed_text(at_));
            does(fmt::format("print {}", text));
            return note(text, true);
        }
        case Kind::storage:
            return note(fmt::format("storage {}", trace::name(event().tag<trace::Storage>())), false);
        case Kind::stop: return note("stop", false);
        case Kind::end: return note(fmt::format("end: {}", name(event().tag<trace::Ending>())), false);
        case Kind::reset:
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
        case Kind::identity:
        case Kind::cause:
        case Kind::flow: return;
    }
}

void ActivityBuilder::begin_step() {
    const std::uint32_t number = event().subject;
    Task& stepped = task(number);
    const auto waited = [&](Slice::Kind kind, Time from, Time until, std::string what) {
        if (until > from) visitor_.slice({number, kind, from, until, std::move(what), 0, {}});
    };
    const Time ready_from = std::max(stepped.ready_from, stepped.waits_from);
    if (!stepped.wait.empty() && stepped.wait != name(Wait::yield))
        waited(Slice::Kind::wait, stepped.waits_from, ready_from, stepped.wait);
    waited(Slice::Kind::ready, ready_from, now_, "ready");
    stepped.wait.clear();
    open_.push_back({number, Slice::Kind::step, now_, now_, {}, std::exchange(stepped.arrives, 0), {}});
}

void ActivityBuilder::begin_callback() {
    const std::string_view given = string(event().a);
    std::string called(given.empty() ? name(event().tag<trace::Callback>()) : given);
    if (event().subject != 0) called += " for " + task(event().subject).name;
    const Track track = is_loop_busy() ? thread_track() : 0;
    open_.push_back({track, Slice::Kind::callback, now_, now_, std::move(called), 0, {}});
}

void ActivityBuilder::switch_thread() {
    if (event().a != 0) threads_[event().subject] = string(event().a);
    if (!open_.empty()) halted_[thread_] = std::move(open_);
    thread_ = event().subject;
    open_.clear();
    const auto goes_on = halted_.find(thread_);
    if (goes_on == halted_.end()) return;
    open_ = std::move(goes_on->second);
    halted_.erase(goes_on);
}

/// Returns whether another thread has a callback open on the loop's track.
bool ActivityBuilder::is_loop_busy() const {
    return std::ranges::any_of(halted_, [](const auto& each) { return each.second.front().track == 0; });
}

Track ActivityBuilder::thread_track() {
    const Track track = first_thread_track + thread_;
    if (shown_threads_.insert(track).second) {
        const std::string& name = threads_[thread_];
        visitor_.track(track, name.empty() ? fmt::format("thread {}", thread_) : name);
    }
    return track;
}

void ActivityBuilder::begin_job() {
    const std::string_view given = string(event().a);
    std::string called(given.empty() ? "job" : given);
    if (event().subject != 0) called += " for " + task(event().subject).name;
    open_.push_back({thread_track(), Slice::Kind::callback, now_, now_, std::move(called), 0, {}});
}

/// Passes on an event that imported traces have: of tracks of their own, with slices inside each other.
void ActivityBuilder::imported() {
    const Track track = first_imported_track + event().subject;
    const std::string name(string(event().a));
    const Kind kind = event().kind();
    if (kind == Kind::track)
        visitor_.track(track, name.empty() ? fmt::format("track {}", event().subject) : name);
    else if (kind == Kind::slice)
        visitor_.begin_slice(track, now_, name, string(event().b));
    else if (kind == Kind::slice_end)
        visitor_.end_slice(track, now_);
    else if (kind == Kind::instant)
        visitor_.instant(track, {now_, name, false, 0});
    else if (kind == Kind::counter)
        counters_.push_back(name.empty() ? fmt::format("counter {}", event().subject) : name);
    else
        visitor_.count(counters_[event().subject - 1], now_, trace::counted_value(event()));
}

Time ActivityBuilder::end_of_handle(Time begin) {
    if (now_ > begin) return now_;
    // Many handles may end here, nested in each other: the next one is searched for once.
    if (next_after_ != begin || next_ <= at_) look_ahead(begin);
    if (next_ == log_.end_index()) return begin + handle_cost_;
    if (!begins_handle(log_[next_])) return std::min(next_time_, begin + handle_cost_);
    handle_cost_ = next_time_ - begin;
    return next_time_;
}

void ActivityBuilder::look_ahead(Time from) {
    next_after_ = from;
    Time clock = clock_;
    for (next_ = at_ + 1; next_ < log_.end_index(); ++next_) {
        const Event& later = log_[next_];
        if (later.kind() == Kind::clock) clock = trace::clock_time(later);
        next_time_ = clock + Duration(later.since());
        if (next_time_ > from || begins_handle(later)) return;
    }
}

void ActivityBuilder::end(std::string_view done) {
    if (open_.empty()) return;
    Slice slice = std::move(open_.back());
    open_.pop_back();
    slice.end = end_of_handle(slice.begin);
    if (slice.name.empty()) slice.name = done.empty() ? "step" : done;
    if (slice.kind == Slice::Kind::step) {
        task(slice.track).waits_from = slice.end;
        task(slice.track).ready_from = slice.end;
    }
    visitor_.slice(slice);
}

void ActivityBuilder::spawn() {
    Task made;
    made.name = string(event().a);
    if (made.name.empty()) made.name = fmt::format("task {}", event().subject);
    made.arrives = ++last_flow_;
    made.waits_from = made.ready_from = now_;
    tasks_.push_back(made);
    visitor_.track(event().subject, made.name);
    does("spawn " + made.name);
    note("spawn " + made.name, false, last_flow_);
}

void ActivityBuilder::wake() {
    Task& woken = task(event().subject);
    woken.ready_from = now_;
    woken.arrives = ++last_flow_;
    note("wake " + woken.name, false, last_flow_);
}

/// Adds to the name of the step under way, if there is one.
void ActivityBuilder::does(std::string_view what) {
    if (open_.empty() || open_.back().kind != Slice::Kind::step) return;
    std::string& so_far = open_.back().name;
    if (so_far.size() >= max_name || open_.back().begun) return;
    if (!so_far.empty()) so_far += ", ";
    so_far += beginning_of(what, max_part);
    if (so_far.size() >= max_name) so_far += " …";
}

void ActivityBuilder::note(std::string name, bool print, Flow leaves) {
    Instant instant{now_, std::move(name), print, leaves};
    if (open_.empty()) return visitor_.instant(0, instant);
    Slice& slice = open_.back();
    kept_bytes_ += instant.name.size();
    slice.instants.push_back(std::move(instant));
    if (slice.instants.size() < max_kept && kept_bytes_ < max_kept_bytes) return;
    if (slice.name.empty()) slice.name = "step";
    visitor_.beginning(slice);
    slice.begun = true;
    slice.instants.clear();
    kept_bytes_ = 0;
}

}  // namespace

void visit(const trace::Log& log, Visitor& visitor) {
    if (log.size() > 0) ActivityBuilder(log, visitor).tell();
}

std::string_view category(Slice::Kind kind) {
    static constexpr std::array<std::string_view, 4> names = {"step", "callback", "wait", "ready"};
    return names.at(static_cast<std::size_t>(kind));
}

}  // namespace loopscope::exchange
