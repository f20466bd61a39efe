// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/demo.hpp"
#include "app/panels/ui.hpp"
#include "app/timeline/layout.hpp"

namespace loopscope::panels {

/// Draws a sentence in the middle of a rectangle, above everything.
void sentence(const Ui& ui, std::string_view text, timeline::Rect rect);

/// Draws the list of all keys while it is open; a click closes it.
void keys_help(const Ui& ui, bool& open);

/// Draws the caption of a demo's step, large enough to be read from the last row.
void demo_caption(const Ui& ui, const DemoRun& demo, timeline::Rect rect);

}  // namespace loopscope::panels
