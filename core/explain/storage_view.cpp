// SPDX-License-Identifier: MIT
#include "core/explain/storage_view.hpp"

#include <algorithm>
#include <unordered_map>

#include "core/base/excerpt.hpp"
#include "core/explain/recent_accesses.hpp"
#include "core/explain/words.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::explain {
namespace {

using trace::Kind;
using trace::Storage;

Highlight strongest(Highlight one, Highlight other) {
    return std::max(one, other);
}

class Builder {
  public:
    Builder(const trace::Log& log, const trace::Index& index, const trace::State& state, EventIndex cursor)
        : log_(log), index_(index), state_(state), accesses_(log, index, cursor) {
        view_.storage = state.storage();
    }

    StorageView build() {
        // Where variables are kept in different places, the view is of that which was last read or written.
        if (const EventIndex last = accesses_.last()) view_.storage = state_.storage(log_[last].variable());
        switch (view_.storage) {
            case Storage::global: global(); break;
            case Storage::thread_local_: threads(); break;
            case Storage::context_shared: dicts(); break;
            case Storage::argument:
            case Storage::context_copy:
            case Storage::context_chainmap:
            case Storage::contextvar: one_each(); break;
        }
        find_places();
        light_write();
        light_read();
        find_lit();
        return std::move(view_);
    }

  private:
    [[nodiscard]] bool lives(TaskId task) const {
        return state_.task(task).phase != trace::TaskStatus::Phase::ended;
    }

    /// Returns the tasks that are shown: the living ones and those that read or wrote in the handle at the
    /// cursor; all tasks if there are none of these.
    [[nodiscard]] std::vector<TaskId> tasks() const {
        std::vector<TaskId> all;
        std::vector<TaskId> shown;
        for (std::uint32_t number = 1; number <= state_.tasks().size(); ++number) {
            const TaskId task{number};
            all.push_back(task);
            if (lives(task) || accesses_.are_of(task)) shown.push_back(task);
        }
        return shown.empty() ? all : shown;
    }

    template <class WriterOf>
    StorageBox& add(StorageBox box, const WriterOf& writer_of) {
        for (std::uint32_t number = 1; number <= state_.variables(); ++number) {
            StoredValue value;
            value.variable = VariableId{number};
            value.elsewhere = state_.storage(value.variable) != view_.storage;
            if (number <= index_.variables().size())
                value.name = log_.strings()[StringId{log_[index_.variables()[number - 1]].a}];
            if (!value.elsewhere) fill(value, writer_of(value.variable));
            box.values.push_back(value);
        }
        view_.boxes.push_back(std::move(box));
        return view_.boxes.back();
    }

    void fill(StoredValue& value, trace::Writer writer) const {
        value.writer = writer;
        if (!writer) return;
        value.text = log_.strings()[StringId{log_[writer].a}];
        value.writer_known = trace::is_write(log_[writer].kind());
        if (value.writer_known) value.writer_task = log_[writer].task();
    }

    [[nodiscard]] auto cell_of(TaskId task) const {
        return [this, task](VariableId variable) { return state_.cell(view_.storage, task, variable); };
    }

    void global() {
        StorageBox box;
        box.kind = StorageBox::Kind::global;
        box.title = "global";
        box.users = tasks();
        add(std::move(box), cell_of(TaskId{}));
    }

    void threads() {
        const std::vector<TaskId> all = tasks();
        for (std::uint32_t thread = 1; thread <= state_.threads(); ++thread) {
            StorageBox box;
            box.kind = StorageBox::Kind::thread;
            box.thread = thread;
            const std::string_view name = thread_name(log_, index_, thread);
            box.title = name.empty() ? "the only thread" : excerpt(name);
            for (const TaskId task : all) {
                if (state_.task(task).thread == thread) box.users.push_back(task);
            }
            add(std::move(box), [&](VariableId variable) { return state_.thread_cell(thread, variable); });
        }
    }

    void dicts() {
        std::unordered_map<std::uint32_t, std::size_t> box_of;  // by owner
        for (const TaskId task : tasks()) {
            const TaskId owner = state_.task(task).dict_owner;
            const auto [found, is_new] = box_of.try_emplace(owner.value, view_.boxes.size());
            if (!is_new) {
                view_.boxes[found->second].users.push_back(task);
                continue;
            }
            StorageBox box;
            box.kind = StorageBox::Kind::dict;
            box.title = "dict of " + task_label(log_, index_, owner);
            box.owner = owner;
            box.ended = !lives(owner);
            box.users = {task};
            add(std::move(box), cell_of(owner));
        }
    }

    /// Adds a box for each task that is shown, and for those that they descend from.
    void one_each() {
        outside();
        std::vector<bool> wanted(state_.tasks().size() + 1);
        for (TaskId task : tasks()) {
            for (; task && !wanted[task.value]; task = state_.task(task).parent) wanted[task.value] = true;
        }
        std::vector<std::size_t> positions(wanted.size());
        std::unordered_map<std::uint32_t, std::size_t> column_of;
        const bool has_outside = !view_.boxes.empty();
        for (std::uint32_t number = 1; number < wanted.size(); ++number) {
            if (!wanted[number]) continue;
            const TaskId task{number};
            positions[number] = view_.boxes.size();
            own(task);
            stand(task, column_of);
            const TaskId parent = state_.task(task).parent;
            if (parent)
                view_.arrows.push_back({positions[parent.value], positions[number]});
            else if (has_outside)
                view_.arrows.push_back({0, positions[number]});
        }
    }

    /// Puts the last box that was added into the column of its task's chain.
    void stand(TaskId task, std::unordered_map<std::uint32_t, std::size_t>& column_of) {
        if (view_.boxes.back().above_all) return;
        const std::size_t position = view_.boxes.size() - 1;
        const auto [found, is_new] =
            column_of.try_emplace(index_.task(task).chain.value, view_.columns.size());
        if (is_new) view_.columns.emplace_back();
        std::vector<std::size_t>& column = view_.columns[found->second];
        column.push_back(position);
        view_.max_column = std::max(view_.max_column, column.size());
    }

    void own(TaskId task) {
        StorageBox box;
        box.above_all = index_.task(task).is_main;
        box.title = task_label(log_, index_, task);
        box.owner = task;
        box.ended = !lives(task);
        if (view_.storage == Storage::context_chainmap)
            add(std::move(box), [&](VariableId variable) { return state_.own_layer(task, variable); });
        else
            add(std::move(box), cell_of(task));
    }

    /// Adds the box of code outside tasks, which has a context too, if something was written to it.
    void outside() {
        if (view_.storage != Storage::contextvar) return;
        bool written = false;
        for (std::uint32_t number = 1; number <= state_.variables(); ++number)
            written = written || state_.cell(view_.storage, TaskId{}, VariableId{number});
        if (!written) return;
        StorageBox box;
        box.kind = StorageBox::Kind::outside;
        box.above_all = true;
        box.title = "outside of tasks";
        add(std::move(box), cell_of(TaskId{}));
    }

    /// Finds each task's box, and the boxes that belong to no chain.
    void find_places() {
        for (std::size_t position = 0; position < view_.boxes.size(); ++position) {
            const StorageBox& box = view_.boxes[position];
            if (box.above_all) view_.above_all.push_back(position);
            if (box.kind == StorageBox::Kind::own || box.kind == StorageBox::Kind::outside)
                view_.positions.emplace_back(box.owner, position);
            for (const TaskId user : box.users) view_.positions.emplace_back(user, position);
        }
        std::ranges::sort(view_.positions);
    }

    void find_lit() {
        const auto is_lit = [&](std::optional<std::size_t> position) {
            return position && (view_.boxes[*position].read() == Highlight::now ||
                                view_.boxes[*position].written() == Highlight::now);
        };
        for (const auto position : {written_, read_}) {
            if (is_lit(position)) view_.highlight.push_back(*position);
        }
        std::ranges::sort(view_.highlight);
        view_.highlight.erase(std::unique(view_.highlight.begin(), view_.highlight.end()),
                              view_.highlight.end());
        for (std::size_t each = 0; each < view_.columns.size() && !view_.lit_column; ++each) {
            const bool has = std::ranges::any_of(view_.highlight, [&](std::size_t position) {
                return std::ranges::binary_search(view_.columns[each], position);
            });
            if (has) view_.lit_column = each;
        }
    }

    [[nodiscard]] static StoredValue* value_in(StorageBox& box, VariableId variable) {
        const auto found = std::ranges::find(box.values, variable, &StoredValue::variable);
        return found == box.values.end() ? nullptr : &*found;
    }

    void light_write() {
        const EventIndex write = accesses_.written();
        if (!write) return;
        const trace::Event& event = log_[write];
        const auto box = written_ = view_.box_of(event.task());
        if (!box) return;
        if (StoredValue* const value = value_in(view_.boxes[*box], event.variable()))
            value->written = strongest(value->written, accesses_.highlight(write));
    }

    /// Marks the last read, unless it was answered by another storage.
    void light_read() {
        const EventIndex read = accesses_.read();
        if (!read || index_.storage_at(read, log_[read].variable()) != view_.storage) return;
        const trace::Event& event = log_[read];
        const VariableId variable = event.variable();
        auto box = view_.box_for_read(event.task(), variable);
        if (!box) box = view_.box_of(event.task());
        read_ = box;
        StoredValue* const value = box ? value_in(view_.boxes[*box], variable) : nullptr;
        if (!value) return;
        // A task that a callback made has a context that the state does not follow: what it saw was there,
        // unless a write has been taken back since.
        if (!value->writer && accesses_.written() < read) fill(*value, EventIndex{event.a});
        value->read = strongest(value->read, accesses_.highlight(read));
    }

    const trace::Log& log_;
    const trace::Index& index_;
    const trace::State& state_;
    RecentAccesses accesses_;
    std::optional<std::size_t> written_;  // the boxes of the last write and of the last read
    std::optional<std::size_t> read_;
    StorageView view_;
};

bool has_value(const StorageBox& box, VariableId variable) {
    return variable && variable.value <= box.values.size() && box.values[variable.value - 1].writer;
}

}  // namespace

Highlight StorageBox::read() const {
    Highlight highlight = Highlight::no;
    for (const StoredValue& value : values) highlight = strongest(highlight, value.read);
    return highlight;
}

Highlight StorageBox::written() const {
    Highlight highlight = Highlight::no;
    for (const StoredValue& value : values) highlight = strongest(highlight, value.written);
    return highlight;
}

std::optional<std::size_t> StorageView::box_of(TaskId task) const {
    if (!boxes.empty() && boxes.front().kind == StorageBox::Kind::global) return 0;
    const auto found =
        std::ranges::lower_bound(positions, task, {}, [](const auto& each) { return each.first; });
    return found == positions.end() || found->first != task ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> StorageView::origin_of(std::size_t box) const {
    const auto arrow = std::ranges::lower_bound(arrows, box, {}, &StorageArrow::to);  // at most one per box
    return arrow == arrows.end() || arrow->to != box ? std::nullopt : std::optional(arrow->from);
}

std::optional<std::size_t> StorageView::box_for_read(TaskId task, VariableId variable) const {
    auto box = box_of(task);
    if (storage == Storage::context_chainmap) {
        while (box && !has_value(boxes[*box], variable)) box = origin_of(*box);
    }
    return box && has_value(boxes[*box], variable) ? box : std::nullopt;
}

StorageView view_storage(const trace::Log& log, const trace::Index& index, const trace::State& state,
                         EventIndex cursor) {
    return Builder(log, index, state, cursor).build();
}

std::string_view arrow_phrase(Storage storage) {
    if (storage == Storage::argument) return "passed";
    return storage == Storage::context_chainmap ? "read through" : "copied";
}

}  // namespace loopscope::explain
