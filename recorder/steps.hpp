// SPDX-License-Identifier: MIT
// The steps of tasks: what begins, resumes, suspends and ends, as records. A task may be resumed by any thread, at any time.
//
// Steps do not nest in a trace. So where a task resumes another one within its own step, as a completed operation resumes a coroutine, its
// step ends there, waiting for what it has resumed, and the next one begins once that has suspended.
#pragma once

#include <exception>
#include <string>
#include <typeinfo>

#include <cxxabi.h>

#include "variable.hpp"

namespace loopscope::recorder {

/// What a task waits for: a value of Wait in core/trace/kinds.def, and what that names.
struct Waiting {
    std::uint32_t kind = wait_future;
    std::uint32_t task = 0;          ///< for wait_task
    std::string_view object = {};    ///< for the others: what their object is called
    Source where = {};
};

/// How a task has ended.
struct Ended {
    std::uint32_t how = SPOOL_RAN_RESULT;
    std::string type = {};     ///< of the exception
    std::string message = {};
};

/// Returns a name of the compiler's as people write it.
inline std::string demangled(const char* name) {
    int failed = 0;
    char* const text = abi::__cxa_demangle(name, nullptr, nullptr, &failed);
    std::string result = failed == 0 ? text : name;
    std::free(text);
    return result;
}

/// Returns how a task ends by the exception that is being handled.
inline Ended ended_by_exception() {
    const std::type_info* const type = abi::__cxa_current_exception_type();
    Ended ended{SPOOL_RAN_EXCEPTION, type != nullptr ? demangled(type->name()) : "an exception", {}};
    try {
        throw;
    } catch (const std::exception& error) {
        ended.message = error.what();
    } catch (...) {
    }
    return ended;
}

/// Returns a function's name without what compilers say of namespaces that have none.
inline std::string without_unnamed(std::string_view name) {
    std::string text(name);
    for (const std::string_view unnamed : {"{anonymous}::", "(anonymous namespace)::"})
        for (std::size_t at = text.find(unnamed); at != std::string::npos; at = text.find(unnamed)) text.erase(at, unnamed.size());
    return text;
}

/// The steps of the calling thread.
class Steps {
  public:
    /// Whose child a new task is.
    enum class Parent { running, none };

    /// Tells of a new task, whose first step runs within what runs here, up to where it suspends or ends.
    static void begin(Task& task, Running& running, std::string_view name, Parent parent = Parent::running) {
        inherit(task);
        Process& process = Process::the();
        if (process.records()) {
            if (parent == Parent::none) end_steps_outside();
            Process::Writing writing(process);
            task.number = process.next_task();
            writing.record(SPOOL_TASK, task.number, writing.text(without_unnamed(name)), start_eager);
            writing.record(SPOOL_RUN, task.number);
            task.is_stepped = true;
        }
        push(task, running);
    }

    /// Ends the step that `running` is, for its task will wait.
    static void suspend(Running& running, const Waiting& waiting) {
        if (running.is_told) {
            Process::Writing writing(Process::the());
            if (running.task->is_overtaken) writing.record(SPOOL_RAN, running.task->number, 0, SPOOL_RAN_RESULT);
            else write_suspension(writing, *running.task, waiting);
            running.task->is_stepped = false;
        }
        pop(running);
    }

    /// Returns whether another thread still runs the step of a task in which it was told what the task will wait for: that step will end the task.
    static bool overtakes(Task& task) {
        const std::lock_guard lock(Process::the().mutex());
        task.is_overtaken = task.is_stepped;
        return task.is_overtaken;
    }

    /// Begins a step of a task that waits. In a program that is stepped, stands before it.
    static void resume(Task& task, Running& running) {
        if (task.number != 0 && Process::the().records()) {
            const bool is_woken = here.running != nullptr && here.running->is_told;
            if (is_woken) {
                Process::Writing(Process::the()).record(SPOOL_WAKE, task.number);  // by the task whose step this is
                end_steps_outside();
            }
            Process::the().gate().pass();
            Process::Writing writing(Process::the());
            if (!is_woken) writing.record(SPOOL_WAKE, task.number);
            writing.record(SPOOL_RUN, task.number);
            task.is_stepped = true;
        }
        push(task, running);
    }

    /// Ends the step that `running` is, and its task.
    static void finish(Running& running, const Ended& ended) {
        if (running.is_told) {
            Process::Writing writing(Process::the());
            const std::uint32_t type = ended.type.empty() ? 0 : writing.text(ended.type);
            writing.record(SPOOL_RAN, running.task->number, type, ended.how);
            if (!ended.message.empty()) writing.record(SPOOL_MESSAGE, 0, writing.text(ended.message));
        }
        running.task->context.reset();
        pop(running);
    }

  private:
    static void push(Task& task, Running& running) {
        running = {here.running, &task, task.number != 0 && Process::the().records()};
        here.running = &running;
        for (std::uint32_t& each : here.texts_read) each = 0;
    }

    /// Takes a step off. The task in whose step it stood goes on.
    static void pop(Running& running) {
        const bool was_told = running.is_told;
        here.running = running.outer;
        if (was_told) Process::the().gate().leave();
        Running* const outer = running.outer;
        if (outer == nullptr || outer->is_told || outer->task->number == 0 || !Process::the().records()) return;
        Process::the().gate().pass();
        Process::Writing writing(Process::the());
        writing.record(SPOOL_WAKE, outer->task->number);
        writing.record(SPOOL_RUN, outer->task->number);
        outer->is_told = true;
    }

    static void write_suspension(Process::Writing& writing, const Task& task, const Waiting& waiting) {
        const std::uint32_t subject = waiting.kind == wait_task ? waiting.task : writing.object(waiting.object);
        writing.record(SPOOL_WAIT, subject, waiting.kind);
        const std::uint32_t line = writing.line(waiting.where);
        writing.record(SPOOL_RAN, task.number, 0, line << 8 | SPOOL_RAN_WAITS);
    }

    /// Ends the steps that are under way here, from the innermost on.
    static void end_steps_outside() {
        for (Running* each = here.running; each != nullptr; each = each->outer) {
            if (!each->is_told) continue;
            {
                Process::Writing writing(Process::the());
                write_suspension(writing, *each->task, {.object = "what it resumes"});
            }
            each->is_told = false;
            Process::the().gate().leave();
        }
    }
};

}  // namespace loopscope::recorder
