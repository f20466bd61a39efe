// SPDX-License-Identifier: MIT
#include "core/exchange/activity.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/exchange/handle_slices.hpp"
#include "core/trace/kinds.hpp"
#include "core/trace/storage.hpp"
#include "core/trace/text.hpp"

namespace loopscope::exchange {
namespace {

using trace::Event;
using trace::Kind;
using trace::Wait;

class ActivityBuilder {
  public:
    ActivityBuilder(const trace::Log& log, Visitor& visitor)
        : log_(log), visitor_(visitor), slices_(log, visitor) {}

    void tell() {
        for (; at_ < log_.end_index() && !visitor_.has_enough(at_); ++at_) {
            slices_.take(at_);
            read();
            slices_.leave();
        }
        slices_.finish();
    }

  private:
    struct Task {
        std::string name;
        Flow arrives = 0;    // at its next step
        Time waits_from{0};  // the end of its last step
        Time ready_from{0};
        std::string wait;  // what the task waits for; empty: it does not wait
    };

    void read();
    void begin_step();
    void begin_callback(std::string_view otherwise);
    void end(std::string_view done);
    void spawn();
    void wake();
    [[nodiscard]] Event event() const { return log_[at_]; }
    [[nodiscard]] std::string_view string(std::uint32_t id) const { return log_.strings()[StringId{id}]; }
    Task& task(std::uint32_t number) { return tasks_[number - 1]; }

    const trace::Log& log_;
    Visitor& visitor_;
    HandleSlices slices_;
    EventIndex at_;
    std::vector<Task> tasks_;
    std::vector<std::string> variables_;
    Flow last_flow_ = 0;
};

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
            task(number).ready_from = task(number).waits_from;
            return;
        }
        case Kind::finish: return end("finish");
        case Kind::callback_end:
        case Kind::job_end: return end({});
        case Kind::put: return slices_.note(fmt::format("put item {}", event().subject));
        case Kind::take: return slices_.note(fmt::format("take item {}", event().subject));
        case Kind::serve: return slices_.note(fmt::format("serve connection {}", event().subject));
        case Kind::abandon: return slices_.note("abandon");
        case Kind::drop: return slices_.note("drop");
        case Kind::message: return slices_.note(fmt::format("message: {}", string(event().a)));
        case Kind::spawn: return spawn();
        case Kind::wake: return wake();
        case Kind::name:
            if (event().tag<trace::Named>() == trace::Named::task) {
                task(event().subject).name = string(event().a);
                visitor_.track(event().subject, task(event().subject).name);
            }
            return;
        case Kind::cancel: return slices_.note(fmt::format("cancel {}", task(event().subject).name));
        case Kind::variable: variables_.emplace_back(string(event().a)); return;
        case Kind::set:
            return slices_.does(
                fmt::format("set {} = {}", variables_[event().variable().value - 1], string(event().a)));
        case Kind::change:
            return slices_.does(
                fmt::format("change {} = {}", variables_[event().variable().value - 1], string(event().a)));
        case Kind::factory:
            return slices_.does(fmt::format("factory {}", trace::name(event().tag<trace::Storage>())));
        case Kind::print:
        case Kind::print_value: {
            const std::string text(log_.printed_text(at_));
            slices_.does(fmt::format("print {}", text));
            return slices_.note(text, Instant::Kind::print);
        }
        case Kind::storage:
            return slices_.note(fmt::format("storage {}", trace::name(event().tag<trace::Storage>())));
        case Kind::stop: return slices_.note("stop");
        case Kind::end: return slices_.note(fmt::format("end: {}", name(event().tag<trace::Ending>())));
        case Kind::reset:
        case Kind::restore:
        case Kind::changed:
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

void ActivityBuilder::begin_step() {
    const std::uint32_t number = event().subject;
    Task& stepped = task(number);
    const Time begun = slices_.begin(number, Slice::Kind::step, {}, std::exchange(stepped.arrives, 0));
    const auto waited = [&](Slice::Kind kind, Time from, Time until, std::string what) {
        if (until > from) visitor_.slice({number, kind, from, until, std::move(what), 0, {}, {}, false});
    };
    const Time ready_from = std::max(stepped.ready_from, stepped.waits_from);
    if (!stepped.wait.empty() && stepped.wait != name(Wait::yield))
        waited(Slice::Kind::wait, stepped.waits_from, ready_from, stepped.wait);
    waited(Slice::Kind::ready, ready_from, begun, "ready");
    stepped.wait.clear();
}

/// Begins a callback or a job.
void ActivityBuilder::begin_callback(std::string_view otherwise) {
    const std::string_view given = string(event().a);
    std::string called(given.empty() ? otherwise : given);
    if (event().subject != 0) called += " for " + task(event().subject).name;
    slices_.begin(slices_.thread_track(), Slice::Kind::callback, std::move(called));
}

/// Ends the innermost slice. `done`: what it has done, if nothing is known of that.
void ActivityBuilder::end(std::string_view done) {
    const auto ended = slices_.end(done);
    if (ended && ended->kind == Slice::Kind::step)
        task(ended->track).waits_from = task(ended->track).ready_from = ended->end;
}

void ActivityBuilder::spawn() {
    Task made;
    made.name = string(event().a);
    if (made.name.empty()) made.name = fmt::format("task {}", event().subject);
    made.arrives = ++last_flow_;
    made.waits_from = made.ready_from = slices_.now();
    tasks_.push_back(made);
    visitor_.track(event().subject, made.name);
    slices_.does("spawn " + made.name);
    slices_.note("spawn " + made.name, Instant::Kind::loop, last_flow_);
}

void ActivityBuilder::wake() {
    Task& woken = task(event().subject);
    woken.ready_from = slices_.now();
    woken.arrives = ++last_flow_;
    slices_.note("wake " + woken.name, Instant::Kind::loop, last_flow_);
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
