#include "core/context/storages.hpp"

#include <algorithm>

namespace loopscope::context {

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
