#pragma once

#include "app/session/session.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::cli {

/// Opens the window on a program and stays until the user closes it. Fails if no window can be opened.
Result<void> show_window(const session::Setup& setup, const timeline::Theme& theme);

}  // namespace loopscope::cli
