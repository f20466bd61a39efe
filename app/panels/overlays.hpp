#pragma once

#include "app/panels/demo.hpp"
#include "app/panels/ui.hpp"
#include "app/timeline/layout.hpp"

namespace loopscope::panels {

/// One sentence in the middle of a rectangle, above everything.
void sentence(const Ui& ui, std::string_view text, timeline::Rect rect);

/// The list of all keys, while it is open; a click closes it.
void keys_help(const Ui& ui, bool& open);

/// What a demo says, large enough for the last row.
void demo_caption(const Ui& ui, const DemoRun& demo, timeline::Rect rect);

}  // namespace loopscope::panels
