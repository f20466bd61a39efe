#pragma once

#include <functional>
#include <string>

#include "app/screen/screen.hpp"
#include "app/session/session.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::screen {

/// Shows a session in a window, and returns when the user closes the window, a signal arrives (Interrupt), or
/// `ends` returns true; completes a file that is being saved first. Shows `notice` until the user does
/// something; `begin` may open a lesson or a demo. Fails if no window can be opened.
Result<void> show_window(session::Session session, const timeline::Theme& theme,
                         const std::string& notice = {}, const Begin& begin = {},
                         const std::function<bool()>& ends = {});

}  // namespace loopscope::screen
