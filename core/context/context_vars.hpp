#pragma once

#include "core/context/bindings.hpp"

namespace loopscope::context {

/// A PEP 567 context: what `contextvars.copy_context()` gives. An object with an identity, so that tasks and
/// callbacks which are given the same one see each other's writes.
class Context : public RefCounted<Context> {
  public:
    Context() = default;
    explicit Context(Bindings bindings) : bindings_(std::move(bindings)) {}

    [[nodiscard]] Cell get(VariableId variable) const { return bindings_.get(variable); }
    void set(VariableId variable, Cell cell) { bindings_.set(variable, cell); }
    [[nodiscard]] const Bindings& bindings() const { return bindings_; }

  private:
    Bindings bindings_;
};

/// The context that a task or callback runs in.
///
/// A copied context starts as a mere snapshot of bindings; it becomes an object of its own when something is
/// written to it or it is asked for by identity. Nobody can tell, and most tasks never write.
class ContextVars {
  public:
    ContextVars() = default;
    /// Runs in `context` itself, as with `create_task(…, context=context)`.
    explicit ContextVars(Ref<Context> context) : own_(std::move(context)) {}

    /// A copy of this context, as a new task or a call_soon'ed callback gets. O(1).
    [[nodiscard]] ContextVars copy() const {
        ContextVars result;
        result.snapshot_ = own_ ? own_->bindings() : snapshot_;
        return result;
    }

    [[nodiscard]] Cell get(VariableId variable) const {
        return own_ ? own_->get(variable) : snapshot_.get(variable);
    }
    void set(VariableId variable, Cell cell) { context()->set(variable, cell); }

    /// The context as an object.
    const Ref<Context>& context() {
        if (!own_) own_ = Ref(new Context(std::move(snapshot_)));
        return own_;
    }

  private:
    Ref<Context> own_;
    Bindings snapshot_;  // what is read while there is no own_
};

}  // namespace loopscope::context
