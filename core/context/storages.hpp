// SPDX-License-Identifier: MIT
#pragma once

#include <any>
#include <array>
#include <unordered_map>
#include <vector>

#include "core/context/context_vars.hpp"
#include "core/context/task_dicts.hpp"
#include "core/context/thread_local_cells.hpp"
#include "core/trace/changes.hpp"
#include "core/trace/event.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::context {

using trace::Storage;

/// The state that a task carries with it for the storages that are bound to tasks.
struct TaskContext {
    TaskDicts dicts;
    ContextVars vars;
};

/// Returns whether a storage is bound to tasks, so that reading or writing it outside a task is an error:
/// true of aiotask_context's three.
constexpr bool needs_task(Storage storage) {
    return storage == Storage::context_shared || storage == Storage::context_copy ||
           storage == Storage::context_chainmap;
}

/// Returns whether a task carries its part of a storage with it: true of aiotask_context's three, and of
/// arguments.
constexpr bool is_carried(Storage storage) {
    return needs_task(storage) || storage == Storage::argument;
}

/// The scope of a read or write: the task's dicts (null outside tasks), the context that the code runs in,
/// and the task (none outside tasks, but for jobs of an executor, which serve one).
struct AccessScope {
    TaskDicts* dicts = nullptr;
    ContextVars* vars = nullptr;
    TaskId task = {};
    TaskDicts* arguments = nullptr;  ///< outside tasks: with what the code was called; null: with nothing
};

/// All storages of a program, side by side. A write goes to every storage and a read takes the selected one,
/// so selecting another in mid-run moves nothing, loses nothing, and takes effect at the next read. Used from
/// one thread at a time.
class Storages {
  public:
    [[nodiscard]] Storage selected() const { return selected_; }
    void select(Storage storage) {
        selected_ = storage;
        forget_read();
    }

    /// A task's read of a variable, and its result.
    struct Read {
        const void* key = nullptr;     ///< the variable's identity; null: there is no read
        const void* reader = nullptr;  ///< the task's identity; null: outside tasks
        StringId value;
        trace::EventWords event;  ///< without a line
    };
    /// Returns the last remembered read, for as long as repeating it would return the same value: until
    /// something is written, another storage is selected, or a task is made. Its key is null after that.
    /// (CPython's ContextVars have such a cache too: `var_cached`, Python/context.c.)
    [[nodiscard]] const Read& last_read() const { return last_read_; }
    /// Remembers a read, unless it was made outside tasks.
    void remember(const Read& read) {
        if (read.reader) last_read_ = read;
    }
    /// Forgets the last read, because repeating it may return another value. To be called when a task is made
    /// as well: its address may have been another task's.
    void forget_read() { last_read_.key = nullptr; }

    /// Returns the variable's cell in the selected storage; an empty cell if it was never set there. Valid
    /// until the next write.
    [[nodiscard]] const Cell& read(VariableId variable, const AccessScope& scope) const {
        switch (selected_) {
            case Storage::global: return global_.get(variable);
            case Storage::thread_local_: return thread_local_.get(variable);
            case Storage::contextvar: return scope.vars->get(variable);
            case Storage::argument: return argument(variable, scope);
            case Storage::context_shared: return scope.dicts ? scope.dicts->shared(variable) : empty_cell;
            case Storage::context_copy: return scope.dicts ? scope.dicts->copied(variable) : empty_cell;
            case Storage::context_chainmap: return scope.dicts ? scope.dicts->chained(variable) : empty_cell;
        }
        __builtin_unreachable();
    }

    /// Returns what a read of a variable that refers to objects finds in a storage: who wrote it, and what it
    /// is, with all changes in place. Contexts and arguments refer to one object, however often they were
    /// copied; an empty cell if it was never set there.
    [[nodiscard]] Cell now(Storage storage, VariableId variable, const AccessScope& scope) const;
    /// Returns what a cell of a storage refers to, as now() does.
    [[nodiscard]] Cell now(Storage storage, const Cell& cell) const;
    /// Some of the storages: a bit for each number.
    using Mask = std::uint32_t;
    static constexpr Mask mask(Storage storage) { return Mask{1} << static_cast<unsigned>(storage); }
    /// Changes what `from` wrote to `to`, in place: in the storages `where`, for code in `scope` and for all
    /// who refer to the same object there. REQUIRES: `from` is what code in `scope` reads in each of these.
    void change(VariableId variable, EventIndex from, Cell to, const AccessScope& scope, Mask where);

    /// The cells of a variable in all storages, by their numbers; of the ChainMap, the task's own layer's.
    using Cells = std::array<Cell, trace::all_storages.size()>;
    /// Sets the variable's cell in every storage, those bound to tasks only inside a task. Returns what they
    /// were before: to read them beforehand would look each of them up twice.
    Cells write(VariableId variable, Cell cell, const AccessScope& scope) {
        forget_read();
        Cells before;
        before[static_cast<std::size_t>(Storage::global)] = global_.exchange(variable, cell);
        before[static_cast<std::size_t>(Storage::thread_local_)] = thread_local_.exchange(variable, cell);
        before[static_cast<std::size_t>(Storage::contextvar)] = scope.vars->exchange(variable, cell);
        if (!scope.dicts) [[unlikely]] {
            write_argument(variable, cell, scope, before);
            return before;
        }
        const TaskDicts::Before dicts = scope.dicts->exchange(variable, cell);
        before[static_cast<std::size_t>(Storage::argument)] = dicts.copied;
        before[static_cast<std::size_t>(Storage::context_copy)] = dicts.copied;
        before[static_cast<std::size_t>(Storage::context_shared)] = dicts.shared;
        before[static_cast<std::size_t>(Storage::context_chainmap)] = dicts.own_layer;
        return before;
    }

    /// Returns the variable's cells in all storages, as they are now.
    [[nodiscard]] Cells cells(VariableId variable, const AccessScope& scope) const;
    /// Sets the variable's cell in a storage alone; an empty one is as if it was never set there. REQUIRES: a
    /// task, for a storage that is bound to tasks.
    void put_back(VariableId variable, Storage storage, Cell cell, const AccessScope& scope);

    /// Returns whether `key` is the identity of variable 1: most programs have one variable, and use the
    /// first one most.
    [[nodiscard]] bool is_first(const void* key) const { return key == first_variable_; }
    /// Returns the number of the variable whose identity is `key`; none if it has no number yet. REQUIRES:
    /// key is not null.
    [[nodiscard]] VariableId find(const void* key) const {
        return is_first(key) ? VariableId{1} : find_other(key);
    }
    /// Gives the variable whose identity is `key` the next number, and returns it. `refers`: what it has are
    /// objects that may be changed in place, so that it is never the first one. REQUIRES: key is not null,
    /// and the variable has no number yet.
    VariableId add(const void* key, bool refers = false);
    /// Returns a place for the values of a variable, by its identity, of a type that its owner knows.
    [[nodiscard]] std::any& values(const void* key) { return values_[key]; }
    /// Returns the identity of the variable with a number. REQUIRES: there is one.
    [[nodiscard]] const void* key(VariableId variable) const { return variables_[variable.value - 1]; }
    /// Returns the number of variables that have a number.
    [[nodiscard]] std::size_t variables() const { return variables_.size(); }

  private:
    [[nodiscard]] VariableId find_other(const void* key) const;
    /// Returns the variable's cell in the arguments of what runs.
    [[nodiscard]] static const Cell& argument(VariableId variable, const AccessScope& scope) {
        const TaskDicts* const its = scope.dicts ? scope.dicts : scope.arguments;
        return its ? its->argument(variable) : empty_cell;
    }
    static void write_argument(VariableId variable, Cell cell, const AccessScope& scope, Cells& before);

    Storage selected_ = Storage::global;
    Read last_read_;
    Bindings global_;
    ThreadLocalCells thread_local_;
    std::vector<const void*> variables_;  // identities in order of first use; few enough for a linear search
    const void* first_variable_ = nullptr;  // the first of variables_, if it refers to no objects; or null
    trace::Changes in_contexts_;            // changes of what contexts refer to
    trace::Changes in_arguments_;           // changes of what arguments refer to
    std::unordered_map<std::uint32_t, StringId> changed_to_;  // what each change made of an object
    std::unordered_map<const void*, std::any> values_;        // never looked through
};

}  // namespace loopscope::context
