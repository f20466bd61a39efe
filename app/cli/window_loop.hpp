#pragma once

#include <functional>
#include <string>

#include "app/panels/workspace.hpp"
#include "app/session/session.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::cli {

/// Opens the window on a session and stays until the user closes it. `notice` is shown until they do
/// something; `begin` may open a lesson or a demo. Fails if no window can be opened.
Result<void> show_window(session::Session session, const timeline::Theme& theme,
                         const std::string& notice = {},
                         const std::function<void(panels::Workspace&)>& begin = {});

}  // namespace loopscope::cli
