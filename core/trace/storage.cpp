// SPDX-License-Identifier: MIT
#include "core/trace/storage.hpp"

#include <algorithm>
#include <string>

namespace loopscope::trace {
namespace {

struct Words {
    std::string_view name;
    std::string_view python;
    std::string_view summary;
};

constexpr std::array<Words, all_storages.size()> storage_words = {{
    {"argument", "a plain argument", "the value passed at the call, fixed from then on"},
    {"global", "a global variable", "one cell for everyone; a module or class attribute is the same cell"},
    {"thread-local", "threading.local()", "one cell for each thread, shared by all of its tasks"},
    {"context-shared", "aiotask_context.task_factory",
     "one dict for a root task and all that descends from it"},
    {"context-copy", "aiotask_context.copying_task_factory",
     "a copy of the parent's dict, made when the task is created"},
    {"context-chainmap", "aiotask_context.chainmap_task_factory",
     "a layer of its own over the parent's live dict"},
    {"contextvar", "contextvars.ContextVar", "a copy of the current context, made when the task is created"},
}};

const Words& words_of(Storage storage) {
    return storage_words.at(static_cast<std::size_t>(storage));
}

}  // namespace

std::string_view name(Storage storage) {
    return words_of(storage).name;
}
std::string_view python_name(Storage storage) {
    return words_of(storage).python;
}
std::string_view summary(Storage storage) {
    return words_of(storage).summary;
}

Result<Storage> parse_storage(std::string_view text) {
    std::string wanted(text);
    std::ranges::replace(wanted, '_', '-');
    std::string known;
    for (const Storage storage : all_storages) {
        if (name(storage) == wanted) return storage;
        known += (known.empty() ? "" : ", ") + std::string(name(storage));
    }
    return fail("there is no storage '" + std::string(text) + "'; choose one of " + known);
}

}  // namespace loopscope::trace
