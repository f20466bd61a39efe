// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"

namespace loopscope::cli {

/// Has a recording written as a whole, and shows how far that is. Ctrl C meanwhile leaves the file as it was
/// recorded, and a sentence says so; where an Interrupt has been asked before, it ends the process. `finish`
/// is called once, and hands the progress to format::Recorder::finish.
Result<void> close_recording(const std::function<Result<void>(const Progress&)>& finish);

}  // namespace loopscope::cli
