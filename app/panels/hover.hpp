// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/session/session.hpp"
#include "app/timeline/timeline.hpp"

namespace loopscope::panels {

/// Returns the tooltip for what the mouse is over in the timeline; empty if there is none.
[[nodiscard]] std::string hover_text(const session::Session& session, const timeline::Hit& hit);

}  // namespace loopscope::panels
