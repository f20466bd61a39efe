#include "tests/conformance/interpreter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/task/as_completed.hpp"
#include "core/task/gather.hpp"
#include "core/task/runner.hpp"
#include "core/task/shield.hpp"
#include "core/task/sleep.hpp"
#include "core/task/task_group.hpp"
#include "core/task/wait.hpp"
#include "core/task/wait_for.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::conformance {

using task::Coro;
using task::FutureCore;
using task::Task;

namespace {

task::ReturnWhen return_when(std::string_view word) {
    using task::ReturnWhen;
    return word == "FIRST_COMPLETED"   ? ReturnWhen::first_completed
           : word == "FIRST_EXCEPTION" ? ReturnWhen::first_exception
                                       : ReturnWhen::all_completed;
}

}  // namespace

/// In the order of Operation::Kind.
const Interpreter::Perform Interpreter::performers[] = {
    &Interpreter::print,
    &Interpreter::show,
    &Interpreter::set,
    &Interpreter::sleep,
    &Interpreter::spawn,
    &Interpreter::cancel,
    &Interpreter::await,
    &Interpreter::gather,
    &Interpreter::wait_for,
    &Interpreter::shield,
    &Interpreter::timeout,
    &Interpreter::try_,
    &Interpreter::raise,
    &Interpreter::loop,
    &Interpreter::lock,
    &Interpreter::semaphore,
    &Interpreter::event_wait,
    &Interpreter::event_set,
    &Interpreter::event_clear,
    &Interpreter::put,
    &Interpreter::get,
    &Interpreter::task_group,
    &Interpreter::call_soon,
    &Interpreter::call_later,
    &Interpreter::wait,
    &Interpreter::as_completed,
    &Interpreter::barrier,
    &Interpreter::barrier_abort,
    &Interpreter::barrier_reset,
    &Interpreter::bounded,
    &Interpreter::bounded_release,
    &Interpreter::put_least,
    &Interpreter::get_least,
    &Interpreter::put_last,
    &Interpreter::get_last,
    &Interpreter::cancel_with,
    &Interpreter::rename,
    &Interpreter::spawn_unnamed,
    &Interpreter::all_tasks,
    &Interpreter::lock_acquire,
    &Interpreter::lock_release,
    &Interpreter::semaphore_release,
    &Interpreter::keep_context,
    &Interpreter::copy_context,
    &Interpreter::spawn_in,
    &Interpreter::set_in,
    &Interpreter::show_in,
    &Interpreter::look_in,
    &Interpreter::token_set,
    &Interpreter::token_reset,
    &Interpreter::callback_add,
    &Interpreter::callback_remove,
    &Interpreter::generator,
    &Interpreter::generator_next,
    &Interpreter::generator_send,
    &Interpreter::generator_throw,
    &Interpreter::generator_close,
    &Interpreter::generator_drop,
    &Interpreter::results,
    &Interpreter::uncancel,
    &Interpreter::reschedule,
    &Interpreter::condition,
    &Interpreter::condition_wait,
    &Interpreter::condition_notify,
    &Interpreter::shutdown,
    &Interpreter::to_thread,
    &Interpreter::in_executor,
    &Interpreter::job_await,
    &Interpreter::job_wait_for,
    &Interpreter::job_gather,
    &Interpreter::job_cancel,
    &Interpreter::executor_shutdown,
    &Interpreter::shutdown_default_executor,
    &Interpreter::block,
    &Interpreter::call_threadsafe,
};

Interpreter::Interpreter(const Program& program, loop::AsyncioVersion asyncio)
    : program_(program),
      symbol_("symbol", program.initial),
      loop_(sink_, storages_, {program.step_cost, asyncio}) {
    sink_.emit(trace::Kind::begin);
    storages_.select(program.storage);
    loop_.set_eager_tasks(program.eager);
}

std::string Interpreter::run() {
    std::vector<Ref<FutureCore>> roots;
    for (const auto& [coroutine, name] : program_.roots) {
        const Task<> task = task::create_task(loop_, run_coroutine(coroutine), {.name = name});
        name_task(task, name);
        roots.emplace_back(&task.core());
    }
    const task::Future<> main = task::gather(loop_, roots);
    task::stop_when_done(main.core());
    const loop::Progress progress = loop_.run();
    lines_ += fmt::format("end {} {}\n", loop_.time().count(), how_it_ended(progress, main.core()));
    if (program_.closes && progress != loop::Progress::deadlock) close();
    const auto checked = trace::check(sink_);
    if (!checked)
        lines_ += "the loop wrote a trace that its own rules forbid: " + checked.error().message + '\n';
    return lines_;
}

std::string Interpreter::how_it_ended(loop::Progress progress, const FutureCore& main) const {
    if (progress == loop::Progress::deadlock) return "deadlock";
    const std::exception_ptr error = main.error_to_throw();
    return error ? std::string(exception_name(error)) : "ok";
}

void Interpreter::print(std::string_view text) {
    const std::string name = loop_.current() ? task::current_task().get_name() : "-";
    lines_ += fmt::format("{} {} {}\n", loop_.time().count(), name, text);
    const TaskId task = loop_.current() ? loop_.current()->id() : TaskId{};
    sink_.emit(trace::Kind::print, task.value, sink_.intern(fmt::format("{} {}\n", name, text)).value);
}

std::string Interpreter::events() const {
    std::string text;
    for (EventIndex at; at < sink_.end_index(); ++at) text += trace::line_of(sink_, at) + '\n';
    return text;
}

void Interpreter::name_task(const Task<>& task, const std::string& name) {
    tasks_.insert_or_assign(name, task);
}

const Task<>* Interpreter::find(const std::string& name) const {
    const auto found = tasks_.find(name);
    return found == tasks_.end() ? nullptr : &found->second;
}

std::vector<Task<>> Interpreter::find_all(std::span<const std::string> names) const {
    std::vector<Task<>> tasks;
    for (const std::string& name : names) {
        if (const Task<>* const task = find(name)) tasks.push_back(*task);
    }
    return tasks;
}

Coro<> Interpreter::run(const Body& body) {
    for (const Operation& operation : body)
        co_await (this->*performers[static_cast<std::size_t>(operation.kind)])(operation);
}

// Printing and the storage.

Coro<> Interpreter::print(const Operation& operation) {
    print(operation.name());
    co_return;
}

void Interpreter::show() {
    print(sink_.strings()[symbol_.get().text]);
}

Coro<> Interpreter::show(const Operation&) {
    show();
    co_return;
}

Coro<> Interpreter::set(const Operation& operation) {
    symbol_.set(operation.name());
    co_return;
}

// Tasks; a name that is not in the table yet is skipped.

Coro<> Interpreter::spawn(const Operation& operation) {
    name_task(task::create_task(run_coroutine(operation.name()), {.name = operation.words[1]}),
              operation.words[1]);
    co_return;
}

Coro<> Interpreter::cancel(const Operation& operation) {
    if (const Task<>* const task = find(operation.name())) {
        const bool accepted = task->cancel();
        print(fmt::format("cancel {} {}", operation.name(), accepted));
    }
    co_return;
}

Coro<> Interpreter::await(const Operation& operation) {
    if (const Task<>* const found = find(operation.name())) {
        const Task<> task = *found;  // the name may be given to another one meanwhile
        co_await task;
    }
}

Coro<> Interpreter::gather(const Operation& operation) {
    const task::Future<> all = task::gather(loop_, task::cores_of(find_all(operation.words)), operation.flag);
    co_await all;
}

Coro<> Interpreter::wait_for(const Operation& operation) {
    if (const Task<>* const task = find(operation.name())) co_await task::wait_for(*task, operation.ticks());
}

Coro<> Interpreter::shield(const Operation& operation) {
    if (const Task<>* const task = find(operation.name())) {
        const task::Future<> outer = task::shield(*task);
        co_await outer;
    }
}

Coro<> Interpreter::task_group(const Operation& operation) {
    const auto body = [&](task::TaskGroup& group) -> Coro<> {
        for (const auto& [coroutine, name] : operation.children) {
            name_task(group.create_task(run_coroutine(coroutine), {.name = name}), name);
        }
        co_await run(operation.bodies[0]);
    };
    co_await task::task_group(body);
}

Coro<> Interpreter::wait(const Operation& operation) {
    const std::span words(operation.words);
    const task::Waited<Task<>> waited = co_await task::wait(find_all(words.first(words.size() - 1)),
                                                            return_when(words.back()), operation.ticks());
    print(fmt::format("waited {} {}", waited.done.size(), waited.pending.size()));
}

// Those that are done already come in any order on CPython.
Coro<> Interpreter::as_completed(const Operation& operation) {
    std::vector<Task<>> tasks = find_all(operation.words);
    std::erase_if(tasks, [](const Task<>& task) { return task.done(); });
    const task::AsCompleted completed = task::as_completed(tasks, operation.ticks());
    while (const std::optional<Task<>> task = co_await completed.next())
        print("completed " + task->get_name());
}

Coro<> Interpreter::results(const Operation& operation) {
    std::vector<Task<>> tasks = find_all(operation.words);
    std::erase_if(tasks, [](const Task<>& task) { return task.done(); });
    const task::AsCompleted completed = task::as_completed(tasks, operation.ticks());
    for (Coro<> result : completed) {
        co_await std::move(result);
        print("a result");
    }
}

// Time and flow.

Coro<> Interpreter::sleep(const Operation& operation) {
    co_await task::sleep(operation.ticks());
}

Coro<> Interpreter::timeout(const Operation& operation) {
    co_await task::timeout(operation.ticks(), run(operation.bodies[0]));
}

Coro<> Interpreter::reschedule(const Operation& operation) {
    bool expired = false;
    const auto body = [&](task::Timeout& timeout) -> Coro<> {
        co_await run(operation.bodies[0]);
        timeout.reschedule(loop_.time() + Duration(operation.other_number));
        co_await run(operation.bodies[1]);
        expired = timeout.expired();
    };
    co_await task::timeout(operation.ticks(), body);
    print(fmt::format("expired {}", expired));
}

Coro<> Interpreter::call_soon(const Operation& operation) {
    task::call_soon([&] { print(operation.name()); }, {.name = operation.name()});
    co_return;
}

Coro<> Interpreter::call_later(const Operation& operation) {
    task::call_later(operation.ticks(), [&] { print(operation.name()); }, {.name = operation.name()});
    co_return;
}

Coro<> Interpreter::loop(const Operation& operation) {
    for (std::int64_t round = 0; round < operation.number; ++round) co_await run(operation.bodies[0]);
}

Coro<> Interpreter::raise(const Operation& operation) {
    if (operation.name() == "ValueError") throw ValueError();
    throw RuntimeError();
    co_return;
}

Coro<> Interpreter::try_(const Operation& operation) {
    std::exception_ptr error;
    try {
        co_await run(operation.bodies[0]);
    } catch (...) {
        error = std::current_exception();
    }
    if (error) {
        const CancelledError* const cancelled = as_cancelled_error(error);
        const std::string_view said = cancelled ? cancelled->what() : "";
        print(fmt::format("caught {}{}{}", exception_name(error), said.empty() ? "" : " ", said));
        error = nullptr;
        try {
            co_await run(operation.bodies[1]);
        } catch (...) {
            error = std::current_exception();
        }
    }
    co_await run(operation.bodies[2]);
    if (error) std::rethrow_exception(error);
}

}  // namespace loopscope::conformance
