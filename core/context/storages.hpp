#pragma once

#include <vector>

#include "core/context/context_vars.hpp"
#include "core/context/task_dicts.hpp"
#include "core/context/thread_local_cells.hpp"
#include "core/trace/event.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::context {

using trace::Storage;

/// What a task carries with it, for every storage that is bound to tasks.
struct TaskContext {
    TaskDicts dicts;
    ContextVars vars;
};

/// Whether a storage is bound to tasks, so that reading or writing it outside of one is an error: so
/// aiotask_context's three.
constexpr bool needs_task(Storage storage) {
    return storage == Storage::context_shared || storage == Storage::context_copy ||
           storage == Storage::context_chainmap;
}

/// Who reads or writes: the task's dicts (null outside tasks), the context that the code runs in, and the
/// task (none outside).
struct Place {
    TaskDicts* dicts = nullptr;
    ContextVars* vars = nullptr;
    TaskId task = {};
};

/// All storages of a program, side by side. A write goes to every one of them and a read takes the selected
/// one, so that selecting another in mid-run moves nothing, loses nothing, and takes effect at the next read.
class Storages {
  public:
    [[nodiscard]] Storage selected() const { return selected_; }
    void select(Storage storage) {
        selected_ = storage;
        forget_read();
    }

    /// What a task's read of a variable gave.
    struct Read {
        const void* key = nullptr;     ///< the variable's identity; null: none
        const void* reader = nullptr;  ///< the task's
        StringId value;
        trace::Draft event;  ///< without a line
    };
    /// The last one, for as long as the same read would give the same again: until something is written,
    /// another storage is selected, or a task is made. (ContextVars have such a memory in CPython, too:
    /// `var_cached`, Python/context.c.)
    [[nodiscard]] const Read& last_read() const { return last_read_; }
    /// To be called with what read() gave; outside of tasks it is not remembered.
    void remember(const Read& read) {
        if (read.reader) last_read_ = read;
    }
    /// It would not give the same any more. To be called when a task is made, too: its identity may have been
    /// another's.
    void forget_read() { last_read_.key = nullptr; }

    /// The variable's cell in the selected storage; empty if it was never set there. Valid until the next
    /// write.
    [[nodiscard]] const Cell& read(VariableId variable, const Place& place) const {
        switch (selected_) {
            case Storage::global: return global_.get(variable);
            case Storage::thread_local_: return thread_local_.get(variable);
            case Storage::contextvar: return place.vars->get(variable);
            case Storage::argument: return place.dicts ? place.dicts->argument(variable) : empty_cell;
            case Storage::context_shared: return place.dicts ? place.dicts->shared(variable) : empty_cell;
            case Storage::context_copy: return place.dicts ? place.dicts->copied(variable) : empty_cell;
            case Storage::context_chainmap: return place.dicts ? place.dicts->chained(variable) : empty_cell;
        }
        __builtin_unreachable();
    }

    void write(VariableId variable, Cell cell, const Place& place) {
        global_.set(variable, cell);
        thread_local_.set(variable, cell);
        place.vars->set(variable, cell);
        if (place.dicts) place.dicts->set(variable, cell);
        forget_read();
    }

    /// Whether `key` is the identity of the variable with the number 1: most programs have one, and use the
    /// first one most.
    [[nodiscard]] bool is_first(const void* key) const { return key == first_variable_; }
    /// The number of the variable that `key` is the identity of; none if it has none yet. REQUIRES: key is
    /// not null.
    [[nodiscard]] VariableId find(const void* key) const {
        return is_first(key) ? VariableId{1} : find_other(key);
    }
    /// Gives it the next number. REQUIRES: it has none.
    VariableId add(const void* key);
    /// How many have one.
    [[nodiscard]] std::size_t variables() const { return variables_.size(); }

  private:
    [[nodiscard]] VariableId find_other(const void* key) const;

    Storage selected_ = Storage::global;
    Read last_read_;
    Bindings global_;
    ThreadLocalCells thread_local_;
    std::vector<const void*> variables_;  // identities in order of first use; a handful, so a walk finds them
    const void* first_variable_ = nullptr;  // the first of them, if there is one
};

}  // namespace loopscope::context
