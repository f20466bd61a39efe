// SPDX-License-Identifier: MIT
#include "app/timeline/found_marks.hpp"

#include <algorithm>
#include <cmath>

#include "app/timeline/minimap.hpp"
#include "app/timeline/track_place.hpp"
#include "app/timeline/track_spot.hpp"

namespace loopscope::timeline {
namespace {

/// The maximum number of found events in view that are all drawn.
constexpr std::size_t max_all = 1000;

/// Calls `draw` with each found event from tick `from` to tick `until`, with its x. `x_of` maps a tick to an
/// x and `tick_of` an x to a tick. Where there are very many, only the first of each pixel: then the work
/// depends on the pixels.
template <class XOf, class TickOf, class Draw>
void for_each_found(const Scene& scene, std::int64_t from, std::int64_t until, const XOf& x_of,
                    const TickOf& tick_of, const Draw& draw) {
    const Axis axis = scene.axis();
    EventIndex next = axis.first_at(from);
    const EventIndex end = axis.first_at(until + 1);
    const bool all = scene.found.count_before(end) - scene.found.count_before(next) <= max_all;
    while (const auto event = scene.found.first_from(next)) {
        if (*event >= end) return;
        const float x = x_of(axis.at(*event));
        draw(*event, x);
        next = *event + 1;
        if (!all) next = std::max(next, axis.first_at(tick_of(std::floor(x) + 1)));
    }
}

/// Calls `draw` with each found event in view, with its x.
template <class Draw>
void for_each_found_in_view(const Scene& scene, const Layout& layout, const Draw& draw) {
    for_each_found(
        scene, scene.view.tick(0), scene.view.tick(layout.width()),
        [&](std::int64_t tick) { return layout.gutter + scene.view.x(tick); },
        [&](float x) { return scene.view.tick(x - layout.gutter); }, draw);
}

void tick(const Scene& scene, float x, float bottom, DrawList& out) {
    const float width = std::max(std::round(scene.px(2)), 1.0F);
    const float height = std::round(scene.px(6));
    out[DrawList::cursor].quads.push_back(
        {{std::round(x - width / 2), bottom - height, width, height}, 0, 0, 0, scene.theme.accent, {}});
}

void draw_ticks(const Scene& scene, const Layout& layout, DrawList& out) {
    for_each_found_in_view(scene, layout,
                           [&](EventIndex, float x) { tick(scene, x, layout.flags.bottom(), out); });
    for_each_found(
        scene, 0, scene.axis().end(), [&](std::int64_t at) { return minimap_x(scene, layout, at); },
        [&](float x) { return minimap_tick(scene, layout, x); },
        [&](EventIndex, float x) { tick(scene, x, layout.minimap.bottom() - 1, out); });
}

}  // namespace

void draw_found(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                DrawList& out) {
    if (scene.found.empty()) return;
    const Color ground = scene.theme.accent.faded(0.4F);
    const float line = std::max(std::round(scene.px(1.5F)), 1.0F);
    const auto is_in_view = [&](std::size_t position) {
        return position >= window.first_lane && position < window.last_lane;
    };
    const auto middle = [&](std::size_t position) {
        return std::round(layout.lane_top(position, scene.view.scroll) + layout.lane_height / 2);
    };
    for (std::size_t position = window.first_lane; position < window.last_lane; ++position) {
        const Lane& lane = tree.lanes()[position];
        if (!lane.task || !scene.found.has(scene.index.task(lane.task).spawn)) continue;
        const float height = std::round(layout.lane_height) - scene.px(2);
        const float left = label_left(scene, lane) + scene.px(6);
        const Rect label{left, middle(position) - std::round(height / 2),
                         std::max(layout.gutter - scene.px(10) - left, 0.0F), height};
        out[DrawList::labels].quads.push_back(
            {label, scene.px(4), line, 0, {0, 0, 0, 0}, scene.theme.accent.faded(0.8F)});
    }
    const float side = std::round(std::max(window.tile, scene.px(9)) + scene.px(8));
    for_each_found_in_view(scene, layout, [&](EventIndex event, float x) {
        const bool prints = scene.log[event].kind() == trace::Kind::print ||
                            scene.log[event].kind() == trace::Kind::print_value;
        const auto position = prints ? tree.position_of(scene.log[event].task()) : std::nullopt;
        if (!position || !is_in_view(*position)) return;
        const float high = std::min(side, std::round(layout.lane_height));
        out[DrawList::grid].quads.push_back(
            {{std::round(x - side / 2), std::round(middle(*position) - high / 2), side, high},
             scene.px(5),
             0,
             0,
             ground,
             {}});
    });
    draw_ticks(scene, layout, out);
}

void draw_found(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out) {
    if (scene.found.empty()) return;
    const float line = std::max(std::round(scene.px(1.5F)), 1.0F);
    const TrackPlace place(layout, tree, scene.view.scroll);
    for_each_found_in_view(scene, layout, [&](EventIndex event, float) {
        const auto rect = rect_of(scene, layout, tree, event);
        if (!rect) return;
        const float width = std::max(rect->width, scene.px(3)) + 2 * line;
        const Rect seen = place.visible({rect->x - line, rect->y - line, width, rect->height + 2 * line});
        if (seen.height < 1) return;
        out[DrawList::marks].quads.push_back({seen, scene.px(2), line, 0, {0, 0, 0, 0}, scene.theme.text});
    });
    draw_ticks(scene, layout, out);
}

}  // namespace loopscope::timeline
