// SPDX-License-Identifier: MIT
#include "core/explain/facts.hpp"

#include <fmt/format.h>

namespace loopscope::explain {

using namespace trace;

std::string Facts::actor(EventIndex event) const {
    const std::optional<HandleIndex> handle = index.handle_at(event);
    if (!handle || event > index.last_event(*handle)) return "the program";
    const Event& first = log[index.handles().first(*handle)];
    if (first.kind() == Kind::step) return label(first.task());
    if (first.kind() == Kind::job) return job_phrase(first);
    switch (first.tag<Callback>()) {
        case Callback::task_group: return "a task group";
        case Callback::timeout: return "a timeout";
        case Callback::sleep:
        case Callback::gather:
        case Callback::wait:
        case Callback::shield:
        case Callback::stop: return fmt::format("a {}", name(first.tag<Callback>()));
        case Callback::io:
        case Callback::signal:
        case Callback::user: break;
    }
    return first.a ? fmt::format("the callback {}", text(first.a)) : "a callback";
}

std::string Facts::job_phrase(const Event& job) const {
    return job.a ? fmt::format("the job {}", text(job.a)) : "a job of an executor";
}

EventIndex Facts::cancel_of(EventIndex step) const {
    const TaskId task = log[step].task();
    const TaskInfo& info = index.task(task);
    const std::uint32_t number = index.steps_before(task, step);
    // A request takes effect at the task's next step, or at the step after the suspension that follows.
    const EventIndex since = number == 0 ? info.spawn : index.handles().first(info.steps[number - 1]);
    const EventIndex cancel = index.last_cancel(task, step);
    return cancel > since ? cancel : EventIndex{};
}

std::string Facts::variable(VariableId variable) const {
    const auto& variables = index.variables();
    if (!variable || variable.value > variables.size()) return {};
    return text(log[variables[variable.value - 1]].a);
}

}  // namespace loopscope::explain
