// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "app/screen/screen.hpp"
#include "app/session/session.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::screen {

/// How a window begins, and when it ends besides when the user closes it.
struct Showing {
    const timeline::Theme* theme = nullptr;  ///< null: the one that the user has chosen last
    std::string notice = {};                 ///< shown until the user does something
    Begin begin = {};                        ///< may open a lesson or a demo; null: nothing is done
    std::function<bool()> ends = {};         ///< closes the window once it returns true; null: never does
};

/// Shows a session in a window, as the user has left the last one (settings::Store), and returns when the
/// user closes the window, a signal arrives (Interrupt), or `showing.ends` returns true; completes a file
/// that is being saved first. Fails if no window can be opened.
Result<void> show_window(session::Session session, const Showing& showing = {});

}  // namespace loopscope::screen
