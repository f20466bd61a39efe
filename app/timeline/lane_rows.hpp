// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "app/timeline/bands.hpp"
#include "app/timeline/lane_window.hpp"
#include "app/timeline/timeline.hpp"

namespace loopscope::timeline {

/// What the lanes of a picture are drawn with. Refers, owns nothing.
struct LaneScene {
    const Scene& scene;
    const Layout& layout;
    const LaneTree& tree;
    const LaneWindow& window;
    Bands& bands;
    DrawList& out;
};

/// A kind of row among the lanes of a running program: a task, a group of tasks, the callbacks. Knows how
/// such a row is drawn, and what the mouse points at in one. A further kind is one more class, in
/// lane_rows().
class LaneRows {
  public:
    LaneRows() = default;
    LaneRows(const LaneRows&) = delete;
    LaneRows& operator=(const LaneRows&) = delete;
    virtual ~LaneRows() = default;

    /// Returns whether a lane is of this kind.
    [[nodiscard]] virtual bool has(const Lane& lane) const = 0;
    /// Draws a lane whose top is at a y, in pixels.
    virtual void draw(const LaneScene& picture, const Lane& lane, float top) const = 0;
    /// Fills in what is at x, in pixels, right of the labels. REQUIRES: the hit's tick is filled in.
    virtual void hit(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles,
                     const Lane& lane, float x, Hit& result) const = 0;
};

/// Returns all kinds.
std::span<const LaneRows* const> lane_rows();

/// A row that is above or below all lanes, where it stays when they are scrolled: the storage, the output.
class FixedRow {
  public:
    FixedRow() = default;
    FixedRow(const FixedRow&) = delete;
    FixedRow& operator=(const FixedRow&) = delete;
    virtual ~FixedRow() = default;

    [[nodiscard]] virtual Rect place(const Layout& layout) const = 0;
    virtual void draw(const Scene& scene, const Layout& layout, const LaneWindow& window, Tiles& tiles,
                      DrawList& out) const = 0;
    /// Fills in what is at x, in pixels.
    virtual void hit(const Scene& scene, const Layout& layout, float x, Hit& result) const = 0;
};

/// Returns all such rows.
std::span<const FixedRow* const> fixed_rows();

}  // namespace loopscope::timeline
