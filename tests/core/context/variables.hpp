#pragma once

#include "core/base/id.hpp"

namespace loopscope::context {

/// The variables of the tests of storages.
inline constexpr VariableId symbol{1};
inline constexpr VariableId user{2};

}  // namespace loopscope::context
