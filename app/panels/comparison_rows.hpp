#pragma once

#include "app/panels/output_panel.hpp"

namespace loopscope::panels {

/// The height of a heading and a row for each storage.
float comparison_height(const Ui& ui);

/// Draws what the program prints under each storage, a row each, from `y` to the panel's bottom: in lock-step
/// with the session's output, so that the prints of a number stand one above the other. Takes clicks.
void comparison_rows(const Ui& ui, const session::Session& session, const session::StorageRuns& runs,
                     const Panel& panel, float y, OutputWish& wish);

}  // namespace loopscope::panels
