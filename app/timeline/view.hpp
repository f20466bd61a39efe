// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "app/timeline/axis.hpp"

namespace loopscope::timeline {

/// The part of an axis that is shown: maps ticks to pixels from the left edge of the lanes.
///
/// The origin is subtracted as int64 before anything becomes a float, so positions are exact at any zoom.
struct View {
    AxisKind axis = AxisKind::sequence;
    std::int64_t origin = 0;             ///< the tick at the left edge
    double scale = 6.5 / Axis::quarter;  ///< pixels per tick
    float scroll = 0;                    ///< pixels that the lanes are scrolled down
    std::optional<Morph> morph;          ///< present while the axis changes

    /// The maximum scale: no view shows less than a tick in a pixel.
    static constexpr double max_scale = 1;

    /// Returns the x of a tick, in pixels from the left edge of the lanes.
    [[nodiscard]] float x(std::int64_t tick) const {
        return static_cast<float>(static_cast<double>(tick - origin) * scale);
    }
    /// Returns the tick at an x, in pixels from the left edge of the lanes.
    [[nodiscard]] std::int64_t tick(float x) const { return origin + ticks(x); }
    /// Returns how many ticks a number of pixels are; at most 2^61, so that they can be added to any tick.
    [[nodiscard]] std::int64_t ticks(double pixels) const {
        constexpr double maximum = 0x1p61;
        return std::llround(std::clamp(pixels / scale, -maximum, maximum));
    }

    /// Zooms by a factor; the tick at `x` stays there. Zooms in to at most one pixel per tick, and out until
    /// half of the `width` pixels show `widest` ticks.
    void zoom(double factor, float x, float width, std::int64_t widest) {
        const std::int64_t fixed = tick(x);
        const double minimum =
            static_cast<double>(width) / (2.0 * static_cast<double>(std::max<std::int64_t>(widest, 1)));
        scale = std::clamp(scale * factor, std::min(minimum, max_scale), max_scale);
        origin = fixed - ticks(x);
    }

    /// Zooms by steps of a quarter of an octave, so that the same scales occur again and nothing shimmers;
    /// the tick at `x` stays there. The limits are those of zoom().
    void zoom_steps(int steps, float x, float width, std::int64_t widest) {
        const double exponent = std::round(std::log2(scale) * 4) / 4 + steps * 0.25;
        zoom(std::exp2(exponent) / scale, x, width, widest);
    }

    /// Moves the view by `pixels` to the right along the axis.
    void pan(float pixels) { origin += ticks(pixels); }

    /// Returns the first tick that can be shown: the axis begins at 0, some pixels right of the left edge.
    [[nodiscard]] std::int64_t first(float width) const {
        return -ticks(static_cast<double>(width) * margin);
    }

    /// Shows all of [0, end] in `width` pixels, with at most `largest` pixels per tick.
    void fit(std::int64_t end, float width, double maximum) {
        scale = std::min(static_cast<double>(width) * (1 - 2 * margin) /
                             static_cast<double>(std::max<std::int64_t>(end, 1)),
                         maximum);
        origin = first(width);
    }

    /// Shows all of [from, to] in the middle of `width` pixels, with at most `largest` pixels per tick.
    void show(std::int64_t from, std::int64_t to, float width, double maximum) {
        const auto length = static_cast<double>(std::max<std::int64_t>(to - from, 1));
        scale = std::min(static_cast<double>(width) * (1 - 2 * margin) / length, maximum);
        origin = from - ticks((static_cast<double>(width) - length * scale) / 2);
    }

    /// Pans so that a tick is in view, with some room after it unless all up to `end` is in view.
    void reveal(std::int64_t tick, std::int64_t end, float width) {
        const float at = x(tick);
        const float maximum = x(end) <= width ? width : width * 0.86F;
        if (at > maximum) pan(at - maximum);
        if (at < 0) pan(at - width * 0.1F);
        origin = std::max(origin, first(width));
    }

    /// The share of the width that is left free at each end of the axis.
    static constexpr double margin = 0.02;
};

}  // namespace loopscope::timeline
