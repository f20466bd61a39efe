// Contexts, tokens, and callbacks that are equal: a part of Interpreter.

#include <functional>

#include <fmt/format.h>

#include "tests/conformance/interpreter.hpp"

namespace loopscope::conformance {

using task::Coro;
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
