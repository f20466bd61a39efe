// SPDX-License-Identifier: MIT
#include "app/timeline/timeline.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "app/timeline/arrows.hpp"
#include "app/timeline/bands.hpp"
#include "app/timeline/flags.hpp"
#include "app/timeline/found_marks.hpp"
#include "app/timeline/lane_label.hpp"
#include "app/timeline/lane_marks.hpp"
#include "app/timeline/minimap.hpp"
#include "app/timeline/output_strip.hpp"
#include "app/timeline/overlay.hpp"
#include "app/timeline/storage_lane.hpp"

namespace loopscope::timeline {
namespace {

/// Returns the event of the print whose tile covers `x`; a tile reaches `reach` pixels from its middle.
template <class Prints, class EventOf>
std::optional<EventIndex> print_under(const Scene& scene, const Layout& layout, const Prints& prints,
                                      EventOf event_of, float x, float reach) {
    const Axis axis = scene.axis();
    const EventIndex near = axis.event_near(scene.view.tick(x - layout.gutter));
    auto next = std::ranges::lower_bound(prints, near, {}, event_of);
    if (next != prints.begin()) --next;
    std::optional<EventIndex> best;
    float best_distance = reach;
    for (int tries = 0; tries < 3 && next != prints.end(); ++tries, ++next) {
        const float distance = std::abs(layout.gutter + scene.view.x(axis.at(event_of(*next))) - x);
        if (distance <= best_distance) best = event_of(*next), best_distance = distance;
    }
    return best;
}

EventIndex handle_end_near(const Scene& scene, std::int64_t tick) {
    const EventIndex event = scene.axis().event_near(tick);
    const std::optional<HandleIndex> handle = scene.index.handle_at(event);
    return handle ? scene.index.last_event(*handle) : event;
}

void draw_lanes(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                Tiles& tiles, DrawList& out) {
    Bands bands(scene, tiles, projection_of(scene, layout));
    const auto in_view =
        std::span(tree.lanes()).subspan(window.first_lane, window.last_lane - window.first_lane);
    const auto is_fold = [](const Lane& lane) { return lane.group || lane.is_folded; };
    if (std::ranges::any_of(in_view, is_fold)) tiles.count_folds(tree);
    const float height = block_height(scene, layout);
    const float stroke = 1 + std::max(std::round(scene.px(2)), 2.0F);
    for (std::size_t position = window.first_lane; position < window.last_lane; ++position) {
        const float top = layout.lane_top(position, scene.view.scroll);
        const Lane& lane = tree.lanes()[position];
        if (lane.is_callbacks()) {
            draw_callback_lane(scene, layout, tree, window, lane, top, out);
            continue;
        }
        const std::vector<TaskId> shown = tree.shown_in(lane);
        const bool is_band = window.merged || shown.empty();
        draw_lane(scene, layout, tree, window, lane, top, is_band ? std::vector<TaskId>() : shown, out);
        if (!is_band) continue;
        const float y = std::round(std::round(top + layout.lane_height / 2) - height / 2);
        if (is_fold(lane))
            bands.add(lane, color_of(scene, tree, lane), y, height + stroke);
        else
            bands.add(lane.task, y, height + stroke);
    }
    bands.draw(out[DrawList::lanes], out.texels);
}

/// Finds what is at x in the lane of a group: a print of one of its tasks, or else their nearest step.
void hit_group(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, const Lane& lane,
               float x, Hit& result) {
    if (!tiles.knows(scene.index)) return;
    const LaneWindow window = LaneWindow::create(scene, layout, tree);
    const bool is_band = window.merged || tree.shown_in(lane).empty();
    if (is_band) result.merged = cell_at(scene, tiles, projection_of(scene, layout), lane, true, x);
    const FoldSum& sum = tiles.folds().of(lane);
    const auto event_of = [&](PrintIndex print) { return scene.index.prints().event(print); };
    result.event =
        print_under(scene, layout, sum.prints, event_of, x, std::max(window.tile / 2, scene.px(2)));
    if (result.event || sum.steps.empty()) return;
    const auto handle = scene.index.handle_at(scene.axis().event_near(result.tick)).value_or(HandleIndex{});
    const auto after = std::ranges::upper_bound(sum.steps, handle);
    const HandleIndex step = after == sum.steps.begin() ? *after : *std::prev(after);
    result.event = scene.index.last_event(step);
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
    draw_storage_lane(scene, layout, window, out);
    draw_lanes(scene, layout, tree, window, tiles, out);
    draw_output_strip(scene, layout, window, tiles, out);
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
    const bool on_callbacks = on_lane && lane.is_callbacks();
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
    const auto& prints = scene.index.prints();
    if (lane.group) hit_group(scene, layout, tree, tiles, lane, x, result);
    if (result.task) {
        const LaneWindow window = LaneWindow::create(scene, layout, tree);
        const auto event_of = [&](PrintIndex print) { return prints.event(print); };
        result.event =
            print_under(scene, layout, scene.index.task(result.task).prints, event_of, x, window.tile / 2);
        if (window.merged && tiles.knows(scene.index))
            result.merged = cell_at(scene, tiles, projection_of(scene, layout), lane, lane.is_folded, x);
    }
    if (on_callbacks) {
        const LaneWindow window = LaneWindow::create(scene, layout, tree);
        const auto event = print_under(
            scene, layout, prints, [](const trace::PrintInfo& print) { return print.event; }, x,
            window.tile / 2);
        if (event && !scene.log[*event].task()) result.event = event;
    }
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
    if (layout.output.contains(x, y)) {
        result.part = Hit::Part::output;
        result.event = print_under(
            scene, layout, scene.index.prints(), [](const trace::PrintInfo& print) { return print.event; }, x,
            scene.px(12));
        return result;
    }
    if (layout.flags.contains(x, y)) {
        hit_flag(scene, layout, x, result);
        return result;
    }
    if (!layout.lanes.contains(x, y)) {
        result.part = layout.storage.contains(x, y) ? Hit::Part::storage : Hit::Part::nothing;
        return result;
    }
    hit_lanes(scene, layout, tree, tiles, x, y, result);
    return result;
}

}  // namespace loopscope::timeline
