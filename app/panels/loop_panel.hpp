#pragma once

#include "app/panels/source.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The loop as it is at the cursor: the ready queue with the iteration's snapshot, what runs, and what waits
/// for a timer or for others. What runs is shown as its line of source, in `language`.
void loop_panel(const Ui& ui, session::Session& session, timeline::Rect rect, Language language);

}  // namespace loopscope::panels
