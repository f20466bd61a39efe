#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/trace/index.hpp"
#include "core/trace/state.hpp"

namespace loopscope::explain {

/// Whether something was the last that was read or written.
enum class Lit : std::uint8_t {
    no,
    last,  ///< it was, but not in the handle at the cursor
    now,   ///< it was, and in that handle
};

/// A variable as one box has it.
struct StoredValue {
    VariableId variable;
    std::string_view name;
    trace::Writer writer;   ///< the write that it shows; none: nothing is stored here
    TaskId writer_task;     ///< none: nobody, or code outside of tasks
    std::string_view text;  ///< what is stored; empty if nothing is
    Lit read = Lit::no;
    Lit written = Lit::no;
};

/// A place where values are kept.
struct StorageBox {
    enum class Kind : std::uint8_t {
        global,   ///< the one cell of all
        thread,   ///< the cell of an OS thread
        dict,     ///< a dict that many tasks point to
        own,      ///< what one task has for itself: an argument, a copy, a layer, a context
        outside,  ///< the context of code outside of tasks
    };
    Kind kind = Kind::own;
    std::string title;                ///< "global", "MainThread", "sleep"
    TaskId owner;                     ///< the task whose dict, copy, layer or context it is; none: no task's
    std::uint32_t thread = 0;         ///< of a thread's cell: its number
    bool above_all = false;           ///< it is of no chain: code outside of tasks, or a main task
    bool ended = false;               ///< its owner has ended; it is here because others came from it
    std::vector<StoredValue> values;  ///< of every variable that there is
    std::vector<TaskId> users;        ///< of a box that many use: the living tasks that do

    [[nodiscard]] Lit read() const;
    [[nodiscard]] Lit written() const;
};

/// From where a box has its values to where they went: from the box that was copied to its copy; under the
/// chain map, from the layer below to the one that is read through it.
struct StorageArrow {
    std::size_t from = 0;  ///< places in StorageView::boxes
    std::size_t to = 0;
};

/// The selected storage as boxes and arrows, as it is at the cursor: plain data to be drawn.
///
/// Living tasks have a place in it, and those that they descend from; once all have ended, all of them.
struct StorageView {
    trace::Storage storage = trace::Storage::global;
    std::vector<StorageBox> boxes;  ///< parents before children
    std::vector<StorageArrow> arrows;
    /// Where tasks have boxes of their own: the places of each chain's, parents before children.
    std::vector<std::vector<std::size_t>> columns;
    std::size_t longest_column = 0;      ///< how many boxes that has which has most
    std::vector<std::size_t> above_all;  ///< the boxes that are of no chain
    std::vector<std::size_t> lit;        ///< the boxes that were read or written in the handle at the cursor
    std::optional<std::size_t> lit_column;               ///< the first with one of these
    std::vector<std::pair<TaskId, std::size_t>> places;  ///< the box that each task uses, in their order

    /// The box that a task's read of a variable is answered from; none: from nowhere, so the default is read.
    /// Of those that it would look through, the first that has a value.
    [[nodiscard]] std::optional<std::size_t> box_for_read(TaskId task, VariableId variable) const;
    /// The box that a task's writes go to; none: it has none here.
    [[nodiscard]] std::optional<std::size_t> box_of(TaskId task) const;
    /// The box that an arrow to this one comes from.
    [[nodiscard]] std::optional<std::size_t> origin_of(std::size_t box) const;
};

/// The storage that is selected at `cursor`. `state` is the state there.
StorageView view_storage(const trace::Log& log, const trace::Index& index, const trace::State& state,
                         std::uint32_t cursor);

/// What an arrow means, in a word or two: "copied", "reads through".
std::string_view arrow_phrase(trace::Storage storage);

}  // namespace loopscope::explain
