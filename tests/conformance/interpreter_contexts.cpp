// Who is who, contexts, tokens, callbacks that are equal, and the end: a part of Interpreter.

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "core/task/runner.hpp"
#include "tests/conformance/interpreter.hpp"

namespace loopscope::conformance {

using task::Coro;
using task::FutureCore;
using task::Task;

namespace {

/// A callback that is equal to others with the same text.
struct Telling {
    std::function<void(std::string_view)> tell;
    const std::string* text;

    void operator()() const { tell(*text); }
    [[nodiscard]] const void* address() const { return text; }
};

}  // namespace

void Interpreter::close() {
    task::Closing closing(loop_);
    std::string_view how = "ok";
    while (const Ref<FutureCore> stage = closing.next()) {
        loop_.go_on();
        task::stop_when_done(*stage);
        if (loop_.run() == loop::Progress::deadlock) {
            how = "deadlock";
            break;
        }
    }
    lines_ += fmt::format("closed {} {}\n", loop_.time().count(), how);
}

Coro<> Interpreter::cancel_with(const Operation& operation) {
    if (const Task<>* const task = find(operation.name())) {
        const bool accepted = task->cancel(operation.words[1]);
        print(fmt::format("cancel {} {}", operation.name(), accepted));
    }
    co_return;
}

Coro<> Interpreter::uncancel(const Operation&) {
    print(fmt::format("requests {}", task::current_task().uncancel()));
    co_return;
}

Coro<> Interpreter::rename(const Operation& operation) {
    task::current_task().set_name(operation.name());
    co_return;
}

Coro<> Interpreter::spawn_unnamed(const Operation& operation) {
    name_task(task::create_task(run_coroutine(operation.name())), operation.words[1]);
    co_return;
}

Coro<> Interpreter::all_tasks(const Operation&) {
    std::vector<std::string> names;
    for (const task::AnyTask& task : task::all_tasks()) names.push_back(task.get_name());
    std::ranges::sort(names);
    print(fmt::format("tasks {}", fmt::join(names, " ")));
    co_return;
}

Coro<> Interpreter::keep_context(const Operation& operation) {
    contexts_.insert_or_assign(operation.name(), task::current_task().get_context());
    co_return;
}

Coro<> Interpreter::copy_context(const Operation& operation) {
    contexts_.insert_or_assign(operation.name(), task::copy_context());
    co_return;
}

Coro<> Interpreter::spawn_in(const Operation& operation) {
    const auto found = contexts_.find(operation.words[2]);
    if (found == contexts_.end()) co_return;
    const Ref<context::Context> context = found->second;
    name_task(
        task::create_task(run_coroutine(operation.name()), {.name = operation.words[1], .context = context}),
        operation.words[1]);
}

Coro<> Interpreter::set_in(const Operation& operation) {
    const auto found = contexts_.find(operation.name());
    if (found == contexts_.end()) co_return;
    task::run_in(found->second, [&] { symbol_.set(operation.words[1]); });
}

Coro<> Interpreter::show_in(const Operation& operation) {
    const auto found = contexts_.find(operation.name());
    if (found == contexts_.end()) co_return;
    task::run_in(found->second, [&] { show(); });
}

Coro<> Interpreter::look_in(const Operation& operation) {
    const auto found = contexts_.find(operation.name());
    if (found == contexts_.end()) co_return;
    print(fmt::format("sees {}", sink_.strings()[symbol_.get_in(found->second, "-").text]));
}

Coro<> Interpreter::token_set(const Operation& operation) {
    task::Token token = symbol_.set(operation.words[1]);
    tokens_.erase(operation.name());
    tokens_.emplace(operation.name(), std::move(token));
    co_return;
}

Coro<> Interpreter::token_reset(const Operation& operation) {
    const auto found = tokens_.find(operation.name());
    if (found != tokens_.end()) symbol_.reset(found->second);
    co_return;
}

Coro<> Interpreter::callback_add(const Operation& operation) {
    if (const Task<>* const task = find(operation.name())) {
        const std::string& text = *callback_texts_.insert(operation.words[1]).first;
        task->add_done_callback(Telling{[this](std::string_view told) { tell_callback(told); }, &text});
    }
    co_return;
}

Coro<> Interpreter::callback_remove(const Operation& operation) {
    if (const Task<>* const task = find(operation.name())) {
        const std::string& text = *callback_texts_.insert(operation.words[1]).first;
        const std::size_t removed = task->core().remove_done_callback(task::EqualTo(&text));
        print(fmt::format("removed {}", removed));
    }
    co_return;
}

void Interpreter::tell_callback(std::string_view text) {
    print(fmt::format("callback {}", text));
    show();
}

}  // namespace loopscope::conformance
