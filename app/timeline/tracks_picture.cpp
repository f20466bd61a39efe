// SPDX-License-Identifier: MIT
#include "app/timeline/tracks_picture.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "app/timeline/counter_curves.hpp"
#include "app/timeline/flags.hpp"
#include "app/timeline/flow_arrows.hpp"
#include "app/timeline/found_marks.hpp"
#include "app/timeline/instant_marks.hpp"
#include "app/timeline/minimap.hpp"
#include "app/timeline/overlay.hpp"
#include "app/timeline/slice_boxes.hpp"
#include "app/timeline/track_label.hpp"
#include "app/timeline/track_place.hpp"
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
    draw_slices(scene, layout, tree, tiles, out);
    draw_instants(scene, layout, tree, tiles, out);
    draw_counters(scene, layout, tree, out);
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

/// How far from the mouse something may be that it points at, in design pixels.
constexpr float reach = 4;

/// Finds what the mouse points at in a lane.
class TrackPointer {
  public:
    TrackPointer(const Scene& scene, const Layout& layout, float x)
        : scene_(scene),
          x_(x - layout.gutter),
          first_(event_at(std::floor(x_))),
          after_(event_at(std::floor(x_) + 1)) {}

    void slice(const trace::SliceRow& row, Hit& hit) const {
        const std::size_t begun = row.begun_before(after_);
        const std::size_t first = row.begun_before(first_);
        hit.merged_slices = begun - std::min(first, begun);
        float nearest = scene_.px(reach);
        // The one that is open, and the neighbours of that.
        const std::size_t from = begun < 2 ? 0 : begun - 2;
        for (std::size_t each = from; each < std::min(begun + 1, row.size()); ++each) {
            const EventIndex begin = row.begin(each);
            const EventIndex end = row.end(each);
            const float left = x_of(begin);
            const float right = end ? x_of(end) : scene_.view.x(scene_.axis().end());
            const float distance = std::max({left - x_, x_ - right, 0.0F});
            if (distance > nearest || (hit.event && distance == nearest && distance > 0)) continue;
            nearest = distance;
            hit.event = begin;
        }
    }

    void instant(const trace::IndexColumn<EventIndex>& instants, Hit& hit) const {
        auto next = std::ranges::lower_bound(instants, first_);
        hit.merged_slices =
            static_cast<std::size_t>(std::ranges::lower_bound(next, instants.end(), after_) - next);
        if (next != instants.begin()) --next;
        float nearest = scene_.px(2 * reach);
        for (int tries = 0; tries < 3 && next != instants.end(); ++tries, ++next) {
            const float distance = std::abs(x_of(*next) - x_);
            if (distance > nearest) continue;
            nearest = distance;
            hit.event = *next;
        }
    }

  private:
    [[nodiscard]] EventIndex event_at(float x) const {
        return scene_.index.first_at(scene_.log, Time(std::max<std::int64_t>(scene_.view.tick(x), 0)));
    }
    [[nodiscard]] float x_of(EventIndex event) const {
        return scene_.view.x(scene_.index.time(scene_.log, event).count());
    }

    const Scene& scene_;
    float x_;  // from the left of the lanes, in pixels
    EventIndex first_;
    EventIndex after_;  // the first event beyond the pixel
};

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
    if (lane.counter != 0) {
        result.event = count_at(scene.log, scene.index, lane.counter, result.tick);
        return;
    }
    if (lane.lane == 0) return;
    const std::uint32_t row = place.row_at(lane, y);
    const trace::SliceLane& slices = scene.index.slices().lanes()[lane.lane - 1];
    const TrackPointer pointer(scene, layout, x);
    if (row < slices.rows.size())
        pointer.slice(slices.rows[row], result);
    else if (lane.has_instants && row == slices.rows.size())
        pointer.instant(slices.instants, result);
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
        if (x >= layout.gutter) result.flow = flow_at(scene, layout, tree, x, y, scene.px(reach));
    }
    return result;
}

}  // namespace loopscope::timeline
