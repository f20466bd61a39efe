#pragma once

#include <string_view>

#include <imgui.h>

#include "app/timeline/draw_list.hpp"

namespace loopscope::panels {

/// No text is laid out wider than this, in pixels: no framebuffer is wider.
inline constexpr float max_text_width = 16384;

/// As much of a text as fits into one line.
struct FittedText {
    std::string_view text;  ///< its beginning, whole characters
    float width = 0;        ///< of that, in pixels
    bool whole = true;      ///< whether that is all of it
};

/// Returns as much of a UTF-8 text as fits into one line of a width, in pixels: up to its first line break.
/// Looks at no more of the text than could fit, however long it is.
FittedText fit_text(ImFont* font, std::string_view text, float width);

/// Returns the width of a text on one line, in pixels; at most `max_text_width`.
float text_width(ImFont* font, std::string_view text);

/// Draws a text on one line at a position of the screen; where it is wider than `width`, as much of it as
/// fits with an ellipsis, and nothing where not even that fits. Returns the width that it takes, in pixels.
float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, timeline::Color color, std::string_view text,
                float width = max_text_width);

/// Takes the first line off a text that is broken to a width, in pixels: as many words as fit, or as much of
/// a word as fits, at least one character. Blanks and the line break behind it are taken and not returned.
std::string_view take_line(ImFont* font, std::string_view& rest, float width);

/// Draws a text in lines that are broken to a width, as many as fit above `bottom`; the last of them ends
/// with an ellipsis if there is more. `at` is where the first one begins, `step` how far lines are apart.
/// Returns the y below the last one.
float draw_lines(ImDrawList& list, ImFont* font, ImVec2 at, timeline::Color color, std::string_view text,
                 float width, float step, float bottom);

/// Shows a text beside the mouse, broken to lines that a screen has room for.
void show_tooltip(std::string_view text);

}  // namespace loopscope::panels
