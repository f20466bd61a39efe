// SPDX-License-Identifier: MIT
#include "app/timeline/instant_marks.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/timeline/slice_columns.hpp"
#include "app/timeline/slice_hue.hpp"
#include "app/timeline/track_place.hpp"

namespace loopscope::timeline {
namespace {

/// Draws rows of instants. Coordinates are pixels of the timeline.
class InstantPainter {
  public:
    InstantPainter(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
                   DrawList& out)
        : scene_(scene),
          layout_(layout),
          tree_(tree),
          tiles_(tiles),
          out_(out),
          place_(layout, tree, scene.view.scroll),
          columns_(scene, layout, scene.axis().end()),
          size_(std::min(scene.px(12), layout.lane_height * 0.6F)) {}

    void lane(const TrackLane& lane) {
        if (lane.is_folded || lane.lane == 0 || !lane.has_instants) return;
        const float top = place_.row_top(lane, lane.rows);
        SliceBand band(columns_, layout_, place_.visible({0, top, 1, place_.box_height()}), out_);
        if (!band.is_drawn()) return;
        const auto& instants = scene_.index.slices().lanes()[lane.lane - 1].instants;
        Mark last;
        columns_.each(tiles_, {lane.lane - 1, SliceStrip::instants},
                      [&](std::size_t column, const SliceCell& cell) {
                          if (cell.begun == 0) return;
                          band.set(column, color_of_hue(scene_.theme, cell.hue), 255);
                          const Mark next{columns_.x(column), instants[cell.last]};
                          mark(last, next.x, top);
                          last = next;
                      });
        mark(last, layout_.gutter + layout_.width(), top);
    }

  private:
    struct Mark {
        float x = 0;
        EventIndex event;  // none: there is none
    };

    /// Draws the head and the name of a mark if there is room for them up to the next one.
    void mark(const Mark& mark, float until, float top) {
        const float head = std::max(std::round(layout_.lane_height * 0.3F), 4.0F);
        if (!mark.event || until - mark.x < 2 * head || mark.x < layout_.gutter - 1) return;
        const float middle = top + place_.box_height() / 2;
        const Color hue = color_of_hue(scene_.theme, hue_of_slice(scene_.log, tree_, mark.event));
        if (!place_.is_visible(top, top + place_.box_height())) return;
        out_[DrawList::lanes].quads.push_back(
            {{std::round(mark.x - head / 2 + 0.5F), std::round(middle - head / 2), head, head},
             head / 2,
             0,
             0,
             hue,
             {}});
        const float left = mark.x + head / 2 + scene_.px(4);
        const float width = until - head / 2 - scene_.px(4) - left;
        if (width < size_) return;
        const float baseline = std::round(middle + scene_.text.cap_height(Face::sans, size_) / 2);
        add_text_within(out_[DrawList::lanes], scene_.text,
                        scene_.log.strings()[StringId{scene_.log[mark.event].a}], left, baseline, width,
                        Face::sans, size_, scene_.theme.dim);
    }

    const Scene& scene_;
    const Layout& layout_;
    const TrackTree& tree_;
    SliceTiles& tiles_;
    DrawList& out_;
    TrackPlace place_;
    SliceColumns columns_;
    float size_;  // of the letters, in pixels
};

}  // namespace

void draw_instants(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
                   DrawList& out) {
    InstantPainter painter(scene, layout, tree, tiles, out);
    const auto [first, last] = TrackPlace(layout, tree, scene.view.scroll).lanes_in_view();
    for (const TrackLane& lane : std::span(tree.lanes()).subspan(first, last - first)) painter.lane(lane);
}

}  // namespace loopscope::timeline
