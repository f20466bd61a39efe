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

void Storages::write_argument(VariableId variable, Cell cell, const AccessScope& scope, Cells& before) {
    if (!scope.arguments) return;
    before.at(static_cast<std::size_t>(Storage::argument)) = scope.arguments->argument(variable);
    scope.arguments->set_copied(variable, cell);
}

Cell Storages::now(Storage storage, const Cell& cell) const {
    if (storage != Storage::contextvar && storage != Storage::argument) return cell;
    const trace::Changes& changes = storage == Storage::contextvar ? in_contexts_ : in_arguments_;
    const EventIndex latest = changes.latest(cell.writer);
    return latest == cell.writer ? cell : Cell{changed_to_.at(latest.value), latest};
}

Cell Storages::now(Storage storage, VariableId variable, const AccessScope& scope) const {
    switch (storage) {
        case Storage::global: return global_.get(variable);
        case Storage::thread_local_: return thread_local_.get(variable);
        case Storage::contextvar: return now(storage, scope.vars->get(variable));
        case Storage::argument: return now(storage, argument(variable, scope));
        case Storage::context_shared: return scope.dicts ? scope.dicts->shared(variable) : empty_cell;
        case Storage::context_copy: return scope.dicts ? scope.dicts->copied(variable) : empty_cell;
        case Storage::context_chainmap: return scope.dicts ? scope.dicts->chained(variable) : empty_cell;
    }
    __builtin_unreachable();
}

void Storages::change(VariableId variable, EventIndex from, Cell to, const AccessScope& scope, Mask where) {
    const auto is = [&](Storage storage) { return (where & mask(storage)) != 0; };
    forget_read();
    changed_to_[to.writer.value] = to.value;
    if (is(Storage::global)) global_.set(variable, to);
    if (is(Storage::thread_local_)) thread_local_.set(variable, to);
    if (is(Storage::contextvar)) in_contexts_.change(from, to.writer);
    // Arguments and the copied dict are one map, in which the copy's value stands. To arguments it stands for
    // the object that it was made of.
    if (is(Storage::argument) || is(Storage::context_copy)) in_arguments_.change(from, to.writer);
    if (is(Storage::context_copy)) scope.dicts->set_copied(variable, to);
    if (is(Storage::context_shared)) scope.dicts->change_shared(variable, to);
    if (is(Storage::context_chainmap)) scope.dicts->change_chained(variable, to);
}

VariableId Storages::add(const void* key, bool refers) {
    assert(key && !find(key));
    variables_.push_back(key);
    if (variables_.size() == 1 && !refers) first_variable_ = key;
    return VariableId{static_cast<std::uint32_t>(variables_.size())};
}

}  // namespace loopscope::context
