#pragma once

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The selected storage as boxes: one cell for all, or what each task finds, below the task that it comes
/// from. The cell that was read or written last is lit.
void storage_panel(const Ui& ui, session::Session& session, timeline::Rect rect);

}  // namespace loopscope::panels
