#pragma once

#include "core/base/either_ref.hpp"
#include "core/context/bindings.hpp"

namespace loopscope::context {

/// A dict that tasks share: the context of aiotask_context.task_factory.
struct Dict : RefCounted<Dict> {
    Bindings items;
};

/// A layer of a ChainMap: the context of aiotask_context.chainmap_task_factory. Reads fall through to the
/// live layers above.
struct Layer : RefCounted<Layer> {
    explicit Layer(Ref<Layer> above) : parent(std::move(above)) {}

    Bindings items;
    Ref<Layer> parent;

    [[nodiscard]] const Cell& get(VariableId variable) const {
        for (const Layer* layer = this; layer; layer = layer->parent.get()) {
            if (const Cell& cell = layer->items.get(variable)) return cell;
        }
        return empty_cell;
    }

    /// A loop, for a line of descendants may be longer than the stack is deep.
    static void destroy(const Layer* layer) {
        Ref<Layer> above = std::move(const_cast<Layer*>(layer)->parent);
        delete layer;
        while (above && above->unique()) {
            Ref<Layer> next = std::move(above->parent);
            above = std::move(next);
        }
    }
};

/// What a task carries for itself, in every way at once: plain arguments and aiotask_context's three kinds of
/// dict.
///
/// Creating a task must cost next to nothing, so a child shares its parent's Scope until one of them writes
/// or the child spawns: until then nothing that either can read tells them apart.
///
/// INVARIANT: only the task that made a Scope changes it, and only while it is unique; otherwise it
/// takes a changed copy, which keeps the same dict and layer, for those are live. A child has a layer of its
/// own before anything can hang below it.
class TaskDicts {
  public:
    TaskDicts() = default;

    /// What a child of this task starts with.
    [[nodiscard]] TaskDicts child() {
        if (!own()) take();
        return TaskDicts(Either::of_second(*own()));
    }

    [[nodiscard]] const Cell& argument(VariableId variable) const { return copied(variable); }
    [[nodiscard]] const Cell& shared(VariableId variable) const {
        return scope() ? scope()->dict->items.get(variable) : empty_cell;
    }
    [[nodiscard]] const Cell& copied(VariableId variable) const {
        return scope() ? scope()->copy.get(variable) : empty_cell;
    }
    [[nodiscard]] const Cell& chained(VariableId variable) const {
        return scope() ? scope()->layer->get(variable) : empty_cell;
    }

    /// Writes to all of them.
    void set(VariableId variable, Cell cell) {
        if (!own() || !own()->unique()) [[unlikely]]
            take();
        Scope& scope = *own();
        scope.copy.set(variable, cell);
        scope.dict->items.set(variable, cell);
        scope.layer->items.set(variable, cell);
    }

  private:
    struct Scope : RefCounted<Scope> {
        // The dict of aiotask_context.copying_task_factory, and the arguments that are handed on: both are
        // copied as a task is created, and nobody but that task sees what becomes of them.
        Bindings copy;
        Ref<Dict> dict;
        Ref<Layer> layer;
    };

    using Either = EitherRef<Scope, Scope>;

    explicit TaskDicts(Either scope) : scope_(std::move(scope)) {}

    [[nodiscard]] Scope* scope() const { return scope_.any(); }
    [[nodiscard]] Scope* own() const { return scope_.first(); }
    /// Makes the scope this task's own to change.
    void take();

    // The first: its own; the second: its parent's; none: a root that neither wrote nor spawned.
    Either scope_;
};

}  // namespace loopscope::context
