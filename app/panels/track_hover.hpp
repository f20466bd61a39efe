// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/session/session.hpp"
#include "app/timeline/timeline.hpp"

namespace loopscope::panels {

/// Returns the tooltip for what the mouse is over in the timeline of an imported trace: for a slice its name,
/// how long it takes, when it begins, its track and its first arguments; for a lane its full name and whose
/// it is. Returns nothing if there is none.
[[nodiscard]] std::string track_hover_text(const session::Session& session, const timeline::TrackTree& tree,
                                           const timeline::Hit& hit);

}  // namespace loopscope::panels
