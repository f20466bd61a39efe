// SPDX-License-Identifier: MIT
#include "core/context/storages.hpp"

#include <algorithm>
#include <cassert>

namespace loopscope::context {

VariableId Storages::find_other(const void* key) const {
    const auto found = std::ranges::find(variables_, key);
    if (found == variables_.end()) return {};
    return VariableId{static_cast<std::uint32_t>(found - variables_.begin()) + 1};
}

Storages::Cells Storages::cells(VariableId variable, const AccessScope& scope) const {
    Cells cells;
    const auto cell = [&](Storage storage) -> Cell& { return cells.at(static_cast<std::size_t>(storage)); };
    cell(Storage::global) = global_.get(variable);
    cell(Storage::thread_local_) = thread_local_.get(variable);
    cell(Storage::contextvar) = scope.vars->get(variable);
    if (!scope.dicts) return cells;
    cell(Storage::argument) = scope.dicts->argument(variable);
    cell(Storage::context_shared) = scope.dicts->shared(variable);
    cell(Storage::context_copy) = scope.dicts->copied(variable);
    cell(Storage::context_chainmap) = scope.dicts->own_layer(variable);
    return cells;
}

void Storages::put_back(VariableId variable, Storage storage, Cell cell, const AccessScope& scope) {
    forget_read();
    switch (storage) {
        case Storage::global: return global_.set(variable, cell);
        case Storage::thread_local_: return thread_local_.set(variable, cell);
        case Storage::contextvar: return scope.vars->set(variable, cell);
        case Storage::argument:
        case Storage::context_copy: return scope.dicts->set_copied(variable, cell);
        case Storage::context_shared: return scope.dicts->set_shared(variable, cell);
        case Storage::context_chainmap: return scope.dicts->set_layer(variable, cell);
    }
}

VariableId Storages::add(const void* key) {
    assert(key && !find(key));
    variables_.push_back(key);
    first_variable_ = variables_.front();
    return VariableId{static_cast<std::uint32_t>(variables_.size())};
}

}  // namespace loopscope::context
