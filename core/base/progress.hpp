// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

namespace loopscope {

/// A function that long work calls now and then with the fraction that is done, from 0 to 1; it returns false
/// to stop the work.
using Progress = std::function<bool(double)>;

}  // namespace loopscope
