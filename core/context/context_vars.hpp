// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/either_ref.hpp"
#include "core/context/bindings.hpp"

namespace loopscope::context {

/// A PEP 567 context, as `contextvars.copy_context()` returns one. An object with an identity, so that tasks
/// and callbacks that are given the same context see each other's writes.
class Context : public RefCounted<Context> {
  public:
    Context() = default;
    explicit Context(Bindings bindings) : bindings_(std::move(bindings)) {}

    [[nodiscard]] const Cell& get(VariableId variable) const { return bindings_.get(variable); }
    void set(VariableId variable, Cell cell) { bindings_.set(variable, cell); }
    Cell exchange(VariableId variable, Cell cell) { return bindings_.exchange(variable, cell); }
    [[nodiscard]] const Bindings& bindings() const { return bindings_; }

  private:
    Bindings bindings_;
};

/// The context that a task or callback runs in.
///
/// A copied context starts as a mere snapshot of bindings. It becomes an object of its own when something is
/// written to it or when it is asked for by identity; a program cannot tell the difference, and most tasks
/// never write.
class ContextVars {
  public:
    ContextVars() = default;
    /// Makes a task or callback run in `context` itself, as `create_task(…, context=context)` does.
    explicit ContextVars(const Ref<Context>& context) : context_(Either::of_first(context.get())) {}

    /// Returns a copy of this context, as a new task or a callback of `call_soon` gets. O(1).
    [[nodiscard]] ContextVars copy() const {
        return ContextVars(own() ? Either::of_second(own()->bindings().array()) : context_);
    }

    [[nodiscard]] const Cell& get(VariableId variable) const {
        return own() ? own()->get(variable) : Bindings::get(context_.second(), variable);
    }
    void set(VariableId variable, Cell cell) {
        if (!own()) [[unlikely]]
            make_own();
        own()->set(variable, cell);
    }

    /// Sets a variable's cell as set() does. Returns what it was before.
    Cell exchange(VariableId variable, Cell cell) {
        if (!own()) [[unlikely]]
            make_own();
        return own()->exchange(variable, cell);
    }

    /// Returns whether this is `context` itself, and no copy.
    [[nodiscard]] bool is(const Context& context) const { return own() == &context; }
    /// Returns the context as an object; the same one every time.
    Ref<Context> context() {
        if (!own()) [[unlikely]]
            make_own();
        return Ref(own());
    }

  private:
    using Either = EitherRef<Context, Bindings::Array>;

    explicit ContextVars(Either context) : context_(std::move(context)) {}
    [[nodiscard]] Context* own() const { return context_.first(); }
    void make_own();

    Either context_;  // the context itself, or the bindings of which it is a copy
};

}  // namespace loopscope::context
