// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/result.hpp"

namespace loopscope::trace {

/// The ways in which tasks of a program store variables. Every write goes to all storages, a read takes the
/// selected one.
///
/// A module or class attribute is a global by another name: it is the same single cell.
enum class Storage : std::uint8_t {
    argument,          ///< the value passed at the call, fixed from then on
    global,            ///< one cell for everyone; so are module and class attributes
    thread_local_,     ///< threading.local(): a cell for each OS thread, shared by all of its tasks
    context_shared,    ///< aiotask_context.task_factory: one dict for a root task and all of its descendants
    context_copy,      ///< aiotask_context.copying_task_factory: a deep copy of the parent's dict, made at
                       ///< creation
    context_chainmap,  ///< aiotask_context.chainmap_task_factory: a layer of its own over the parent's live
                       ///< one
    contextvar,        ///< contextvars (PEP 567): a copy of the current context, made at creation in O(1)
};

/// All storages, in order of their numbers.
inline constexpr std::array all_storages = {
    Storage::argument,     Storage::global,           Storage::thread_local_, Storage::context_shared,
    Storage::context_copy, Storage::context_chainmap, Storage::contextvar,
};

/// Returns the name of a storage on the command line and in files: "context-shared".
std::string_view name(Storage storage);

/// Returns what a storage is in Python's words: "aiotask_context.task_factory".
std::string_view python_name(Storage storage);

/// Returns one line that says what a task gets from a storage, for menus and help.
std::string_view summary(Storage storage);

/// Returns the storage called `text`; an underscore counts as a hyphen. The error lists the names that there
/// are.
Result<Storage> parse_storage(std::string_view text);

}  // namespace loopscope::trace
