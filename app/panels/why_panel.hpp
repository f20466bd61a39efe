#pragma once

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// Says why what happens at the cursor happens.
void why_panel(const Ui& ui, session::Session& session, timeline::Rect rect);

}  // namespace loopscope::panels
