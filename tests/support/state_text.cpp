#include "tests/support/state_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/trace/text.hpp"

namespace loopscope {
namespace {

using trace::Storage;

constexpr Storage cells_of_tasks[] = {Storage::argument, Storage::context_shared, Storage::context_copy,
                                      Storage::context_chainmap, Storage::contextvar};

std::string timer_line(TimerId id, Time deadline, trace::Callback callback, TaskId task) {
    return fmt::format("timer {} at {} ns: {} for {}\n", id.value, deadline.count(), name(callback),
                       task.value);
}

std::string callback_line(trace::Callback callback, TaskId task, StringId name_of_it) {
    return fmt::format("ready: {} '{}' for {}\n", name(callback), name_of_it.value, task.value);
}

std::string header(std::uint32_t iteration, std::size_t left, Storage storage) {
    return fmt::format("iteration {}, {} left, reads {}\n", iteration, left, name(storage));
}

std::string task_line(TaskId task, bool must_cancel) {
    return fmt::format("task {}{}\n", task.value, must_cancel ? " is to be cancelled" : "");
}

std::string cell_line(Storage storage, EventIndex writer) {
    return fmt::format("    {} #{}\n", name(storage), writer.value);
}

}  // namespace

std::string text_of(const trace::State& state) {
    std::string text =
        fmt::format("{} events, {} ns, iteration {}, {} left, reads {}, ending {}\n", state.size(),
                    state.time().count(), state.iteration(), state.left_in_iteration(), name(state.storage()),
                    state.ending() ? name(*state.ending()) : "none");
    const auto handle = [&](std::string_view what, const trace::ReadyHandle& each) {
        text += fmt::format("{}: task {} step {} callback {} name {} timer {} cause {}\n", what,
                            each.task.value, each.is_step, name(each.callback), each.name.value,
                            each.timer.value, each.cause.value);
    };
    for (const trace::ReadyHandle& each : state.ready()) handle("ready", each);
    if (state.handle()) handle("handle", *state.handle());
    text += fmt::format("over {}, running {}\n", state.handle_over(), state.running().value);
    for (const trace::RunningTimer& each : state.timers()) {
        text += fmt::format("{} started at {}, name {}\n",
                            timer_line(each.id, each.deadline, each.callback, each.task), each.start.value,
                            each.name.value);
    }
    for (std::uint32_t number = 0; number <= state.tasks().size(); ++number) {
        const TaskId task{number};
        if (task) {
            const trace::TaskStatus& each = state.task(task);
            text += fmt::format(
                "task {}: phase {} wait {} outcome {} must_cancel {} for {} since {} line {} dict {} parent "
                "{}\n",
                number, static_cast<int>(each.phase), name(each.wait), name(each.outcome), each.must_cancel,
                each.wait_for, each.since.value, each.line, each.dict_owner.value, each.parent.value);
        }
        for (std::uint32_t variable = 1; variable <= state.variables(); ++variable) {
            for (const Storage storage : trace::all_storages)
                text += cell_line(storage, state.cell(storage, task, VariableId{variable}));
            text += fmt::format("    own layer #{}\n", state.own_layer(task, VariableId{variable}).value);
        }
    }
    return text;
}

std::string loop_text(const trace::State& state) {
    std::string text = header(state.iteration(), state.left_in_iteration(), state.storage());
    for (const trace::ReadyHandle& each : state.ready()) {
        if (each.is_step)
            text += fmt::format("ready: step of {}\n", each.task.value);
        else if (each.timer)
            text += fmt::format("ready: timer {}\n", each.timer.value);
        else
            text += callback_line(each.callback, each.task, each.name);
    }
    for (const trace::RunningTimer& each : state.timers())
        text += timer_line(each.id, each.deadline, each.callback, each.task);
    for (std::uint32_t number = 1; number <= state.tasks().size(); ++number) {
        const TaskId task{number};
        if (state.task(task).phase == trace::TaskStatus::Phase::ended) continue;
        text += task_line(task, state.task(task).must_cancel);
        for (std::uint32_t variable = 1; variable <= state.variables(); ++variable) {
            for (const Storage storage : cells_of_tasks)
                text += cell_line(storage, state.cell(storage, task, VariableId{variable}));
        }
    }
    return text;
}

std::string loop_text(const scenario::Run& run) {
    const loop::EventLoop& loop = run.loop();
    std::string text = header(loop.iteration(), loop.left_in_iteration(), run.storage());
    for (std::size_t index = 0; index < loop.ready().size(); ++index) {
        const loop::Handle handle = loop.ready().peek(index);
        switch (handle.kind()) {
            case loop::Handle::Kind::step:
                text += fmt::format("ready: step of {}\n", handle.task().id().value);
                break;
            case loop::Handle::Kind::timer:
                text += fmt::format("ready: timer {}\n", loop.timers()[handle.timer_slot()].id.value);
                break;
            case loop::Handle::Kind::call:
                text += callback_line(handle.target().callback(), handle.target().serves(),
                                      handle.target().name());
                break;
        }
    }
    std::vector<std::pair<std::pair<Time, TimerId>, std::string>> timers;
    loop.timers().for_each([&](Time deadline, const loop::TimerHeap::Timer& timer) {
        timers.push_back({{deadline, timer.id},
                          timer_line(timer.id, deadline, timer.target->callback(), timer.target->serves())});
    });
    std::ranges::sort(timers);
    for (const auto& [when, line] : timers) text += line;
    std::vector<loop::Steppable*> tasks = loop.unfinished();
    std::ranges::sort(tasks, {}, [](const loop::Steppable* task) { return task->id(); });
    for (const loop::Steppable* task : tasks) {
        text += task_line(task->id(), task->must_cancel);
        for (std::uint32_t number = 1; number <= run.storages().variables(); ++number) {
            const VariableId variable{number};
            const context::TaskDicts& dicts = task->context.dicts;
            const context::Storages& all = run.storages();
            text += cell_line(Storage::argument, all.now(Storage::argument, dicts.argument(variable)).writer);
            text += cell_line(Storage::context_shared, dicts.shared(variable).writer);
            text += cell_line(Storage::context_copy, dicts.copied(variable).writer);
            text += cell_line(Storage::context_chainmap, dicts.chained(variable).writer);
            const context::Cell& in_context = task->context.vars.get(variable);
            text += cell_line(Storage::contextvar, all.now(Storage::contextvar, in_context).writer);
        }
    }
    return text;
}

}  // namespace loopscope
