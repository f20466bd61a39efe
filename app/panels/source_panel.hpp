#pragma once

#include <optional>

#include "app/panels/source.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The program's source in a language, if it has that: the line of the handle at the cursor is lit, and every
/// task marks the line where it waits. Gives the language that the user clicked, if any.
std::optional<Language> source_panel(const Ui& ui, session::Session& session, timeline::Rect rect,
                                     Language wanted);

}  // namespace loopscope::panels
