#pragma once

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The program's own source: the line of the handle at the cursor is lit, and every task marks the line where
/// it waits.
void source_panel(const Ui& ui, session::Session& session, timeline::Rect rect);

}  // namespace loopscope::panels
