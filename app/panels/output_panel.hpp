// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "app/panels/output_lines.hpp"
#include "app/panels/ui.hpp"
#include "app/session/storage_runs.hpp"

namespace loopscope::panels {

/// The requests of the user in one frame.
struct OutputResponse {
    std::optional<PrintIndex> print;        ///< go to this print
    std::optional<trace::Storage> storage;  ///< select this storage
};

/// Draws the OUTPUT panel: what the program has printed up to the cursor. Each symbol has the hue of the
/// chain that wrote it; a leak is underlined in the hue of the chain that printed it, and a stale print has a
/// line above it in the hue of the chain that it was printed for; what a search has found has a frame. A
/// program that prints more than single characters has a line for each print. Below it, the outputs under
/// each storage are shown in lock-step, with the differences marked; not if `runs` is null. What does not fit
/// is counted, and the wheel scrolls to it. Returns what the user clicked.
OutputResponse output_panel(const Ui& ui, const OutputScene& scene, const session::StorageRuns* runs,
                            OutputScroll& scroll, timeline::Rect rect);

}  // namespace loopscope::panels
