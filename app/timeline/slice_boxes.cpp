// SPDX-License-Identifier: MIT
#include "app/timeline/slice_boxes.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "app/timeline/slice_columns.hpp"
#include "app/timeline/slice_hue.hpp"
#include "app/timeline/track_place.hpp"

namespace loopscope::timeline {
namespace {

/// How opaque the lives of resources are where they are too short for hollow boxes.
constexpr std::uint8_t life_opacity = 110;

/// Draws rows of slices. Coordinates are pixels of the timeline.
class BoxPainter {
  public:
    BoxPainter(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
               DrawList& out)
        : scene_(scene),
          layout_(layout),
          tree_(tree),
          tiles_(tiles),
          out_(out),
          place_(layout, tree, scene.view.scroll),
          end_(scene.axis().end()),
          columns_(scene, layout, end_),
          min_width_(std::max(std::round(scene.px(5)), 4.0F)),
          name_size_(std::min(scene.px(13), layout.lane_height * 0.64F)),
          letter_(scene.text.width("m", Face::sans, name_size_)) {}

    void lane(const TrackLane& lane) {
        if (lane.is_folded || lane.lane == 0) return;
        const auto [first, last] = place_.rows_in_view(lane);
        for (std::uint32_t row = first; row < last; ++row) this->row(lane, row);
    }

    /// Draws the folded lanes of a list. What is most dense in one of them is most dense in all.
    void folded(std::span<const TrackLane> lanes) {
        std::uint32_t most = 1;
        const auto each_fold = [&](const auto& visit) {
            for (const TrackLane& lane : lanes) {
                const SliceStrip strip{lane.track, SliceStrip::folded};
                if (lane.is_folded) visit(lane, strip);
            }
        };
        each_fold([&](const TrackLane&, const SliceStrip& strip) {
            columns_.each(tiles_, strip, [&](std::size_t, const SliceCell& cell) {
                most = std::max(most, cell.begun + cell.open);
            });
        });
        most = std::bit_ceil(std::min(most, 1U << 30U));
        each_fold([&](const TrackLane& lane, const SliceStrip& strip) {
            const auto hue = tree_.hue_of(lane.track);
            const Color color = hue ? color_of_hue(scene_.theme, *hue) : scene_.theme.dim;
            SliceBand band = this->band(place_.row_top(lane, 0));
            columns_.each(tiles_, strip, [&](std::size_t column, const SliceCell& cell) {
                band.set(column, color, density_of(cell.begun + cell.open, most));
            });
        });
    }

  private:
    [[nodiscard]] float x(std::int64_t tick) const { return layout_.gutter + scene_.view.x(tick); }
    [[nodiscard]] float right() const { return layout_.gutter + layout_.width(); }
    [[nodiscard]] std::int64_t time(EventIndex event) const {
        return scene_.index.time(scene_.log, event).count();
    }

    [[nodiscard]] SliceBand band(float top) {
        return {columns_, layout_, place_.visible({0, top, 1, place_.box_height()}), out_};
    }

    void row(const TrackLane& lane, std::uint32_t row) {
        const trace::SliceLane& slices = scene_.index.slices().lanes()[lane.lane - 1];
        const bool is_life =
            row == 0 && scene_.index.tracks().track(slices.track).kind == trace::TrackKind::resource;
        row_ = {&slices.rows[row], place_.row_top(lane, row), is_life};
        SliceBand band = this->band(row_.top);
        bool inside = begins_with_box();  // whether a box reaches into the column
        std::uint32_t drawn = 0;          // one more than the number of the last box
        columns_.each(tiles_, {lane.lane - 1, row}, [&](std::size_t column, const SliceCell& cell) {
            const bool is_box = cell.begun > 0 && static_cast<double>(cell.length) * scene_.view.scale >=
                                                      static_cast<double>(min_width_);
            if (is_box && cell.last >= drawn) {
                box(cell.last);
                drawn = cell.last + 1;
            }
            const bool has_more = is_box ? cell.begun > 1 : cell.begun > 0 || !inside;
            if (cell.covered > 0 && has_more)
                band.set(column, color_of_hue(scene_.theme, cell.hue),
                         is_life ? life_opacity : opacity_of(cell.covered));
            if (cell.begun > 0) inside = is_box;
        });
    }

    /// Draws the box of the slice that has begun before the first column. Returns false if there is none.
    bool begins_with_box() {
        const std::int64_t from = columns_.first_tick();
        const std::size_t begun = row_.slices->begun_before(scene_.index.first_at(scene_.log, Time(from)));
        if (begun == 0) return false;
        const EventIndex end = row_.slices->end(begun - 1);
        const std::int64_t until = end ? time(end) : end_;
        const auto length = static_cast<double>(until - time(row_.slices->begin(begun - 1)));
        if (until < from || length * scene_.view.scale < static_cast<double>(min_width_)) return false;
        box(begun - 1);
        return true;
    }

    void box(std::size_t slice) {
        const EventIndex begin = row_.slices->begin(slice);
        const EventIndex end = row_.slices->end(slice);
        // What is out of view is cut off a little further out, so that no border is seen there.
        const float x0 = std::max(std::round(x(time(begin))), layout_.gutter - 4);
        const float x1 = std::min(std::round(x(end ? time(end) : end_)), right() + 4);
        const float width = std::max(x1 - x0 - (end ? 1 : 0), 1.0F);
        const Color hue = color_of_hue(scene_.theme, hue_of_slice(scene_.log, tree_, begin));
        const Rect rect = place_.visible({x0, row_.top, width, place_.box_height()});
        const float fill = row_.is_life ? 0.0F : end ? 0.4F : 0.16F;
        out_[DrawList::lanes].quads.push_back({rect, std::min(scene_.px(2), width / 3),
                                               std::max(std::round(scene_.px(1)), 1.0F), 0, hue.faded(fill),
                                               hue.faded(row_.is_life ? 0.75F : 0.85F)});
        if (!end && x1 <= right()) open_end(x1, rect);
        name(begin, x0, x0 + width, over(hue.faded(fill), scene_.theme.background));
    }

    /// Draws over the right border of a box that it is open there: its slice has not ended.
    void open_end(float x, const Rect& rect) {
        const float line = std::max(std::round(scene_.px(2)), 1.0F);
        for (float y = rect.y; y < rect.bottom(); y += 2 * line)
            out_[DrawList::lanes].quads.push_back({{x - line, y, line, std::min(line, rect.bottom() - y)},
                                                   0,
                                                   0,
                                                   0,
                                                   scene_.theme.background,
                                                   {}});
    }

    void name(EventIndex begin, float x0, float x1, Color ground) {
        const float pad = scene_.px(4);
        const float left = std::max(x0, layout_.gutter) + pad;
        const float width = std::min(x1, right()) - pad - left;
        if (width < letter_ || !place_.is_visible(row_.top, row_.top + place_.box_height())) return;
        const float baseline = std::round(row_.top + place_.box_height() / 2 +
                                          scene_.text.cap_height(Face::sans, name_size_) / 2);
        add_text_within(out_[DrawList::lanes], scene_.text,
                        scene_.log.strings()[StringId{scene_.log[begin].a}], left, baseline, width,
                        Face::sans, name_size_,
                        legible(row_.is_life ? scene_.theme.dim : scene_.theme.text, ground));
    }

    /// The row that is being drawn.
    struct Row {
        const trace::SliceRow* slices = nullptr;
        float top = 0;
        bool is_life = false;  // whether its slices are the lives of resources
    };

    const Scene& scene_;
    const Layout& layout_;
    const TrackTree& tree_;
    SliceTiles& tiles_;
    DrawList& out_;
    TrackPlace place_;
    std::int64_t end_;
    SliceColumns columns_;
    float min_width_;  // of a box, in pixels
    float name_size_;
    float letter_;  // the width of a letter
    Row row_;
};

}  // namespace

void draw_slices(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
                 DrawList& out) {
    BoxPainter painter(scene, layout, tree, tiles, out);
    const auto [first, last] = TrackPlace(layout, tree, scene.view.scroll).lanes_in_view();
    const std::span<const TrackLane> lanes = std::span(tree.lanes()).subspan(first, last - first);
    for (const TrackLane& lane : lanes) painter.lane(lane);
    painter.folded(lanes);
}

}  // namespace loopscope::timeline
