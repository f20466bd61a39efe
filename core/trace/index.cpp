// SPDX-License-Identifier: MIT
#include "core/trace/index.hpp"

#include <algorithm>
#include <atomic>

#include "core/base/first_not.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::trace {
namespace {

/// Returns whether events of a kind are of no handle: the user or a clock writes them at any time.
bool is_of_no_handle(Kind kind) {
    return traits_of(kind).belongs == Belongs::anybody;
}

/// Returns whether a callback becomes ready between two handles, because of what happened outside of the
/// loop.
bool comes_from_outside(const Event& ready) {
    return ready.tag<Callback>() == Callback::io || ready.tag<Callback>() == Callback::signal;
}

}  // namespace

Index::Index() {
    static std::atomic<std::uint64_t> last{0};
    serial_ = ++last;
}

void Index::update(const Log& log, std::uint32_t count) {
    prints_.set_log(log);
    log.each_piece(seen_, {count}, [&](EventIndex, std::span<const Event> events) {
        for (const Event& event : events) {
            slices_.fetch_ahead(log, seen_, EventIndex{count}, tracks_of_slices_);
            read(log, event, seen_);
            ++seen_;
        }
    });
}

// NOLINTNEXTLINE(readability-function-size): a case for each kind, so that a new one is missed nowhere
void Index::read(const Log& log, const Event& event, EventIndex at) {
    const Kind kind = event.kind();
    if (at.value % mark_distance == 0) clock_marks_.push_back(last_clock_);
    if (kind == Kind::clock) {
        clock_ = clock_time(event);
        last_clock_ = at;
    }
    if (at.value % time_distance == 0) time_marks_.push_back(clock_ + Duration(event.since()));
    if (traits_of(kind).belongs == Belongs::gap && kind != Kind::thread) end_handle();
    switch (kind) {
        case Kind::step: begin_step(event, at); break;
        case Kind::callback:
        case Kind::skip: begin_callback(event, at, take_callback(log, event)); break;
        case Kind::callback_end:
            in_callback_ = false;
            behalf_.end_callback();
            break;
        case Kind::ready:
            if (comes_from_outside(event) && !is_inside()) end_handle();
            callbacks_[thread_ - 1].push_back(at);
            behalf_.ready(moment(log, at));
            break;
        case Kind::timer_due:
            callbacks_[thread_ - 1].push_back(at);
            behalf_.timer_due(TimerId{event.a}, at);
            break;
        case Kind::timer:
            timers_.push_back(at);
            behalf_.timer(moment(log, at), TimerId{static_cast<std::uint32_t>(timers_.size())});
            break;
        case Kind::timer_cancel: behalf_.timer_cancelled(TimerId{event.a}); break;
        case Kind::suspend:
            if (event.tag<Wait>() == Wait::yield) made_ready(event.task(), at);
            end_step(log, event, at);
            behalf_.end_handle();
            break;
        case Kind::wake: made_ready(event.task(), at); break;
        case Kind::finish:
            if (known(event.task())) tasks_[event.subject - 1].finish = at;
            end_step(log, event, at);
            if (known(event.task())) behalf_.finish(event.task());
            break;
        case Kind::cancel: cancel(event, at); break;
        case Kind::spawn:
            spawn(log, event, at);
            behalf_.spawn(moment(log, at), event.task());
            break;
        case Kind::name: name(log, event); break;
        case Kind::variable: variables_.push_back(at); break;
        case Kind::set:
        case Kind::change:
            set(log, event, at);
            behalf_.set(moment(log, at));
            break;
        case Kind::print:
        case Kind::print_value: print(log, at); break;
        case Kind::thread: switch_thread(event, at); break;
        case Kind::storage: switches_.push_back({at, event.tag<Storage>(), VariableId{event.subject}}); break;
        case Kind::end: end_of_program_ = at; break;
        case Kind::drop: drop(); break;
        case Kind::file: file(event, at); break;
        case Kind::job:
            begin_handle(at, 1, {});
            in_job_ = true;
            behalf_.begin_job(moment(log, at));
            break;
        case Kind::job_end:
            in_job_ = false;
            behalf_.end_job();
            break;
        case Kind::put: behalf_.put(moment(log, at)); break;
        case Kind::take: behalf_.take(moment(log, at)); break;
        case Kind::task_done: behalf_.task_done(moment(log, at)); break;
        case Kind::connection:
            connections_.push_back(at);
            behalf_.connection(moment(log, at));
            break;
        case Kind::serve: behalf_.serve(moment(log, at)); break;
        case Kind::track:
        case Kind::slice:
        case Kind::slice_end:
        case Kind::instant:
        case Kind::counter:
        case Kind::count:
        case Kind::flow:
        case Kind::identity:
        case Kind::cause:
        case Kind::flow_name:
            tracks_of_slices_.apply(event);
            slices_.apply(event, at, tracks_of_slices_);
            break;
        case Kind::iteration: iterations_.push_back(at); break;
        case Kind::begin:
        case Kind::clock:
        case Kind::get:
        case Kind::stop:
        case Kind::abandon:
        case Kind::line:
        case Kind::copy:
        case Kind::descriptor:
        case Kind::found:
        case Kind::message:
        case Kind::argument:
        case Kind::restore:
        case Kind::changed:
        case Kind::factory:
        case Kind::flow_argument:
        case Kind::reset: break;
    }
    running_.apply(event);
    // Events after the end of a step, such as waking those that wait for its task, still belong to the step.
    if (!is_inside() && is_of_no_handle(kind)) return;
    if (open_) last_ = at;
    if (resumed_) ends_of_resumed_[*resumed_] = at;
}

Moment Index::moment(const Log& log, EventIndex at) const {
    const TaskId running = known(running_.task()) ? running_.task() : TaskId{};
    return {log, tasks_, running, roots_ == 1 ? last_root_ : TaskId{}, at};
}

void Index::begin_callback(const Event& event, EventIndex at, EventIndex ready) {
    begin_handle(at, 1, ready);
    in_callback_ = event.kind() == Kind::callback;
    if (in_callback_)
        behalf_.begin_callback(ready);
    else
        behalf_.forget(ready);
}

/// Forgets what was to run on the thread, whose loop is closed.
void Index::drop() {
    for (const EventIndex ready : callbacks_[thread_ - 1]) behalf_.forget(ready);
    callbacks_[thread_ - 1].clear();
    behalf_.drop_timers(thread_);
}

void Index::begin_step(const Event& event, EventIndex at) {
    if (!known(event.task())) return begin_handle(at, step_width, {});
    TaskInfo& task = tasks_[event.subject - 1];
    begin_handle(at, step_width, task.last_ready);
    task.steps.push_back(handles_.end_index() - 1);
}

void Index::end_step(const Log& log, const Event& event, EventIndex at) {
    if (!known(event.task())) return;
    TaskInfo& its = tasks_[event.subject - 1];
    if (its.ends.size() < its.steps.size()) its.ends.push_back(at - handles_.first(its.steps.back()));
    const bool ends = event.kind() == Kind::finish;
    if (ends) task_changes_.push_back(event.task());
    if (its.origin == Origin::program) return;
    if (!ends && event.line() != 0)
        set_origin(event.task(), Origin::program);
    else if (its.origin == Origin::unknown)
        // One that never suspends has no line but that of its creation.
        set_origin(event.task(), ends && log[its.spawn].line() != 0 ? Origin::program : Origin::library);
}

void Index::set_origin(TaskId task, Origin origin) {
    if (!known(task) || tasks_[task.value - 1].origin == origin) return;
    tasks_[task.value - 1].origin = origin;
    task_changes_.push_back(task);
    if (origin == Origin::program) ++program_tasks_;
}

void Index::name(const Log& log, const Event& event) {
    if (event.tag<Named>() != Named::task || !known(event.task())) return;
    TaskInfo& task = tasks_[event.subject - 1];
    const StringId symbol = symbol_of(log, task.chain);
    task_names_.namesakes().remove(called(event.task()), symbol, task.number);
    task.name = StringId{event.a};
    task.number = task_names_.namesakes().add(called(event.task()), symbol);
}

void Index::cancel(const Event& event, EventIndex at) {
    if (event.tag<Cancel>() == Cancel::requested) cancels_[event.subject].push_back(at);
}

bool Index::fits(const Log& log, EventIndex ready, const Event& callback) const {
    const Event& cause = log[ready];
    const bool is_timer = cause.kind() == Kind::timer_due;
    const EventIndex made = is_timer ? start_of(TimerId{cause.a}) : ready;
    // The name of a callback of a timer is in a `name` event.
    return made && log[made].task() == callback.task() && log[made].tag() == callback.tag() &&
           (is_timer || cause.a == callback.a);
}

EventIndex Index::take_callback(const Log& log, const Event& event) {
    Fifo<EventIndex>& queue = callbacks_[thread_ - 1];
    if (queue.empty()) return {};
    // The first callback, except where the ready queue was taken in another order (loop::Freedom::ready).
    const auto taken = std::ranges::find_if(queue, [&](EventIndex ready) {
        return event.kind() == Kind::skip || queue.size() == 1 || fits(log, ready, event);
    });
    return queue.take(taken == queue.end() ? queue.begin() : taken);
}

void Index::end_handle() {
    if (open_) lengths_.push_back(last_ - first_);
    open_ = false;
    resumed_.reset();
    behalf_.end_handle();
}

void Index::begin_handle(EventIndex at, std::uint32_t width, EventIndex ready) {
    end_handle();
    first_ = at;
    open_ = true;
    handle_forest_.add(at);
    position_forest_.add(width_);
    handles_.push_back({at, width_, ready});
    width_ = width_ + width;
}

void Index::switch_thread(const Event& event, EventIndex at) {
    if (event.subject == 0 || event.subject > threads_.size() + 1) return;
    if (is_inside() && !handles_.empty()) {
        halted_.push_back({thread_, resumed_.value_or(handles_.end_index() - 1), in_callback_, in_job_});
    }
    end_handle();
    in_callback_ = in_job_ = false;
    thread_ = event.subject;
    behalf_.switch_thread(thread_);
    const auto goes_on = std::ranges::find(halted_, thread_, &Halted::thread);
    if (goes_on != halted_.end()) {
        resumed_ = goes_on->handle;
        resumes_.emplace_back(at, goes_on->handle);
        in_callback_ = goes_on->in_callback;
        in_job_ = goes_on->in_job;
        halted_.erase(goes_on);
    }
    if (thread_ > threads_.size()) {
        threads_.emplace_back();
        callbacks_.emplace_back();
    }
    threads_[thread_ - 1] = StringId{event.a};
}

void Index::file(const Event& event, EventIndex at) {
    if (event.subject == 0 || event.subject > files_.size() + 1) return;
    if (event.subject > files_.size()) files_.emplace_back();
    if (event.a != 0) files_[event.subject - 1] = StringId{event.a};
    file_events_.push_back(at);
}

std::uint32_t Index::file_at(const Log& log, EventIndex event) const {
    const auto after = std::ranges::upper_bound(file_events_, event);
    return after == file_events_.begin() ? 1 : log[*std::prev(after)].subject;
}

void Index::made_ready(TaskId task, EventIndex at) {
    if (known(task)) tasks_[task.value - 1].last_ready = at;
}

}  // namespace loopscope::trace
