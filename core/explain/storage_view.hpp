// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/trace/index.hpp"
#include "core/trace/state.hpp"

namespace loopscope::explain {

/// Whether something was accessed last.
enum class Highlight : std::uint8_t {
    no,
    last,  ///< it was accessed last, but not in the handle at the cursor
    now,   ///< it was accessed last, in the handle at the cursor
};

/// A variable's value in one box.
struct StoredValue {
    VariableId variable;
    std::string_view name;
    trace::Writer writer;      ///< the event that the value is of; none: nothing is stored here
    TaskId writer_task;        ///< the task that wrote it; none: no task did, or nobody knows who did
    std::string_view text;     ///< the value; empty if nothing is stored
    bool writer_known = true;  ///< false: it was found there, and nobody knows who wrote it
    bool elsewhere = false;    ///< reads of it are answered by another storage than the one that is viewed
    Highlight read = Highlight::no;
    Highlight written = Highlight::no;
};

/// A box in a picture of a storage: a place where values are kept.
struct StorageBox {
    enum class Kind : std::uint8_t {
        global,   ///< the one cell that all code shares
        thread,   ///< the cell of an OS thread
        dict,     ///< a dict that many tasks point to
        own,      ///< the own place of a task: an argument, a copy, a layer, a context
        outside,  ///< the context of code outside tasks
    };
    Kind kind = Kind::own;
    std::string title;         ///< "global", "MainThread", "sleep"
    TaskId owner;              ///< the task that the dict, copy, layer or context belongs to; none: no task
    std::uint32_t thread = 0;  ///< number of the thread whose cell it is; 0 for other kinds
    bool above_all = false;    ///< belongs to no chain: to code outside tasks, or to a main task
    bool ended = false;        ///< the owner has ended; the box is shown because others came from it
    std::vector<StoredValue> values;  ///< of every variable of the program
    std::vector<TaskId> users;        ///< for a box that many tasks use, the living ones among them

    /// Returns whether one of the box's values was read last.
    [[nodiscard]] Highlight read() const;
    /// Returns whether one of the box's values was written last.
    [[nodiscard]] Highlight written() const;
};

/// An arrow in the direction in which values go: from a box that was copied to its copy; under the chain map,
/// from a parent's layer to the child's, whose reads fall through to it.
struct StorageArrow {
    std::size_t from = 0;  ///< indices in StorageView::boxes
    std::size_t to = 0;
};

/// The storage that is selected at the cursor, as boxes and arrows: plain data to be drawn.
///
/// Shown are living tasks and those that they descend from; once all tasks have ended, all of them.
struct StorageView {
    trace::Storage storage = trace::Storage::global;
    std::vector<StorageBox> boxes;  ///< parents before children
    std::vector<StorageArrow> arrows;
    /// For storages with a box for each task: the indices of each chain's boxes, parents before children.
    std::vector<std::vector<std::size_t>> columns;
    std::size_t max_column = 0;          ///< number of boxes in the column that has most
    std::vector<std::size_t> above_all;  ///< indices of the boxes that belong to no chain
    std::vector<std::size_t>
        highlight;  ///< indices of the boxes that were accessed in the handle at the cursor
    std::optional<std::size_t> lit_column;  ///< index of the first column with a box of `lit`
    std::vector<std::pair<TaskId, std::size_t>>
        positions;  ///< tasks, and the index of the box that each uses

    /// Returns the index of the box from which a task's read of a variable is answered: the first with a
    /// value of those that the read looks through. None if no box has one, so that the default is read.
    [[nodiscard]] std::optional<std::size_t> box_for_read(TaskId task, VariableId variable) const;
    /// Returns the index of the box that a task's writes go to; none if the task has no box.
    [[nodiscard]] std::optional<std::size_t> box_of(TaskId task) const;
    /// Returns the index of the box from which an arrow leads to `box`; none if there is no arrow.
    [[nodiscard]] std::optional<std::size_t> origin_of(std::size_t box) const;
};

/// Returns the picture of the storage that is selected at `cursor`. REQUIRES: `state` is the state at
/// `cursor`.
StorageView view_storage(const trace::Log& log, const trace::Index& index, const trace::State& state,
                         EventIndex cursor);

/// Returns the meaning of a storage's arrows in a word or two: "copied", "read through".
std::string_view arrow_phrase(trace::Storage storage);

}  // namespace loopscope::explain
