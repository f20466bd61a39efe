#pragma once

#include "app/session/session.hpp"

namespace loopscope::cli {

/// Opens the window on a program and stays until the user closes it. Fails if no window can be opened.
Result<void> show_window(const session::Setup& setup);

}  // namespace loopscope::cli
