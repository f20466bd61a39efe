#pragma once

#include <optional>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// Says why what happens at the cursor happens, and below that what led to it. Gives the event of a cause
/// that the user clicked.
std::optional<std::uint32_t> why_panel(const Ui& ui, const session::Session& session, timeline::Rect rect);

/// The same in as few words as fit into one line: what happens at the cursor, and whether it leaks.
void why_line(const Ui& ui, const session::Session& session, timeline::Rect rect);

}  // namespace loopscope::panels
