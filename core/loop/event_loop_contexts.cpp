// SPDX-License-Identifier: MIT
// Contexts: what a new task gets, and code that is called in another one.

#include "core/loop/event_loop_contexts.hpp"

#include <array>
#include <utility>

namespace loopscope::loop {

context::TaskContext EventLoop::inherit() {
    const context::AccessScope here = scope();
    if (dict_factory_ != context::DictFactory::sharing && here.dicts) [[unlikely]] {
        const auto variables = static_cast<std::uint32_t>(storages_.variables());
        return {here.dicts->child(dict_factory_, variables), here.vars->copy()};
    }
    return {here.dicts ? here.dicts->child() : context::TaskDicts{}, here.vars->copy()};
}

void EventLoop::set_task_factory(context::DictFactory factory) {
    constexpr std::array storages = {trace::Storage::context_shared, trace::Storage::context_copy,
                                     trace::Storage::context_chainmap};
    factory_ = nullptr;
    dict_factory_ = factory;
    sink_->emit(trace::Kind::factory, 0, 0, trace::tagged(storages.at(static_cast<std::size_t>(factory))));
}

bool EventLoop::is_entered(const context::Context& context) {
    if (scope().vars->is(context)) return true;
    for (const Outer* outer = outer_; outer; outer = outer->before) {
        if (outer->vars->is(context)) return true;
    }
    return false;
}

EventLoop::Within::Within(EventLoop& loop, const Ref<context::Context>& context)
    : loop_(loop),
      vars_(context),
      callback_vars_(loop.callback_vars_),
      own_vars_(loop.own_vars_),
      outer_{nullptr, loop.outer_} {
    if (loop.is_entered(*context)) throw RuntimeError("cannot enter a context that is already entered");
    outer_.vars = loop.current_ ? &vars_ : loop.scope().vars;
    exchange();
    if (!loop.current_) loop.callback_vars_ = &vars_;
    loop.outer_ = &outer_;
    if (!own_vars_) loop.own_vars_ = outer_.vars;
}

EventLoop::Within::~Within() {
    loop_.outer_ = outer_.before;
    loop_.callback_vars_ = callback_vars_;
    loop_.own_vars_ = own_vars_;
    exchange();
}

/// Exchanges the context that the running task has with the one that it has not.
void EventLoop::Within::exchange() {
    if (loop_.current_) std::swap(loop_.current_->context.vars, vars_);
    loop_.storages_.forget_read();
}

}  // namespace loopscope::loop
