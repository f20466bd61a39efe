#pragma once

#include <cstdint>
#include <optional>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// How far the lines of the output are scrolled up from the cursor's.
struct OutputScroll {
    std::uint32_t lines = 0;
    EventIndex cursor;  ///< where they were scrolled; another cursor shows its own line again

    /// The maximum of `lines`: a frame looks at all of them. Earlier ones are found by P and by search.
    static constexpr std::uint32_t max_lines = 2000;
};

/// Returns whether a program prints more than single characters, as far as the first prints and those before
/// the cursor tell.
bool prints_lines(const session::Session& session);

/// Draws the output up to the cursor line by line (explain::OutputLine), from the panel's top to `bottom`:
/// who printed it, and the text, each piece in the hue of the chain whose value it shows; a leak is
/// underlined in the hue of the chain that printed it. The wheel scrolls. A text that does not fit is shown
/// whole while the mouse is on it. `asks`: a
/// `?` stands where the next line will be. Writes to `clicked` the print that the user clicked. Returns the y
/// below the last line, in pixels.
float output_lines(const Ui& ui, const session::Session& session, const Panel& panel, float bottom, bool asks,
                   OutputScroll& scroll, std::optional<PrintIndex>& clicked);

}  // namespace loopscope::panels
