#include "core/context/storages.hpp"

#include <algorithm>

namespace loopscope::context {

Cell Storages::read(VariableId variable, const Place& place) const {
    switch (selected_) {
        case Storage::global: return global_.get(variable);
        case Storage::thread_local_: return thread_local_.get(variable);
        case Storage::contextvar: return place.vars->get(variable);
        case Storage::argument: return place.dicts ? place.dicts->argument(variable) : Cell{};
        case Storage::context_shared: return place.dicts ? place.dicts->shared(variable) : Cell{};
        case Storage::context_copy: return place.dicts ? place.dicts->copied(variable) : Cell{};
        case Storage::context_chainmap: return place.dicts ? place.dicts->chained(variable) : Cell{};
    }
    return {};
}

void Storages::write(VariableId variable, Cell cell, const Place& place) {
    global_.set(variable, cell);
    thread_local_.set(variable, cell);
    place.vars->set(variable, cell);
    if (place.dicts) place.dicts->set(variable, cell);
}

VariableId Storages::find_number(const void* key) {
    const auto found = std::ranges::find(variables_, key);
    const auto index = static_cast<std::uint32_t>(found - variables_.begin());
    if (found == variables_.end()) variables_.push_back(key);
    return VariableId{index + 1};
}

}  // namespace loopscope::context
