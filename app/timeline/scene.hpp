// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/timeline/axis.hpp"
#include "app/timeline/found.hpp"
#include "app/timeline/lane_tree.hpp"
#include "app/timeline/legible.hpp"
#include "app/timeline/theme.hpp"
#include "app/timeline/track_tree.hpp"
#include "app/timeline/view.hpp"
#include "core/trace/mark.hpp"

namespace loopscope::timeline {

/// Which arrows are drawn. `none`: no arrows. `selected`: at the cursor, from a write to the print that shows
/// its value, and between tasks that wake or cancel each other. `all`: all of these in view, and from each
/// task to the tasks that it spawned.
enum class Arrows : std::uint8_t { none, selected, all };

/// Everything that a picture of the timeline is computed from. Refers, owns nothing.
struct Scene {
    const trace::Log& log;
    const trace::Index& index;
    EventIndex cursor;
    const View& view;
    const Theme& theme;
    const TextMetrics& text;
    float scale = 1;  ///< pixels for a design pixel
    Arrows arrows = Arrows::selected;
    std::span<const trace::Mark> marks = {};  ///< in the order of their events
    std::string_view sorted = {};  ///< a description of the order of the lanes; empty: the order of creation
    std::string_view filter = {};  ///< the text that lanes are filtered by; empty: no filter
    Found found = {};              ///< what a search has found
    bool asks = false;             ///< whether the user is asked what comes after the trace
    std::optional<LaneKey> selected = {};         ///< the lane that keys are about
    std::optional<TrackKey> selected_track = {};  ///< that of an imported trace
    bool still = false;  ///< whether nobody can take hold of anything: no minimap, nothing that folds

    [[nodiscard]] Axis axis() const { return {view.axis, log, index, view.morph}; }
    /// Converts a length from design pixels to pixels.
    [[nodiscard]] float px(float design) const { return design * scale; }
    /// Returns the colour faded if the event is after the cursor, because it has not happened yet.
    [[nodiscard]] Color at(EventIndex event, Color color) const {
        return event > cursor ? color.faded(0.24F) : color;
    }
    /// Returns the colour of a text about an event, on an opaque ground: that of what has not happened yet
    /// stands back, as far as it can still be read.
    [[nodiscard]] Color text_at(EventIndex event, Color color, Color ground) const {
        return legible(at(event, color), ground);
    }
    /// Returns the hue of a task's chain.
    [[nodiscard]] Color hue(TaskId task) const { return hue_of(theme, index, task); }
};

/// Which point of a text its x is.
enum class Align : std::uint8_t { left, center, right };

/// Adds a line of text, at most `TextMetrics::max_width` wide, and returns its width in pixels. Use it for
/// texts of the program's own; a text that comes from a file needs add_text_within.
float add_text(Layer& layer, const TextMetrics& metrics, std::string_view text, float x, float baseline,
               Face face, float size, Color color, Align align = Align::left);

/// Adds a line of text, cut with an ellipsis so that it is at most `width` pixels wide. Adds nothing if not
/// even the ellipsis fits. Returns the width of what was added, in pixels.
float add_text_within(Layer& layer, const TextMetrics& metrics, std::string_view text, float x,
                      float baseline, float width, Face face, float size, Color color);

/// Adds the name of a task or a coroutine as add_text_within does. If it is a qualified name that does not
/// fit, its beginning is cut, because its end tells more. Returns the width of what was added, in pixels.
float add_name_within(Layer& layer, const TextMetrics& metrics, std::string_view name, float x,
                      float baseline, float width, Face face, float size, Color color);

}  // namespace loopscope::timeline
