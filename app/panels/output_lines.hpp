// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "app/panels/list_scroll.hpp"
#include "app/session/hits.hpp"

namespace loopscope::panels {

/// How far the output is scrolled up from the cursor's line, and what of it is seen.
struct OutputScroll {
    std::uint32_t lines = 0;
    EventIndex cursor;    ///< where they were scrolled; another cursor shows its own line again
    PrintIndex first;     ///< the first print that is seen
    PrintIndex end;       ///< the print after the last one that is seen
    ListScroll storages;  ///< of the outputs under each storage
    /// The selected storage that was scrolled to, and whether there was room for all then.
    std::optional<std::pair<trace::Storage, bool>> selection;

    /// Takes the wheel, if the mouse is over the output, which is between two heights of a panel.
    void take_wheel(const session::Session& session, float top, float bottom);
    /// Returns how much of the output up to `after` is out of sight: "12 more above, 3 below"; empty if all
    /// is seen.
    [[nodiscard]] std::string note(PrintIndex after) const;

    /// The maximum of `lines`: a frame looks at all of them. Earlier ones are found by P and by search.
    static constexpr std::uint32_t max_lines = 2000;
};

/// What the output is drawn from. Refers, owns nothing.
struct OutputScene {
    const session::Session& session;
    const session::Hits& hits;  ///< of a search
    bool asks = false;          ///< whether a `?` stands where the next print will be
};

/// Returns whether a program prints more than single characters, as far as the first prints and those before
/// the cursor tell.
bool prints_lines(const session::Session& session);

/// Draws the output up to the cursor line by line (explain::OutputLine), from the panel's top to `bottom`:
/// who printed it, and the text, each piece in the hue of the chain whose value it shows; a leak is
/// underlined in the hue of the chain that printed it. The wheel scrolls. A text that does not fit is shown
/// whole while the mouse is on it; what a search has found has a frame. `asks`: a
/// `?` stands where the next line will be. Writes to `clicked` the print that the user clicked. Returns the y
/// below the last line, in pixels.
float output_lines(const Ui& ui, const OutputScene& scene, const Panel& panel, float bottom,
                   OutputScroll& scroll, std::optional<PrintIndex>& clicked);

/// Returns the height of a line, in pixels.
float output_line_height(const Ui& ui);

}  // namespace loopscope::panels
