#include "app/session/loop_view.hpp"

#include <algorithm>
#include <unordered_map>

namespace loopscope::session {
namespace {

using trace::ReadyHandle;
using trace::RunningTimer;
using trace::TaskStatus;

CardId id_of(const ReadyHandle& handle) {
    if (handle.is_step) return {CardId::Kind::task, handle.task.value};
    if (handle.timer) return {CardId::Kind::timer, handle.timer.value};
    return {CardId::Kind::callback, handle.cause};
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

void add_waits(const trace::State& state, const std::vector<RunningTimer>& timers, LoopView& view) {
    std::unordered_map<std::uint32_t, Time> deadlines;
    for (const RunningTimer& timer : timers) deadlines.emplace(timer.id.value, timer.deadline);
    for (std::uint32_t number = 1; number <= state.tasks().size(); ++number) {
        const TaskStatus& task = state.task(TaskId{number});
        if (task.phase != TaskStatus::Phase::waiting) continue;
        ReadyHandle handle;
        handle.task = TaskId{number};
        handle.is_step = true;
        LoopCard card = card_of(handle);
        if (task.wait == trace::Wait::sleep) {
            if (const auto found = deadlines.find(task.wait_for); found != deadlines.end())
                card.deadline = found->second;
        }
        view.waits.push_back(card);
    }
    std::ranges::stable_sort(view.waits, {},
                             [](const LoopCard& card) { return card.deadline.value_or(Time::max()); });
}

}  // namespace

LoopView loop_view(const trace::State& state) {
    LoopView view;
    const std::vector<RunningTimer> timers = state.timers();
    if (!timers.empty()) {
        view.due_at = timers.front().deadline;
        view.due_now = view.due_at <= state.time();
        for (const RunningTimer& timer : timers) {
            if (timer.deadline != view.due_at && (!view.due_now || timer.deadline > state.time())) break;
            view.due.push_back(card_of(timer));
        }
    }
    for (const ReadyHandle& handle : state.ready()) view.ready.push_back(card_of(handle));
    view.snapshot = std::min<std::size_t>(state.left_in_iteration(), view.ready.size());
    if (const auto& handle = state.handle()) view.runs = card_of(*handle);
    view.over = state.handle_over();
    add_waits(state, timers, view);
    return view;
}

}  // namespace loopscope::session
