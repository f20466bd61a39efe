// SPDX-License-Identifier: MIT
#include "core/explain/loop_view.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace loopscope::explain {
namespace {

using trace::ReadyHandle;
using trace::RunningTimer;
using trace::TaskStatus;

CardId id_of(const ReadyHandle& handle) {
    if (handle.is_step) return {CardId::Kind::task, handle.task.value};
    if (handle.timer) return {CardId::Kind::timer, handle.timer.value};
    return {CardId::Kind::callback, handle.cause.value};
}

LoopCard card_of(const ReadyHandle& handle) {
    return {id_of(handle), handle, std::nullopt};
}

LoopCard card_of(const RunningTimer& timer) {
    ReadyHandle handle;
    handle.task = timer.task;
    handle.callback = timer.callback;
    handle.name = timer.name;
    handle.timer = timer.id;
    handle.cause = timer.start;
    return {id_of(handle), handle, timer.deadline};
}

void add_due(const trace::State& state, std::size_t first, LoopView& view) {
    const std::vector<RunningTimer> timers = state.running_timers().by_deadline(first + LoopView::max_cards);
    if (timers.empty()) return;
    view.due_at = timers.front().deadline;
    view.due_now = view.due_at <= state.time();
    const Time until = view.due_now ? state.time() : view.due_at;
    view.all_due = state.running_timers().due_by(until);
    view.first.due = std::min(first, view.all_due);
    const std::size_t end = std::min(timers.size(), view.all_due);
    for (std::size_t index = view.first.due; index < end; ++index) view.due.push_back(card_of(timers[index]));
}

void add_ready(const trace::State& state, std::size_t first, LoopView& view) {
    const auto& ready = state.ready();
    view.all_ready = ready.size();
    view.first.ready = std::min<std::size_t>(first, ready.size());
    const std::size_t end = view.first.ready + std::min(ready.size() - view.first.ready, LoopView::max_cards);
    for (std::size_t index = view.first.ready; index < end; ++index)
        view.ready.push_back(card_of(ready[index]));
    view.snapshot = std::min<std::size_t>(state.left_in_iteration(), ready.size());
}

void add_waits(const trace::State& state, std::size_t first, LoopView& view) {
    std::vector<std::pair<Time, TaskId>> waits;  // Time::max() for those that wait without a deadline
    for (std::uint32_t number = 1; number <= state.tasks().size(); ++number) {
        const TaskStatus& task = state.task(TaskId{number});
        if (task.phase != TaskStatus::Phase::waiting) continue;
        std::optional<Time> deadline;
        if (task.wait == trace::Wait::sleep)
            deadline = state.running_timers().deadline_of(TimerId{task.wait_for});
        waits.emplace_back(deadline.value_or(Time::max()), TaskId{number});
    }
    view.all_waits = waits.size();
    view.first.waits = std::min(first, waits.size());
    const std::size_t shown = std::min(waits.size() - view.first.waits, LoopView::max_cards);
    // What is neither before them nor among them is not sorted.
    const auto begin = waits.begin() + static_cast<std::ptrdiff_t>(view.first.waits);
    const auto end = begin + static_cast<std::ptrdiff_t>(shown);
    if (begin != waits.end()) std::ranges::nth_element(waits, begin);
    std::ranges::partial_sort(begin, end, waits.end());
    for (const auto& [deadline, task] : std::span(waits).subspan(view.first.waits, shown)) {
        ReadyHandle handle;
        handle.task = task;
        handle.is_step = true;
        view.waits.push_back(card_of(handle));
        if (deadline != Time::max()) view.waits.back().deadline = deadline;
    }
}

}  // namespace

LoopView loop_view(const trace::State& state, const LoopPlaces& first) {
    LoopView view;
    add_due(state, first.due, view);
    add_ready(state, first.ready, view);
    if (const auto& handle = state.handle()) view.runs = card_of(*handle);
    view.over = state.handle_over();
    add_waits(state, first.waits, view);
    return view;
}

}  // namespace loopscope::explain
