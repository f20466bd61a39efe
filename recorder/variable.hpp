// SPDX-License-Identifier: MIT
// Variables whose reads and writes are recorded, and that can be kept in another storage while the program runs.
//
// As in Loopscope's own loop, every write goes to all storages, each by its own rule (core/context), and a read takes the selected one.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <sstream>
#include <type_traits>

#include "output.hpp"
#include "process.hpp"

namespace loopscope {

/// Where a variable is kept: what a task gets of it, and who sees what it writes. In the order of core/trace/storage.hpp.
enum class storage : std::uint8_t {
    argument,          ///< passed on when a task begins, and its own from then on
    global,            ///< one value for everyone
    thread_local_,     ///< one for each thread
    context_shared,    ///< one for a first task and all that come of it
    context_copy,      ///< a copy of the parent's, made when a task begins
    context_chainmap,  ///< a layer of its own over the parent's, which is looked through
    contextvar,        ///< a copy of the current context, made when a task begins, also outside of tasks
};

namespace recorder {

/// A value, and who wrote it.
struct Cell {
    explicit Cell(std::uint32_t number) : write(number) {}
    virtual ~Cell() = default;
    std::uint32_t write;
    std::uint32_t text = 0;
};
using CellPointer = std::shared_ptr<const Cell>;
using Cells = std::map<const void*, CellPointer>;  // by the variable's address

inline CellPointer find(const Cells& cells, const void* variable) {
    const auto found = cells.find(variable);
    return found == cells.end() ? nullptr : found->second;
}

/// A layer of cells over those of a parent.
struct Layer {
    Cells cells;
    std::shared_ptr<Layer> above;
};

/// What a task carries. Used under the process's lock.
struct Context {
    Cells copied;  // as arguments are handed on, too: both are copied as a task begins
    std::shared_ptr<Cells> shared = std::make_shared<Cells>();
    std::shared_ptr<Layer> layer = std::make_shared<Layer>();
    Cells vars;
};

/// The cells of a thread, and the context of what runs outside of tasks.
inline thread_local Cells cells_of_thread;
inline thread_local Cells vars_of_thread;

/// Returns what the innermost task of this thread carries, having made it; null outside of tasks.
inline Context* context_here() {
    if (here.running == nullptr) return nullptr;
    std::shared_ptr<Context>& context = here.running->task->context;
    if (!context) context = std::make_shared<Context>();
    return context.get();
}

inline std::atomic<bool> any_variable_is_set{false};

/// Gives a task that begins what it has of the one that runs here.
inline void inherit(Task& task) {
    if (!any_variable_is_set.load(std::memory_order_relaxed)) return;
    const std::lock_guard lock(Process::the().mutex());
    task.context = std::make_shared<Context>();
    if (const Context* const from = context_here()) {
        *task.context = *from;
        task.context->layer = std::make_shared<Layer>();
        task.context->layer->above = from->layer;
    } else {
        task.context->vars = vars_of_thread;
    }
}

/// Returns a value's text: what it is as a string or number, or as it is written to a stream; of others their type.
template <class T>
std::string text_of_value(const T& value) {
    if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        return std::string(std::string_view(value));
    } else if constexpr (requires(std::ostream& stream) { stream << value; }) {
        std::ostringstream stream;
        stream << value;
        return std::move(stream).str();
    } else {
        return "<" + std::string(typeid(T).name()) + ">";
    }
}

/// What variables of all types have in common. Its functions are to be called under the process's lock.
class VariableCore {
  public:
    VariableCore(std::string_view name, storage own) : name_(name), own_(own), selected_(own) {}

  protected:
    /// Returns the cell in the storage that is selected; null: nothing was written there.
    CellPointer selected_cell(Process::Writing& writing, std::string_view initial) {
        declare(writing, initial);
        look_for_wish(writing);
        const Context* const context = here.running != nullptr ? here.running->task->context.get() : nullptr;
        CellPointer cell;
        switch (selected_) {
            case storage::global: return global_;
            case storage::thread_local_: return find(cells_of_thread, this);
            case storage::contextvar: return here.running == nullptr ? find(vars_of_thread, this) : context ? find(context->vars, this) : nullptr;
            case storage::argument:
            case storage::context_copy: cell = context ? find(context->copied, this) : nullptr; break;
            case storage::context_shared: cell = context ? find(*context->shared, this) : nullptr; break;
            case storage::context_chainmap:
                for (const Layer* layer = context ? context->layer.get() : nullptr; layer && !cell; layer = layer->above.get())
                    cell = find(layer->cells, this);
                break;
        }
        return cell ? cell : base_;
    }

    void put(const CellPointer& cell) {
        any_variable_is_set = true;
        global_ = cell;
        cells_of_thread[this] = cell;
        Context* const context = context_here();
        if (!context) {
            base_ = vars_of_thread[this] = cell;
            return;
        }
        context->copied[this] = (*context->shared)[this] = context->layer->cells[this] = context->vars[this] = cell;
    }

    void record_write(Process::Writing& writing, Cell& cell, std::string_view text, std::string_view initial, const Source& where) {
        declare(writing, initial);
        if (!writing.process().records()) return;
        cell.text = writing.text(text);
        const std::uint32_t line = writing.line(where);
        writing.record(SPOOL_SET, number_, cell.text, line);
    }

    void record_read(Process::Writing& writing, const Cell* cell, const Source& where) {
        if (!writing.process().records()) return;
        const std::uint32_t line = writing.line(where);
        writing.record(SPOOL_GET, number_, cell ? cell->write : 0, line);
        note_read(cell ? cell->text : initial_);
    }

  private:
    /// Says that there is the variable, at its first use.
    void declare(Process::Writing& writing, std::string_view initial) {
        if (number_ != 0 || !writing.process().records()) return;
        number_ = writing.process().next_variable();
        writing.record(SPOOL_VARIABLE, number_, writing.text(name_), static_cast<std::uint32_t>(own_) | SPOOL_VARIABLE_USERS);
        initial_ = writing.text(initial);
        writing.record(SPOOL_DEFAULT, number_, initial_);
        select(writing, __atomic_load_n(&writing.process().head()->selected_later, __ATOMIC_ACQUIRE));
    }

    /// Selects the storage that the reader of the recording wishes.
    void look_for_wish(Process::Writing& writing) {
        if (number_ == 0 || number_ > SPOOL_VARIABLES || !writing.process().records()) return;
        select(writing, __atomic_load_n(&writing.process().head()->selected[number_ - 1], __ATOMIC_RELAXED));
    }

    void select(Process::Writing& writing, std::uint32_t wish) {
        if (wish == 0 || wish > static_cast<std::uint32_t>(storage::contextvar) + 1 || wish == wish_) return;
        wish_ = wish;
        selected_ = static_cast<storage>(wish - 1);
        writing.record(SPOOL_STORAGE, number_, 0, wish - 1);
    }

    std::string name_;
    storage own_, selected_;
    std::uint32_t number_ = 0, initial_ = 0, wish_ = 0;
    CellPointer global_;
    CellPointer base_;  // the last write outside of tasks, to which storages of tasks fall back
};

template <class T>
struct CellOf : Cell {
    CellOf(std::uint32_t number, T content) : Cell(number), value(std::move(content)) {}
    T value;
};

}  // namespace recorder

/// A variable of the program's that is kept in a storage: `loopscope::variable<std::string> user{"user", "nobody", loopscope::storage::contextvar}`.
/// Loopscope's window can have another storage answer its reads while the program runs. It lives as long as the program, and any thread may
/// use it; a read returns a copy.
template <class T>
class variable : recorder::VariableCore {
  public:
    explicit variable(std::string_view name, T initial = T(), storage own = storage::global)
        : VariableCore(name, own), initial_(std::move(initial)), initial_text_(recorder::text_of_value(initial_)) {}
    variable(const variable&) = delete;
    variable& operator=(const variable&) = delete;

    /// Returns the value that the selected storage has for what runs here.
    [[nodiscard]] T get(recorder::Source where = recorder::Source::here()) {
        recorder::CellPointer cell;
        {
            recorder::Process::Writing writing(recorder::Process::the());
            cell = selected_cell(writing, initial_text_);
            record_read(writing, cell.get(), where);
        }
        return cell ? static_cast<const recorder::CellOf<T>&>(*cell).value : initial_;
    }

    /// Writes a value, into every storage.
    void set(T value, recorder::Source where = recorder::Source::here()) {
        const std::string text = recorder::Process::the().records() ? recorder::text_of_value(value) : std::string();
        recorder::Process::Writing writing(recorder::Process::the());
        const auto cell = std::make_shared<recorder::CellOf<T>>(writing.process().next_write(), std::move(value));
        record_write(writing, *cell, text, initial_text_, where);
        put(cell);
    }

  private:
    T initial_;
    std::string initial_text_;
};

}  // namespace loopscope
