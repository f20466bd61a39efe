// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "app/timeline/layout.hpp"
#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// Where the lanes of tracks stand, in pixels of the timeline.
class TrackPlace {
  public:
    /// REQUIRES: all outlive the place.
    TrackPlace(const Layout& layout, const TrackTree& tree, float scroll)
        : layout_(layout), tree_(tree), scroll_(scroll) {}

    /// Returns the y of the top of a lane.
    [[nodiscard]] float top(const TrackLane& lane) const { return y(static_cast<double>(lane.top)); }
    [[nodiscard]] float bottom(const TrackLane& lane) const {
        return y(static_cast<double>(lane.top + lane.height()));
    }
    /// Returns the y of the top of a row of a lane; the row of instants is the one after the last.
    [[nodiscard]] float row_top(const TrackLane& lane, std::uint32_t row) const {
        return y(static_cast<double>(lane.top + row * std::uint64_t{TrackLane::row_height}) +
                 TrackLane::padding / 2.0);
    }
    /// Returns the height of what is drawn in a row: there is a gap to the next one.
    [[nodiscard]] float box_height() const { return layout_.lane_height - gap(); }
    /// Returns the index of the first lane in view, and of the one after the last.
    [[nodiscard]] std::pair<std::size_t, std::size_t> lanes_in_view() const {
        const std::size_t all = tree_.lanes().size();
        const std::size_t first = tree_.lane_at(std::max(quarter(layout_.lanes.y), 0.0));
        const std::size_t last = tree_.lane_at(quarter(layout_.lanes.bottom() - 1));
        return {first, std::min(last + 1, all)};
    }
    /// Returns the first row of a lane that is in view, at least in part, and the one after the last.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> rows_in_view(const TrackLane& lane) const {
        const double from =
            (quarter(layout_.lanes.y) - static_cast<double>(lane.top)) / TrackLane::row_height;
        const double to =
            (quarter(layout_.lanes.bottom()) - static_cast<double>(lane.top)) / TrackLane::row_height;
        const auto row = [&](double at) {
            return static_cast<std::uint32_t>(std::clamp(at, 0.0, static_cast<double>(lane.rows)));
        };
        return {row(from - 1), row(to + 1)};
    }
    /// Returns the lane at a y; the number of lanes if none is there.
    [[nodiscard]] std::size_t lane_at(float y) const { return tree_.lane_at(quarter(y)); }
    /// Returns the row of a lane at a y, which may be that of instants or beyond it.
    [[nodiscard]] std::uint32_t row_at(const TrackLane& lane, float y) const {
        const double inside = quarter(y) - static_cast<double>(lane.top) - TrackLane::padding / 2.0;
        return static_cast<std::uint32_t>(std::max(inside, 0.0) / TrackLane::row_height);
    }
    /// Returns a rectangle cut off where lanes are no longer seen.
    [[nodiscard]] Rect visible(Rect rect) const {
        const float top = std::max(rect.y, layout_.lanes.y);
        const float bottom = std::min(rect.bottom(), layout_.lanes.bottom());
        return {rect.x, top, rect.width, std::max(bottom - top, 0.0F)};
    }
    /// Returns whether all between two heights is in view.
    [[nodiscard]] bool is_visible(float top, float bottom) const {
        return top >= layout_.lanes.y - 1 && bottom <= layout_.lanes.bottom() + 1;
    }

  private:
    [[nodiscard]] float gap() const { return std::max(std::round(layout_.lane_height * 0.1F), 1.0F); }
    [[nodiscard]] double quarter(float y) const {
        return (static_cast<double>(y - layout_.lanes.y) + static_cast<double>(scroll_)) /
               static_cast<double>(layout_.lane_height) * TrackLane::row_height;
    }
    [[nodiscard]] float y(double quarters) const {
        const double pixels = quarters * static_cast<double>(layout_.lane_height) / TrackLane::row_height;
        return std::round(layout_.lanes.y + static_cast<float>(pixels - static_cast<double>(scroll_)));
    }

    const Layout& layout_;
    const TrackTree& tree_;
    float scroll_;
};

}  // namespace loopscope::timeline
