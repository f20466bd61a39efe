#pragma once

namespace loopscope::platform {

/// Has Mesa's software renderer draw without threads of its own where they cannot be started: it does not
/// look whether they were, and would wait for them for ever. To be called before a context is made.
void spare_driver_threads();

}  // namespace loopscope::platform
