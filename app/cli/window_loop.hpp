#pragma once

#include <string>

#include "app/cli/screen.hpp"
#include "app/session/session.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::cli {

/// Opens the window on a session and stays until the user closes it, or a signal does (Interrupt); what is
/// being saved then is saved. `notice` is shown until they do
/// something; `begin` may open a lesson or a demo. Fails if no window can be opened.
Result<void> show_window(session::Session session, const timeline::Theme& theme,
                         const std::string& notice = {}, const Begin& begin = {});

}  // namespace loopscope::cli
