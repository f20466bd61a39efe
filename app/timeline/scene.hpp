#pragma once

#include <span>
#include <string>

#include "app/timeline/axis.hpp"
#include "app/timeline/theme.hpp"
#include "app/timeline/view.hpp"
#include "core/trace/mark.hpp"

namespace loopscope::timeline {

/// Which arrows are drawn: none; at the cursor, from the write to the print that shows it, and between tasks
/// that wake or cancel each other; or all those in view, and from each task to those that it spawned.
enum class Arrows : std::uint8_t { none, selected, all };

/// Everything that a picture of the timeline is computed from. Refers, owns nothing.
struct Scene {
    const trace::Log& log;
    const trace::Index& index;
    std::uint32_t cursor = 0;
    const View& view;
    const Theme& theme;
    const TextMetrics& text;
    float scale = 1;  ///< pixels of a design pixel
    Arrows arrows = Arrows::selected;
    std::span<const trace::Mark> marks = {};  ///< in order of their events
    std::string_view sorted = {};  ///< what is said of the order of the lanes; nothing: as they were created
    std::string_view filter = {};  ///< the text that lanes are filtered by; nothing: they are not
    bool asks = false;             ///< whether what comes after the trace is what somebody is asked

    [[nodiscard]] Axis axis() const { return {view.axis, log, index, view.morph}; }
    /// A length in design pixels, in pixels.
    [[nodiscard]] float px(float design) const { return design * scale; }
    /// What has not happened yet at the cursor stands back.
    [[nodiscard]] Color at(std::uint32_t event, Color color) const {
        return event > cursor ? color.faded(0.24F) : color;
    }
    [[nodiscard]] Color hue(TaskId task) const { return hue_of(theme, index, task); }
};

enum class Align : std::uint8_t { left, center, right };

/// Adds a line of text, as long as `TextMetrics::max_width` at most; returns its width, in pixels. For texts
/// of our own: what a file may choose needs a width to end at.
float add_text(Layer& layer, const TextMetrics& metrics, std::string_view text, float x, float baseline,
               Face face, float size, Color color, Align align = Align::left);

/// Returns the first character of a UTF-8 text; of what is no UTF-8, at most four bytes.
std::string_view first_character(std::string_view text);

/// Adds a line of text, cut with an ellipsis so that it is no wider than `width` pixels; nothing where not
/// even that fits. Returns the width that it takes.
float add_text_within(Layer& layer, const TextMetrics& metrics, std::string_view text, float x,
                      float baseline, float width, Face face, float size, Color color);

}  // namespace loopscope::timeline
