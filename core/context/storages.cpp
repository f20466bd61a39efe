#include "core/context/storages.hpp"

#include <algorithm>
#include <cassert>

namespace loopscope::context {

VariableId Storages::find_other(const void* key) const {
    const auto found = std::ranges::find(variables_, key);
    if (found == variables_.end()) return {};
    return VariableId{static_cast<std::uint32_t>(found - variables_.begin()) + 1};
}

VariableId Storages::add(const void* key) {
    assert(key && !find(key));
    variables_.push_back(key);
    first_variable_ = variables_.front();
    return VariableId{static_cast<std::uint32_t>(variables_.size())};
}

}  // namespace loopscope::context
