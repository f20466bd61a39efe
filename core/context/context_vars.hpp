#pragma once

#include "core/base/either_ref.hpp"
#include "core/context/bindings.hpp"

namespace loopscope::context {

/// A PEP 567 context: what `contextvars.copy_context()` gives. An object with an identity, so that tasks and
/// callbacks which are given the same one see each other's writes.
class Context : public RefCounted<Context> {
  public:
    Context() = default;
    explicit Context(Bindings bindings) : bindings_(std::move(bindings)) {}

    [[nodiscard]] const Cell& get(VariableId variable) const { return bindings_.get(variable); }
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
    explicit ContextVars(const Ref<Context>& context) : context_(Either::of_first(context.get())) {}

    /// A copy of this context, as a new task or a call_soon'ed callback gets. O(1).
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

    /// The context as an object.
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
