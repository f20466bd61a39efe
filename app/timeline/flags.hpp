#pragma once

#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// A flag across all lanes where the storage was switched: "global → contextvar".
void draw_switches(const Scene& scene, const Layout& layout, DrawList& out);

/// A flag at each mark, with its text, above the storage lane.
void draw_marks(const Scene& scene, const Layout& layout, DrawList& out);

}  // namespace loopscope::timeline
