// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "app/timeline/lane_tree.hpp"
#include "app/timeline/layout.hpp"
#include "app/timeline/tiles.hpp"
#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// What is at a point of the timeline.
struct Hit {
    /// The parts of the timeline that react to the mouse.
    enum class Part : std::uint8_t {
        nothing,
        axis_words,
        mark,            ///< the flag of a mark
        storage_switch,  ///< the flag of a switch of storage
        lanes,
        label,
        fold,
        storage,
        output,
        minimap,
    };

    Part part = Part::nothing;
    std::optional<AxisKind> axis;     ///< the axis whose word it is
    TaskId task;                      ///< the task of the lane
    LaneGroupId group;                ///< the group of the lane
    std::string_view group_name;      ///< what its tasks are called
    std::size_t group_size = 0;       ///< how many tasks it has
    std::optional<EventIndex> event;  ///< the event that a click selects
    std::int64_t tick = 0;            ///< the position on the axis
    std::optional<Cell> merged;       ///< what is merged in the column of a band
    TrackKey track;                   ///< the lane of an imported trace
    std::size_t merged_slices = 0;    ///< how many slices or instants begin within the pixel
    std::optional<EventIndex> flow;   ///< the touch of a flow to which an arrow leads that is there
};

/// Draws the whole picture of a scene into `out`. `tiles` are kept from frame to frame.
void draw(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, DrawList& out);

/// Returns what is at (x, y), in pixels. On a print's tile the event is that print; elsewhere in the lanes it
/// is the last event of the nearest handle.
Hit hit(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, float x, float y);

/// Fills in which flag is at x, of the row of flags.
void hit_flag(const Scene& scene, const Layout& layout, float x, Hit& result);

}  // namespace loopscope::timeline
