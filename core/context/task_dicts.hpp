// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/either_ref.hpp"
#include "core/context/bindings.hpp"

namespace loopscope::context {

/// The factories of aiotask_context, which make a task's dict of its parent's: `task_factory`,
/// `copying_task_factory` and `chainmap_task_factory`. A root task gets an empty dict of each.
enum class DictFactory : std::uint8_t {
    sharing,   ///< the parent's dict itself
    copying,   ///< a deep copy of it
    layering,  ///< a layer over it, live as it is
};

/// A dict that tasks may share, or a layer of a ChainMap: reads of what it does not have go on to the live
/// layers above.
struct Layer : RefCounted<Layer> {
    explicit Layer(Ref<Layer> above) : parent(std::move(above)) {}

    Bindings items;
    Ref<Layer> parent;  // null: a plain dict, or the ChainMap's first

    /// Sets the variable's cell where a read finds it: there, or in a layer above. REQUIRES: it finds one.
    void change(VariableId variable, Cell cell) {
        Layer* layer = this;
        while (!layer->items.get(variable)) layer = layer->parent.get();
        layer->items.set(variable, cell);
    }
    /// Returns a dict with all that a read finds in this one.
    [[nodiscard]] Ref<Layer> flattened(std::uint32_t variables) const;

    /// Returns the variable's cell in the nearest layer that has one; empty_cell if none has.
    [[nodiscard]] const Cell& get(VariableId variable) const {
        for (const Layer* layer = this; layer; layer = layer->parent.get()) {
            if (const Cell& cell = layer->items.get(variable)) return cell;
        }
        return empty_cell;
    }

    /// Destroys a layer, and those above it that nobody else owns, in a loop: a line of descendants may be
    /// longer than the stack is deep.
    static void destroy(const Layer* layer) {
        Ref<Layer> above = std::move(const_cast<Layer*>(layer)->parent);
        delete layer;
        while (above && above->unique()) {
            Ref<Layer> next = std::move(above->parent);
            above = std::move(next);
        }
    }
};

/// The state that a task carries for itself, in all forms at once: plain arguments and aiotask_context's
/// three kinds of dict.
///
/// Creating a task must cost next to nothing, so a child shares its parent's Scope until one of the two
/// writes or the child creates a task: until then neither can read anything that tells them apart.
///
/// INVARIANT: only the task that made a Scope changes it, and only while it is unique; otherwise the task
/// takes a changed copy, which keeps the same dict and layer, for those are shared by design. A child has a
/// layer of its own before anything can hang below it.
class TaskDicts {
  public:
    TaskDicts() = default;

    /// Returns the state that a new child of this task starts with.
    [[nodiscard]] TaskDicts child() {
        if (!own()) take();
        return TaskDicts(Either::of_second(*own()));
    }

    /// Returns the state that a new child of this task starts with whose dict another factory makes than that
    /// of aiotask_context.task_factory. `variables` is the number of variables that there are.
    [[nodiscard]] TaskDicts child(DictFactory factory, std::uint32_t variables);

    /// Returns the variable's cell as plain arguments hand it on; empty if it was never set. They and copied
    /// dicts behave alike.
    [[nodiscard]] const Cell& argument(VariableId variable) const { return copied(variable); }
    /// Returns the variable's cell in the dict that the task was given by its loop's factory, which is the
    /// shared one unless it was set; empty if it was never set.
    [[nodiscard]] const Cell& shared(VariableId variable) const {
        return scope() ? scope()->dict->get(variable) : empty_cell;
    }
    /// Returns the variable's cell in the copied dict; empty if it was never set.
    [[nodiscard]] const Cell& copied(VariableId variable) const {
        return scope() ? scope()->copy.get(variable) : empty_cell;
    }
    /// Returns the variable's cell in the ChainMap; empty if it was never set.
    [[nodiscard]] const Cell& chained(VariableId variable) const {
        return scope() ? scope()->layer->get(variable) : empty_cell;
    }

    /// Returns the variable's cell in the task's own layer of the ChainMap; empty if it was never set there.
    [[nodiscard]] const Cell& own_layer(VariableId variable) const {
        return own() ? own()->layer->items.get(variable) : empty_cell;
    }
    /// Sets the variable's cell in all forms.
    void set(VariableId variable, Cell cell) {
        Scope& scope = to_change();
        scope.copy.set(variable, cell);
        scope.dict->items.set(variable, cell);
        scope.layer->items.set(variable, cell);
    }
    /// What a variable's cells were in each form; of the ChainMap, in the task's own layer.
    struct Before {
        Cell copied;
        Cell shared;
        Cell own_layer;
    };
    /// Sets the variable's cell in all forms. Returns what they were before.
    Before exchange(VariableId variable, Cell cell) {
        Scope& scope = to_change();
        return {scope.copy.exchange(variable, cell), scope.dict->items.exchange(variable, cell),
                scope.layer->items.exchange(variable, cell)};
    }
    /// Sets the variable's cell where a read finds it in the dict that the task was given. REQUIRES: it finds
    /// one.
    void change_shared(VariableId variable, Cell cell) { scope()->dict->change(variable, cell); }
    /// Sets the variable's cell where a read finds it in the ChainMap. REQUIRES: it finds one.
    void change_chained(VariableId variable, Cell cell) { scope()->layer->change(variable, cell); }
    /// Sets the variable's cell in the copied dict, and as plain arguments hand it on.
    void set_copied(VariableId variable, Cell cell) { to_change().copy.set(variable, cell); }
    /// Sets the variable's cell in the shared dict.
    void set_shared(VariableId variable, Cell cell) { to_change().dict->items.set(variable, cell); }
    /// Sets the variable's cell in the task's own layer of the ChainMap; an empty cell takes it out of that.
    void set_layer(VariableId variable, Cell cell) { to_change().layer->items.set(variable, cell); }

  private:
    struct Scope : RefCounted<Scope> {
        // The dict of aiotask_context.copying_task_factory, and the arguments that are handed on: both are
        // copied when a task is created, and only that task sees later changes.
        Bindings copy;
        Ref<Layer> dict;   // that the loop's factory made
        Ref<Layer> layer;  // of the ChainMap
    };

    using Either = EitherRef<Scope, Scope>;

    explicit TaskDicts(Either scope) : scope_(std::move(scope)) {}

    [[nodiscard]] Scope* scope() const { return scope_.any(); }
    [[nodiscard]] Scope* own() const { return scope_.first(); }
    /// Gives this task a Scope of its own, which it may change.
    void take();
    /// Returns the Scope that this task may change.
    Scope& to_change() {
        if (!own() || !own()->unique()) [[unlikely]]
            take();
        return *own();
    }

    // First: the task's own; Second: its parent's; nothing: a root task that has neither written nor created
    // a task.
    Either scope_;
};

}  // namespace loopscope::context
