#pragma once

#include <optional>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// What the program has printed up to the cursor, each symbol in the hue of the chain that wrote it,
/// underlined in the printing chain's hue where it leaks. Gives the print's event that the user clicked.
std::optional<std::uint32_t> output_panel(const Ui& ui, session::Session& session, timeline::Rect rect);

}  // namespace loopscope::panels
