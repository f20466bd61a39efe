// SPDX-License-Identifier: MIT
#include "app/timeline/tracks_picture.hpp"

#include <algorithm>
#include <cassert>

#include "app/timeline/flags.hpp"
#include "app/timeline/flow_arrows.hpp"
#include "app/timeline/found_marks.hpp"
#include "app/timeline/minimap.hpp"
#include "app/timeline/overlay.hpp"
#include "app/timeline/track_label.hpp"
#include "app/timeline/track_place.hpp"
#include "app/timeline/track_rows.hpp"
#include "app/timeline/track_spot.hpp"

namespace loopscope::timeline {

Layout layout_of(const TrackTree& tree, float width, float height, float scale) {
    return Layout::of_tracks(width, height, static_cast<double>(tree.height()) / TrackLane::row_height,
                             scale);
}

void draw(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles, DrawList& out) {
    assert(tree.knows(scene.index));
    assert(scene.view.axis == AxisKind::time);
    out.clear();
    tiles.begin_frame(scene.log, scene.index, tree, scene.axis().end());
    draw_head(scene, layout, tree, out);
    draw_grid(scene, layout, {}, out);
    // The labels have a background of their own, which covers what is panned out of view.
    out[DrawList::labels].quads.push_back(
        {{0, layout.flags.y, layout.gutter, layout.all.height - layout.flags.y},
         0,
         0,
         0,
         scene.theme.background,
         {}});
    draw_track_labels(scene, layout, tree, out);
    for (const TrackRows* const kind : track_rows()) kind->draw(scene, layout, tree, tiles, out);
    draw_selection(scene, layout, tree, out);
    draw_flows(scene, layout, tree, out);
    draw_minimap(scene, layout, tiles.sums(), out);
    const std::vector<Flag> flags = flags_in_view(scene, layout);
    draw_flags(scene, layout, flags, out);
    draw_found(scene, layout, tree, out);
    // At the first event of a trace nothing is selected.
    if (scene.cursor) draw_playhead(scene, layout, flags, out);
}

namespace {

/// How far from the mouse an arrow may be that it points at, in design pixels.
constexpr float arrow_reach = 4;

void hit_track(const Scene& scene, const Layout& layout, const TrackTree& tree, float x, float y,
               Hit& result) {
    const TrackPlace place(layout, tree, scene.view.scroll);
    const std::size_t position = place.lane_at(y);
    if (position >= tree.lanes().size()) return;
    result.part = Hit::Part::lanes;
    const TrackLane& lane = tree.lanes()[position];
    result.track = {lane.track, lane.lane, lane.counter};
    // All of a head folds its group, because there is nothing else on it.
    if (lane.is_parent && (x < track_label_left(scene, lane) || lane.is_header())) {
        result.part = Hit::Part::fold;
        return;
    }
    if (x < layout.gutter) result.part = Hit::Part::label;
    if (x < layout.gutter || lane.is_folded) return;
    const std::uint32_t row = place.row_at(lane, y);
    for (const TrackRows* const kind : track_rows()) {
        if (kind->has(scene, lane, row)) return kind->hit(scene, layout, lane, row, x, result);
    }
}

}  // namespace

Hit hit(const Scene& scene, const Layout& layout, const TrackTree& tree, float x, float y) {
    assert(tree.knows(scene.index));
    Hit result;
    result.tick = scene.view.tick(x - layout.gutter);
    if (layout.minimap.contains(x, y)) {
        result.part = Hit::Part::minimap;
        result.tick = minimap_tick(scene, layout, x);
    } else if (layout.flags.contains(x, y)) {
        hit_flag(scene, layout, x, result);
    } else if (layout.lanes.contains(x, y)) {
        hit_track(scene, layout, tree, x, y, result);
        if (x >= layout.gutter) result.flow = flow_at(scene, layout, tree, x, y, scene.px(arrow_reach));
    }
    return result;
}

}  // namespace loopscope::timeline
