// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "app/timeline/scene.hpp"
#include "core/explain/output_line.hpp"

namespace loopscope::timeline {

/// What is wrong with prints that are drawn as one.
struct PrintSigns {
    bool leak = false;
    std::optional<PrintIndex> stale;  ///< the last of them that is stale

    void add(const trace::Prints& prints, PrintIndex print) {
        leak = leak || prints.leak(print);
        if (prints.stale(print)) stale = print;
    }
};

/// Where a print is drawn in its lane, in pixels.
struct PrintPlace {
    float x = 0;       ///< of its moment
    float middle = 0;  ///< y of the middle of the lane
    float tile = 0;    ///< height of a tile, and its least width; too small: a bar is drawn instead
    float room = 0;    ///< the most that it may be wide
    float lane_height = 0;
    Color hue;  ///< the lane's own
};

/// Draws a line of prints: a tile in the hue of the chain that wrote the value, with as much of the text as
/// there is room for, or a bar where there is none for a character. A leak has a cut corner and a frame, or a
/// stroke below the bar; a stale print has a stroke above it, in the hue of the chain that it was printed
/// for.
void draw_print(const Scene& scene, const explain::OutputLine& line, const PrintSigns& signs,
                const PrintPlace& place, DrawList& out);

/// Returns the hue of those whom a stale print was printed for; that of texts if they are no chain.
Color hue_of_served(const Scene& scene, PrintIndex print);

}  // namespace loopscope::timeline
