// SPDX-License-Identifier: MIT
// The values in the storages, and which storage answers reads.

#include <algorithm>

#include "core/trace/state.hpp"

namespace loopscope::trace {

void State::select(const Event& event) {
    if (event.subject == 0) {
        storage_ = event.tag<Storage>();
        own_storages_.clear();
        return;
    }
    const VariableId variable{event.subject};
    const auto own = std::ranges::find(own_storages_, variable, &std::pair<VariableId, Storage>::first);
    if (own == own_storages_.end())
        own_storages_.emplace_back(variable, event.tag<Storage>());
    else
        own->second = event.tag<Storage>();
}

Storage State::storage(VariableId variable) const {
    const auto own = std::ranges::find(own_storages_, variable, &std::pair<VariableId, Storage>::first);
    return own == own_storages_.end() ? storage_ : own->second;
}

Storage State::common_storage() const {
    if (own_storages_.empty() || own_storages_.size() < variables_) return storage_;
    const Storage first = own_storages_.front().second;
    const bool same =
        std::ranges::all_of(own_storages_, [&](const auto& own) { return own.second == first; });
    return same ? first : storage_;
}

void State::add_variable() {
    global_.emplace_back();
    if (++variables_ <= stride_) return;
    // Doubled, so that many variables of many tasks are not moved each time.
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
    const std::uint32_t variable = event.variable().value;
    if (variable == 0 || variable > variables_ || (event.subject != 0 && !known(event.task()))) return;
    const Writer writer = here();
    last_to_set_ = event.task();
    global_[variable - 1] = writer;
    thread_local_[thread_cell_index(thread_, variable)] = writer;
    // The context of a job is a copy of its own, so nothing of the task that it serves is written.
    if (in_job_ && !running()) return;
    const TaskId task = event.task();
    cells_[index(task, context_row, variable)] = writer;
    if (!task) return;
    for (const Row row : {argument_row, copy_row, layer_row}) cells_[index(task, row, variable)] = writer;
    cells_[index(this->task(task).dict_owner, dict_row, variable)] = writer;
    note_line(event);
}

/// Puts back into a storage what it had before a write that was taken back.
void State::restore(const Event& event) {
    const VariableId variable = event.variable();
    if (!variable || variable.value > variables_ || event.subject >= all_storages.size()) return;
    if (last_to_set_ && !known(last_to_set_)) return;
    write(static_cast<Storage>(event.subject), last_to_set_, variable, {event.a});
}

/// Makes a value what the last `change` says.
void State::change(const Event& event) {
    const VariableId variable = event.variable();
    if (!variable || variable.value > variables_ || (last_to_change_ && !known(last_to_change_))) return;
    const Writer from{event.a};
    for (const Storage storage : all_storages) {
        if ((event.subject >> static_cast<unsigned>(storage) & 1U) != 0) change(storage, variable, from);
    }
}

void State::change(Storage storage, VariableId variable, Writer from) {
    const std::uint32_t number = variable.value;
    const Writer to = last_change_;
    const TaskId task = last_to_change_;
    if (storage == Storage::global) global_[number - 1] = to;
    if (storage == Storage::thread_local_) thread_local_[thread_cell_index(thread_, number)] = to;
    if (storage == Storage::contextvar) in_contexts_.change(from, to);
    if (storage == Storage::argument) in_arguments_.change(from, to);
    if (!task) return;
    if (storage == Storage::context_copy) cells_[index(task, copy_row, number)] = to;
    if (storage == Storage::context_shared) {
        const TaskId owner = owner_in_dicts(task, variable);
        if (owner) cells_[index(owner, dict_row, number)] = to;
    }
    if (storage == Storage::context_chainmap) {
        TaskId layer = task;
        while (known(layer) && !own_layer(layer, variable)) layer = this->task(layer).parent;
        if (known(layer)) cells_[index(layer, layer_row, number)] = to;
    }
}

/// Gives a new task the dict that its loop's factory makes of its parent's.
void State::inherit_dict(TaskId task, TaskId parent) {
    TaskStatus& status = tasks_[task.value - 1];
    status.dict_owner = task;
    if (!known(parent)) return;
    const auto its = std::ranges::find(factories_, thread_, &std::pair<std::uint32_t, Storage>::first);
    const Storage factory = its == factories_.end() ? Storage::context_shared : its->second;
    if (factory == Storage::context_shared) {
        status.dict_owner = this->task(parent).dict_owner;
    } else if (factory == Storage::context_chainmap) {
        status.dict_above = this->task(parent).dict_owner;
    } else {
        for (std::uint32_t number = 1; number <= variables_; ++number)
            cells_[index(task, dict_row, number)] = in_dict(parent, VariableId{number});
    }
}

/// Returns the owner of the dict in which a task's read finds a variable; none if it finds nothing.
TaskId State::owner_in_dicts(TaskId task, VariableId variable) const {
    TaskId owner = this->task(task).dict_owner;
    while (owner && !cells_[index(owner, dict_row, variable.value)]) owner = this->task(owner).dict_above;
    return owner;
}

Writer State::in_dict(TaskId task, VariableId variable) const {
    const TaskId owner = owner_in_dicts(task, variable);
    return owner ? cells_[index(owner, dict_row, variable.value)] : Writer{};
}

/// Writes a value whose writer is unknown to the storage from which it was read.
void State::find(const Event& event) {
    const VariableId variable = event.variable();
    const TaskId task = event.task();
    if (!variable || variable.value > variables_ || (task && !known(task))) return;
    write(storage(variable), task, variable, here());
    note_line(event);
}

void State::write(Storage storage, TaskId task, VariableId variable, Writer writer) {
    const std::uint32_t number = variable.value;
    switch (storage) {
        case Storage::global: global_[number - 1] = writer; return;
        case Storage::thread_local_: thread_local_[thread_cell_index(thread_, number)] = writer; return;
        case Storage::contextvar: cells_[index(task, context_row, number)] = writer; return;
        case Storage::argument: cells_[index(task, argument_row, number)] = writer; return;
        case Storage::context_copy: cells_[index(task, copy_row, number)] = writer; return;
        case Storage::context_chainmap: cells_[index(task, layer_row, number)] = writer; return;
        case Storage::context_shared:
            cells_[index(task ? this->task(task).dict_owner : task, dict_row, number)] = writer;
            return;
    }
}

Writer State::own_layer(TaskId task, VariableId variable) const {
    return cells_[index(task, layer_row, variable.value)];
}

Writer State::cell(Storage storage, TaskId task, VariableId variable) const {
    const std::uint32_t number = variable.value;
    if (storage == Storage::global) return global_[number - 1];
    if (storage == Storage::thread_local_)
        return thread_local_[thread_cell_index(known(task) ? this->task(task).thread : thread_, number)];
    if (storage == Storage::contextvar) return in_contexts_.latest(cells_[index(task, context_row, number)]);
    if (!task) return {};
    if (storage == Storage::argument) return in_arguments_.latest(cells_[index(task, argument_row, number)]);
    if (storage == Storage::context_copy) return cells_[index(task, copy_row, number)];
    if (storage == Storage::context_shared) return in_dict(task, variable);
    for (TaskId layer = task; known(layer); layer = this->task(layer).parent) {
        if (const Writer writer = own_layer(layer, variable)) return writer;
    }
    return {};
}

}  // namespace loopscope::trace
