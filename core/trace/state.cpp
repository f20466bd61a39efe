// SPDX-License-Identifier: MIT
#include "core/trace/state.hpp"

#include <algorithm>

#include "core/trace/kinds.hpp"

namespace loopscope::trace {

using Phase = TaskStatus::Phase;

// NOLINTNEXTLINE(readability-function-size): a case for each kind, so that a new one is missed nowhere
void State::apply(const Event& event) {
    if (event.kind() == Kind::clock) clock_ = clock_time(event);
    time_ = clock_ + Duration(event.since());
    switch (event.kind()) {
        case Kind::begin: cells_.clear(); break;
        case Kind::iteration:
            iteration_ = event.subject;
            left_ = event.a;
            handle_.reset();
            break;
        case Kind::step:
        case Kind::callback:
        case Kind::skip: begin_handle(event); break;
        case Kind::callback_end: handle_over_ = true; break;
        case Kind::suspend:
        case Kind::finish: end_step(event); break;
        case Kind::spawn: spawn(event); break;
        case Kind::name:
            if (event.tag<Named>() == Named::timer) timers_.name_last(StringId{event.a});
            break;
        case Kind::ready:
            queue().push_back({event.task(), false, event.tag<Callback>(), StringId{event.a}, {}, here()});
            break;
        case Kind::wake: wake(event); break;
        case Kind::timer: timer(event); break;
        case Kind::timer_due: timer_due(event); break;
        case Kind::timer_cancel: timer_cancel(event); break;
        case Kind::cancel:
            if (event.tag<Cancel>() == Cancel::flagged && known(event.task()))
                tasks_[event.subject - 1].must_cancel = true;
            break;
        case Kind::variable: add_variable(); break;
        case Kind::set: set(event); break;
        case Kind::found: find(event); break;
        case Kind::restore: restore(event); break;
        case Kind::change:
            last_change_ = here();
            last_to_change_ = event.task();
            note_line(event);
            break;
        case Kind::changed: change(event); break;
        case Kind::factory: {
            const auto its =
                std::ranges::find(factories_, thread_, &std::pair<std::uint32_t, Storage>::first);
            if (its == factories_.end())
                factories_.emplace_back(thread_, event.tag<Storage>());
            else
                its->second = event.tag<Storage>();
            break;
        }
        case Kind::get:
        case Kind::print:
        case Kind::print_value: note_line(event); break;
        case Kind::thread: switch_thread(event); break;
        case Kind::storage: select(event); break;
        case Kind::end:
            ending_ = event.tag<Ending>();
            exit_code_ = event.subject;
            break;
        case Kind::abandon: left_ = 0; break;
        case Kind::drop: drop(); break;
        case Kind::file: file_ = static_cast<std::uint16_t>(event.subject); break;
        case Kind::job: begin_job(event); break;
        case Kind::job_end:
            in_job_ = false;
            handle_over_ = true;
            break;
        case Kind::line: said_line_ = event.line(); break;
        case Kind::clock:
        case Kind::stop:
        case Kind::put:
        case Kind::take:
        case Kind::task_done:
        case Kind::connection:
        case Kind::serve:
        case Kind::message:
        case Kind::track:
        case Kind::slice:
        case Kind::slice_end:
        case Kind::argument:
        case Kind::instant:
        case Kind::flow:
        case Kind::counter:
        case Kind::count:
        case Kind::copy:
        case Kind::descriptor:
        case Kind::identity:
        case Kind::cause:
        case Kind::flow_name:
        case Kind::flow_argument:
        case Kind::reset: break;
    }
    running_.apply(event);
    ++size_;
}

void State::push_step(TaskId task) {
    queue().push_back({task, true, {}, {}, {}, here()});
}

void State::set_phase(TaskId task, Phase phase) {
    if (!known(task)) return;
    tasks_[task.value - 1].phase = phase;
    tasks_[task.value - 1].since = here();
}

// Takes the first handle, except in a trace whose ready queue was taken in another order
// (loop::Freedom::ready). In such a trace, all that is known of a skipped callback is that it was no step of
// a task.
void State::take_ready(const Event& event) {
    if (ready().empty()) {
        handle_ = ReadyHandle{};
        return;
    }
    const bool is_step = event.kind() == Kind::step;
    const auto fits = [&](const ReadyHandle& each) {
        if (event.kind() == Kind::skip) return each.cancelled;
        if (each.is_step != is_step || each.task != event.task()) return false;
        return is_step || (each.callback == event.tag<Callback>() && each.name == StringId{event.a});
    };
    auto taken = std::ranges::find_if(queue(), fits);
    if (taken == queue().end() && event.kind() == Kind::skip)
        taken = std::ranges::find(queue(), false, &ReadyHandle::is_step);
    const auto index = taken == queue().end() ? queue().begin() : taken;
    handle_ = queue().take(index);
    if (left_ > 0) --left_;
}

void State::begin_handle(const Event& event) {
    const bool is_step = event.kind() == Kind::step;
    const bool nested = is_step && running_.starts_nested(event);  // it never was in the queue
    if (!nested) {
        take_ready(event);
        handle_over_ = event.kind() == Kind::skip;
    }
    if (!is_step || !known(event.task())) return;
    set_phase(event.task(), Phase::running);
    tasks_[event.subject - 1].must_cancel = false;
}

void State::end_step(const Event& event) {
    const bool waits = event.kind() == Kind::suspend;
    set_phase(event.task(), waits ? Phase::waiting : Phase::ended);
    if (!running_.nested()) handle_over_ = true;
    if (!known(event.task())) return;
    TaskStatus& task = tasks_[event.subject - 1];
    if (!waits) {
        task.outcome = event.tag<Outcome>();
        return;
    }
    task.wait = event.tag<Wait>();
    task.wait_for = event.a;
    be_at(task, event.line());
    if (task.wait == Wait::yield) push_step(event.task());
}

void State::spawn(const Event& event) {
    const TaskId task{static_cast<std::uint32_t>(tasks_.size() + 1)};
    const TaskId parent = running();
    TaskStatus status;
    status.since = here();
    status.parent = parent;
    status.thread = static_cast<std::uint16_t>(thread_);
    tasks_.push_back(status);
    cells_.resize((tasks_.size() + 1) * rows * stride_);
    inherit_dict(task, parent);
    for (std::uint32_t variable = 1; variable <= variables_; ++variable) {
        for (const Row row : {argument_row, copy_row}) {
            if (known(parent)) cells_[index(task, row, variable)] = cells_[index(parent, row, variable)];
        }
        cells_[index(task, context_row, variable)] = cells_[index(parent, context_row, variable)];
    }
    if (event.tag<Start>() == Start::soon) push_step(task);
}

void State::wake(const Event& event) {
    set_phase(event.task(), Phase::ready);
    push_step(event.task());
}

void State::timer(const Event& event) {
    RunningTimer timer;
    timer.callback = event.tag<Callback>();
    timer.thread = static_cast<std::uint16_t>(thread_);
    timer.deadline = timer_deadline(event);
    timer.task = event.task();
    timer.start = here();
    timers_.start(timer);
}

void State::timer_due(const Event& event) {
    ReadyHandle handle;
    handle.timer = TimerId{event.a};
    handle.cause = here();
    if (RunningTimer timer; timers_.take(handle.timer, timer)) {
        handle.task = timer.task;
        handle.callback = timer.callback;
        handle.name = timer.name;
    }
    queue().push_back(handle);
}

void State::timer_cancel(const Event& event) {
    const TimerId id{event.a};
    if (RunningTimer timer; timers_.take(id, timer)) return;
    const auto due = std::ranges::find(queue(), id, &ReadyHandle::timer);
    if (due != queue().end()) due->cancelled = true;
}

// If nothing is under way on either thread, the last handle that ran stays the current one.
void State::switch_thread(const Event& event) {
    if (event.subject == 0 || event.subject > queues_.size() + 1) return;
    if (is_inside() || left_ > 0)
        halted_.push_back({thread_, iteration_, left_, handle_, handle_over_, in_job_});
    thread_ = event.subject;
    left_ = 0;
    in_job_ = false;
    if (!handle_over_) handle_.reset();
    const auto goes_on = std::ranges::find(halted_, thread_, &Halted::thread);
    if (goes_on != halted_.end()) {
        iteration_ = goes_on->iteration;
        left_ = goes_on->left;
        handle_ = goes_on->handle;
        handle_over_ = goes_on->handle_over;
        in_job_ = goes_on->in_job;
        halted_.erase(goes_on);
    }
    if (thread_ <= queues_.size()) return;
    queues_.emplace_back();
    thread_local_.resize(queues_.size() * stride_);
}

void State::begin_job(const Event& event) {
    ReadyHandle job;
    job.task = event.task();
    job.name = StringId{event.a};
    job.cause = here();
    handle_ = job;
    handle_over_ = false;
    in_job_ = true;
}

void State::drop() {
    queue().clear();
    timers_.drop(static_cast<std::uint16_t>(thread_));
}

void State::be_at(TaskStatus& task, std::uint32_t line) const {
    task.line = line;
    task.file = file_;
}

void State::note_line(const Event& event) {
    if (!known(event.task())) return;
    const bool apart = names_variable(event.kind()) && event.tag() == 0;
    be_at(tasks_[event.subject - 1], apart ? said_line_ : event.line());
}

std::size_t State::bytes() const {
    std::size_t bytes = sizeof *this + tasks_.size() * sizeof(TaskStatus) + timers_.bytes();
    bytes += queues_.size() * sizeof(decltype(queues_)::value_type) + halted_.size() * sizeof(Halted);
    bytes += in_contexts_.bytes() + in_arguments_.bytes() +
             factories_.size() * sizeof(decltype(factories_)::value_type);
    for (const auto& queue : queues_) bytes += queue.size() * sizeof(ReadyHandle);
    return bytes + (global_.size() + thread_local_.size() + cells_.size()) * sizeof(Writer);
}

}  // namespace loopscope::trace
