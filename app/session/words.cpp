#include "app/session/words.hpp"

#include <fmt/format.h>

namespace loopscope::session {
namespace {

bool known(const trace::Index& index, TaskId task) {
    return task && task.value <= index.tasks().size();
}

}  // namespace

std::string_view chain_symbol(const trace::Log& log, const trace::Index& index, TaskId task) {
    if (!known(index, task)) return {};
    const EventIndex first = index.task(index.task(task).chain).first_set;
    return first ? log.strings()[StringId{log[first].a}] : std::string_view();
}

std::string_view task_name(const trace::Log& log, const trace::Index& index, TaskId task) {
    if (!known(index, task)) return {};
    const trace::TaskInfo& info = index.task(task);
    return log.strings()[info.name ? info.name : info.coroutine];
}

std::string task_label(const trace::Log& log, const trace::Index& index, TaskId task) {
    if (!known(index, task)) return fmt::format("task {}", task.value);
    const std::string_view symbol = chain_symbol(log, index, task);
    return symbol.empty() ? std::string(task_name(log, index, task))
                          : fmt::format("{}({})", task_name(log, index, task), symbol);
}

std::string_view storage_phrase(trace::Storage storage) {
    using trace::Storage;
    switch (storage) {
        case Storage::argument: return "its argument";
        case Storage::global: return "the global";
        case Storage::thread_local_: return "the thread's cell";
        case Storage::context_shared: return "the dict that it shares with its chain";
        case Storage::context_copy: return "its own copy of the dict";
        case Storage::context_chainmap: return "its chain of dicts";
        case Storage::contextvar: return "its own context";
    }
    return {};
}

}  // namespace loopscope::session
