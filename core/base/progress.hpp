#pragma once

#include <functional>

namespace loopscope {

/// Told now and then how much is done, from 0 to 1; returns false to have it stopped.
using Progress = std::function<bool(double)>;

}  // namespace loopscope
