// SPDX-License-Identifier: MIT
#include "app/timeline/timeline.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "app/timeline/arrows.hpp"
#include "app/timeline/flags.hpp"
#include "app/timeline/found_marks.hpp"
#include "app/timeline/lane_label.hpp"
#include "app/timeline/lane_rows.hpp"
#include "app/timeline/minimap.hpp"
#include "app/timeline/overlay.hpp"

namespace loopscope::timeline {
namespace {

EventIndex handle_end_near(const Scene& scene, std::int64_t tick) {
    const EventIndex event = scene.axis().event_near(tick);
    const std::optional<HandleIndex> handle = scene.index.handle_at(event);
    return handle ? scene.index.last_event(*handle) : event;
}

/// Calls `take` with the kind that a lane is of.
template <class Take>
void with_rows(const Lane& lane, const Take& take) {
    for (const LaneRows* const kind : lane_rows()) {
        if (kind->has(lane)) return take(*kind);
    }
}

void draw_lanes(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                Tiles& tiles, DrawList& out) {
    Bands bands(scene, tiles, projection_of(scene, layout));
    const auto in_view =
        std::span(tree.lanes()).subspan(window.first_lane, window.last_lane - window.first_lane);
    const auto is_fold = [](const Lane& lane) { return lane.group || lane.is_folded; };
    if (std::ranges::any_of(in_view, is_fold)) tiles.count_folds(tree);
    const LaneScene picture{scene, layout, tree, window, bands, out};
    for (std::size_t position = window.first_lane; position < window.last_lane; ++position) {
        const Lane& lane = tree.lanes()[position];
        const float top = layout.lane_top(position, scene.view.scroll);
        with_rows(lane, [&](const LaneRows& kind) { kind.draw(picture, lane, top); });
    }
    bands.draw(out[DrawList::lanes], out.texels);
}

}  // namespace

void draw(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, DrawList& out) {
    assert(tree.knows(scene.index));
    out.clear();
    tiles.begin_frame(scene.log, scene.index);
    const LaneWindow window = LaneWindow::create(scene, layout, tree);
    draw_hidden_output(scene, layout, out);
    draw_head(scene, layout, tree, out);
    draw_grid(scene, layout, window, out);
    // The labels have a background of their own, which covers what is panned out of view.
    out[DrawList::labels].quads.push_back(
        {{0, layout.flags.y, layout.gutter - scene.px(6), layout.all.height - layout.flags.y},
         0,
         0,
         0,
         scene.theme.background,
         {}});
    // From top to bottom: a step changes what is close together in the list.
    const auto draw_fixed = [&](bool above) {
        for (const FixedRow* const row : fixed_rows()) {
            if ((row->place(layout).y < layout.lanes.y) == above)
                row->draw(scene, layout, window, tiles, out);
        }
    };
    draw_fixed(true);
    draw_lanes(scene, layout, tree, window, tiles, out);
    draw_fixed(false);
    draw_minimap(scene, layout, tree, tiles, out);
    const std::vector<Flag> flags = flags_in_view(scene, layout);
    draw_flags(scene, layout, flags, out);
    draw_arrows(scene, layout, tree, window, out);
    draw_found(scene, layout, tree, window, out);
    draw_playhead(scene, layout, flags, out);
}

namespace {

/// Fills in what is at a point of the lanes.
void hit_lanes(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, float x, float y,
               Hit& result) {
    result.part = Hit::Part::lanes;
    const auto position =
        static_cast<std::size_t>((y - layout.lanes.y + scene.view.scroll) / layout.lane_height);
    const bool on_lane = position < tree.lanes().size();
    const Lane lane = on_lane ? tree.lanes()[position] : Lane{};
    result.task = lane.task;
    result.group = lane.group;
    if (lane.group) {
        result.group_name = group_name(scene, tree.group(lane.group));
        result.group_size = tree.group(lane.group).size();
    }
    // All of a group's label folds it, because there is no task to select.
    if (lane.is_parent && x < layout.gutter && (lane.group || x < label_left(scene, lane))) {
        result.part = Hit::Part::fold;
        return;
    }
    if (x < layout.gutter) return;
    if (on_lane)
        with_rows(lane, [&](const LaneRows& kind) { kind.hit(scene, layout, tree, tiles, lane, x, result); });
    if (!result.event) result.event = handle_end_near(scene, result.tick);
}

}  // namespace

void hit_flag(const Scene& scene, const Layout& layout, float x, Hit& result) {
    const std::optional<Flag> flag = flag_at(scene, flags_in_view(scene, layout), x);
    if (!flag) return;
    result.part = flag->is_mark ? Hit::Part::mark : Hit::Part::storage_switch;
    result.event = flag->event;
}

Hit hit(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, float x, float y) {
    assert(tree.knows(scene.index));
    Hit result;
    result.tick = scene.view.tick(x - layout.gutter);
    if (y < layout.flags.y) {
        result.part = Hit::Part::axis_words;
        result.axis = Layout::axis_words(scene).axis_at(x);
        return result;
    }
    if (layout.minimap.contains(x, y)) {
        result.part = Hit::Part::minimap;
        result.tick = minimap_tick(scene, layout, x);
        return result;
    }
    for (const FixedRow* const row : fixed_rows()) {
        if (!row->place(layout).contains(x, y)) continue;
        row->hit(scene, layout, x, result);
        return result;
    }
    if (layout.flags.contains(x, y)) {
        hit_flag(scene, layout, x, result);
        return result;
    }
    if (layout.lanes.contains(x, y)) hit_lanes(scene, layout, tree, tiles, x, y, result);
    return result;
}

}  // namespace loopscope::timeline
