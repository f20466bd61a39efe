#pragma once

#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// Draws a flag across all lanes at each event that switched the storage, for example "global → contextvar".
void draw_switches(const Scene& scene, const Layout& layout, DrawList& out);

/// Draws a flag with the mark's text above the storage lane at each mark.
void draw_marks(const Scene& scene, const Layout& layout, DrawList& out);

}  // namespace loopscope::timeline
