// SPDX-License-Identifier: MIT
#include "core/explain/words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"

namespace loopscope::explain {
namespace {

bool known(const trace::Index& index, TaskId task) {
    return task && task.value <= index.tasks().size();
}

}  // namespace

std::string_view chain_symbol(const trace::Log& log, const trace::Index& index, TaskId task) {
    if (!known(index, task)) return {};
    return log.strings()[index.symbol_of(log, index.task(task).chain)];
}

std::string TaskName::whole() const {
    return excerpt(text) + symbol_part() + number_part();
}

std::string TaskName::symbol_part() const {
    return symbol.empty() ? std::string() : fmt::format("({})", excerpt(symbol));
}

std::string TaskName::number_part() const {
    return number == 0 ? std::string() : fmt::format(" {}", number);
}

std::string count_text(std::size_t count) {
    std::string text = std::to_string(count);
    for (std::size_t end = text.size(); end > 3; end -= 3) text.insert(end - 3, ",");
    return text;
}

std::string value_text(double value, int digits) {
    const double size = std::abs(value);
    if (!(size < 1e15) || (size < 1e-4 && size > 0)) return fmt::format("{:.{}g}", value, digits);
    const int before = size < 1 ? 1 : static_cast<int>(std::log10(size)) + 1;
    std::string text = fmt::format("{:.{}f}", value, std::max(digits - before, 0));
    std::size_t point = text.find('.');
    if (point != std::string::npos) {
        text.erase(std::max(text.find_last_not_of('0') + 1, point));
        if (text.back() == '.') text.pop_back();
    }
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    for (std::size_t end = std::min(point, text.size()); end > first + 3; end -= 3) text.insert(end - 3, ",");
    return text == "-0" ? "0" : text;
}

std::string_view coroutine_name(const trace::Log& log, const trace::Index& index, StringId coroutine) {
    const std::string_view text = log.strings()[coroutine];
    return text.substr(std::min(index.task_names().useful_end(coroutine), text.size()));
}

TaskName task_name(const trace::Log& log, const trace::Index& index, TaskId task) {
    if (!known(index, task)) return {};
    const trace::TaskInfo& info = index.task(task);
    const StringId name = info.name ? info.name : info.coroutine;
    const StringId symbol = index.symbol_of(log, info.chain);
    return {info.name ? log.strings()[name] : coroutine_name(log, index, name), log.strings()[symbol],
            index.task_names().namesakes().count(name, symbol) > 1 ? info.number : 0};
}

std::string task_label(const trace::Log& log, const trace::Index& index, TaskId task) {
    if (!task) return "code outside of tasks";
    return known(index, task) ? task_name(log, index, task).whole() : fmt::format("task {}", task.value);
}

std::string_view thread_name(const trace::Log& log, const trace::Index& index, std::uint32_t thread) {
    const auto& threads = index.threads();
    if (threads.size() < 2 || thread == 0 || thread > threads.size()) return {};
    return log.strings()[threads[thread - 1]];
}

std::string_view wait_phrase(trace::Wait wait) {
    using trace::Wait;
    switch (wait) {
        case Wait::yield: return "its next turn";
        case Wait::sleep: return "a timer";
        case Wait::task: return "a task";
        case Wait::future: return "a future";
        case Wait::gather: return "all that it gathered";
        case Wait::wait: return "the tasks of a wait()";
        case Wait::shield: return "a shielded future";
        case Wait::task_group: return "the children of its group";
        case Wait::lock: return "a lock";
        case Wait::semaphore: return "a semaphore";
        case Wait::event: return "an event";
        case Wait::condition: return "a condition";
        case Wait::queue_get: return "an item of a queue";
        case Wait::queue_put: return "room in a queue";
        case Wait::queue_join: return "all items of a queue to be done";
        case Wait::socket: return "a socket";
        case Wait::executor: return "a job of an executor";
        case Wait::process: return "a process to end";
    }
    return "what only a newer Loopscope knows";
}

std::string_view done_phrase(trace::Wait wait) {
    using trace::Wait;
    switch (wait) {
        case Wait::yield: return "it had yielded";
        case Wait::sleep: return "its timer fired";
        case Wait::task: return "the task that it waited for has ended";
        case Wait::future: return "the future that it waited for is done";
        case Wait::gather: return "all that it gathered is done";
        case Wait::wait: return "what it waited for in a wait() is done";
        case Wait::shield: return "the shielded future is done";
        case Wait::task_group: return "the children of its group have ended";
        case Wait::lock: return "the lock is its own now";
        case Wait::semaphore: return "the semaphore let it in";
        case Wait::event: return "the event was set";
        case Wait::condition: return "the condition was notified";
        case Wait::queue_get: return "there was an item in the queue";
        case Wait::queue_put: return "there was room in the queue";
        case Wait::queue_join: return "all items of the queue are done";
        case Wait::socket: return "the socket is ready";
        case Wait::executor: return "the executor's job has ended";
        case Wait::process: return "the process has ended";
    }
    return "what it waited for is done";
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

}  // namespace loopscope::explain
