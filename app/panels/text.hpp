// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include <imgui.h>

#include "app/timeline/draw_list.hpp"

namespace loopscope::panels {

/// The maximum width of a line of text, in pixels: no framebuffer is wider.
inline constexpr float max_text_width = 16384;

/// The part of a text that fits into one line.
struct FittedText {
    std::string_view text;  ///< the beginning of the text, in whole characters
    float width = 0;        ///< width of `text`, in pixels
    bool whole = true;      ///< whether `text` is the whole text
};

/// Returns the part of a UTF-8 text, up to its first line break, that fits into one line of `width` pixels.
/// Looks at no more of the text than could fit, however long it is.
FittedText fit_text(ImFont* font, std::string_view text, float width);

/// Returns the width of the first line of a text, in pixels; at most `max_text_width`.
float text_width(ImFont* font, std::string_view text);

/// Draws a text on one line at a position on the screen. A text that is wider than `width` pixels ends with
/// an ellipsis; nothing is drawn if not even that fits. Returns the width of what was drawn, in pixels.
float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, timeline::Color color, std::string_view text,
                float width = max_text_width);

/// Removes the first line from a text that is broken to `width` pixels, and returns it: as many words as fit,
/// or as much of the first word as fits, at least one character. Blanks and the line break after the line are
/// removed as well.
std::string_view take_line(ImFont* font, std::string_view& rest, float width);

/// Draws a text in lines that are broken to `width` pixels, as many as fit above `bottom`; the last line ends
/// with an ellipsis if text is left. `at` is the top left of the first line, `step` the distance between
/// lines, in pixels. Returns the y below the last line.
float draw_lines(ImDrawList& list, ImFont* font, ImVec2 at, timeline::Color color, std::string_view text,
                 float width, float step, float bottom);

/// Returns how many lines of `width` pixels a text is broken to; more than `max` lines are not counted.
int count_lines(ImFont* font, std::string_view text, float width, int max);

/// Shows a tooltip with a text that is broken to lines, at most 20: below what it is about, or above that
/// where there is no room, and never beyond the window's edge. `about` is in pixels of the window; without
/// it, the tooltip is about ImGui's last item.
void show_tooltip(std::string_view text, std::optional<timeline::Rect> about = {});
/// Shows a tooltip as above, about what stands between two corners.
void show_tooltip(std::string_view text, ImVec2 from, ImVec2 to);

}  // namespace loopscope::panels
