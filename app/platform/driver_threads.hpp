// SPDX-License-Identifier: MIT
#pragma once

namespace loopscope::platform {

/// Makes Mesa's software renderer draw without threads of its own if they cannot be started: it does not
/// check whether they were, and would wait for them forever. REQUIRES: no OpenGL context was made yet.
void spare_driver_threads();

}  // namespace loopscope::platform
