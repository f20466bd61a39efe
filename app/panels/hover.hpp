#pragma once

#include <string>

#include "app/session/session.hpp"
#include "app/timeline/timeline.hpp"

namespace loopscope::panels {

/// What the tooltip of the timeline says of what the mouse is over; nothing if there is nothing to say.
[[nodiscard]] std::string hover_text(const session::Session& session, const timeline::Hit& hit);

}  // namespace loopscope::panels
