#include "core/trace/state.hpp"

#include <algorithm>

namespace loopscope::trace {

using Phase = TaskStatus::Phase;

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
            queue().push_back({event.task(), false, event.tag<Callback>(), StringId{event.a}, {}, size_});
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
        case Kind::get:
        case Kind::print:
        case Kind::print_value:
            if (known(event.task())) tasks_[event.subject - 1].line = event.line();
            break;
        case Kind::thread: switch_thread(event); break;
        case Kind::storage: storage_ = event.tag<Storage>(); break;
        case Kind::end: ending_ = event.tag<Ending>(); break;
        case Kind::clock:
        case Kind::stop: break;
    }
    running_.apply(event);
    ++size_;
}

void State::push_step(TaskId task) {
    queue().push_back({task, true, {}, {}, {}, size_});
}

void State::set_phase(TaskId task, Phase phase) {
    if (!known(task)) return;
    tasks_[task.value - 1].phase = phase;
    tasks_[task.value - 1].since = size_;
}

// The first one, except in a trace whose ready queue was taken in another order (loop::Freedom::ready).
// There, of a callback that was skipped no more is known than that it was no task's step.
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
    const auto place = taken == queue().end() ? queue().begin() : taken;
    handle_ = queue().take(place);
    if (left_ > 0) --left_;
}

void State::begin_handle(const Event& event) {
    const bool is_step = event.kind() == Kind::step;
    const bool nested = is_step && running_.starts_nested(event);  // it never stood in the queue
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
    task.line = event.line();
    if (task.wait == Wait::yield) push_step(event.task());
}

void State::spawn(const Event& event) {
    const TaskId task{static_cast<std::uint32_t>(tasks_.size() + 1)};
    const TaskId parent = running();
    TaskStatus status;
    status.since = size_;
    status.parent = parent;
    status.thread = thread_;
    status.dict_owner = known(parent) ? this->task(parent).dict_owner : task;
    tasks_.push_back(status);
    cells_.resize((tasks_.size() + 1) * rows * stride_);
    for (std::uint32_t variable = 1; variable <= variables_; ++variable) {
        for (const Row row : {argument_row, copy_row}) {
            if (known(parent)) cells_[place(task, row, variable)] = cells_[place(parent, row, variable)];
        }
        cells_[place(task, context_row, variable)] = cells_[place(parent, context_row, variable)];
    }
    if (event.tag<Start>() == Start::soon) push_step(task);
}

void State::wake(const Event& event) {
    set_phase(event.task(), Phase::ready);
    push_step(event.task());
}

void State::timer(const Event& event) {
    timers_.start({{}, event.tag<Callback>(), timer_deadline(event), event.task(), {}, size_});
}

void State::timer_due(const Event& event) {
    ReadyHandle handle;
    handle.timer = TimerId{event.a};
    handle.cause = size_;
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

void State::switch_thread(const Event& event) {
    if (event.subject == 0 || event.subject > queues_.size() + 1) return;
    thread_ = event.subject;
    if (thread_ <= queues_.size()) return;
    queues_.emplace_back();
    thread_local_.resize(queues_.size() * stride_);
}

void State::add_variable() {
    global_.emplace_back();
    if (++variables_ <= stride_) return;
    // Twice as wide, so that many variables of many tasks are not moved each time.
    const std::uint32_t stride = std::max(2 * stride_, 1U);
    const auto widen = [&](std::vector<Writer>& table, std::size_t rows_there) {
        std::vector<Writer> wider(rows_there * stride);
        for (std::size_t row = 0; row < rows_there; ++row) {
            for (std::size_t each = 0; each < stride_; ++each)
                wider[row * stride + each] = table[row * stride_ + each];
        }
        table = std::move(wider);
    };
    widen(cells_, (tasks_.size() + 1) * rows);
    widen(thread_local_, queues_.size());
    stride_ = stride;
}

void State::set(const Event& event) {
    const std::uint32_t variable = event.tag();
    if (variable == 0 || variable > variables_ || (event.subject != 0 && !known(event.task()))) return;
    const Writer writer{size_};
    global_[variable - 1] = writer;
    thread_local_[thread_place(thread_, variable)] = writer;
    const TaskId task = event.task();
    cells_[place(task, context_row, variable)] = writer;
    if (!task) return;
    for (const Row row : {argument_row, copy_row, layer_row}) cells_[place(task, row, variable)] = writer;
    cells_[place(this->task(task).dict_owner, dict_row, variable)] = writer;
    tasks_[task.value - 1].line = event.line();
}

std::size_t State::bytes() const {
    std::size_t bytes = sizeof *this + tasks_.size() * sizeof(TaskStatus) + timers_.bytes();
    bytes += queues_.size() * sizeof(decltype(queues_)::value_type);
    for (const auto& queue : queues_) bytes += queue.size() * sizeof(ReadyHandle);
    return bytes + (global_.size() + thread_local_.size() + cells_.size()) * sizeof(Writer);
}

Writer State::own_layer(TaskId task, VariableId variable) const {
    return cells_[place(task, layer_row, variable.value)];
}

Writer State::cell(Storage storage, TaskId task, VariableId variable) const {
    const std::uint32_t number = variable.value;
    if (storage == Storage::global) return global_[number - 1];
    if (storage == Storage::thread_local_)
        return thread_local_[thread_place(known(task) ? this->task(task).thread : thread_, number)];
    if (storage == Storage::contextvar) return cells_[place(task, context_row, number)];
    if (!task) return {};
    if (storage == Storage::argument) return cells_[place(task, argument_row, number)];
    if (storage == Storage::context_copy) return cells_[place(task, copy_row, number)];
    if (storage == Storage::context_shared)
        return cells_[place(this->task(task).dict_owner, dict_row, number)];
    for (TaskId layer = task; known(layer); layer = this->task(layer).parent) {
        if (const Writer writer = own_layer(layer, variable)) return writer;
    }
    return {};
}

}  // namespace loopscope::trace
