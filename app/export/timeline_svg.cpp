// SPDX-License-Identifier: MIT
#include "app/export/timeline_svg.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/export/svg.hpp"
#include "app/render/font_set.hpp"
#include "app/timeline/lane_focus.hpp"
#include "app/timeline/timeline.hpp"
#include "app/timeline/tracks_picture.hpp"
#include "core/base/result.hpp"

namespace loopscope::export_ {
namespace {

/// The size of the timeline in the window for which lengths are designed, in pixels.
constexpr float timeline_width = 1329;
constexpr float timeline_height = 696;
constexpr float min_drawing = 0.5F;
/// The height of the minimap, which has no use where nothing moves, and of the room above it, in design
/// pixels.
constexpr float minimap_height = 38;

/// The maximum width of a step, in design pixels, as in the window.
constexpr double widest_step = 7.2;

/// Draws all of a trace.
class Drawing {
  public:
    Drawing(const DrawnTrace& trace, const timeline::Theme& theme, const timeline::TextMetrics& text,
            float width, float height, float scale, const Progress& progress)
        : trace_(trace),
          theme_(theme),
          text_(text),
          width_(width),
          height_(height),
          scale_(scale),
          progress_(progress) {}

    /// Draws tasks. Returns false if the progress stopped it.
    bool tasks() {
        timeline::LaneTree tree;
        tree.update(trace_.index);
        auto layout = timeline::Layout::create(width_, height_, 1, scale_);
        view_.fit(end(), layout.width(), widest_step * static_cast<double>(scale_) / timeline::Axis::quarter);
        focus(tree, scene(), layout.width());
        layout = timeline::Layout::create(width_, height_, tree.lanes().size(), scale_, tree.has_groups());
        timeline::Tiles tiles;
        do {
            if (progress_ && !progress_(0)) return false;
            draw(scene(), layout, tree, tiles, list_);
        } while (tiles.pending());
        return true;
    }
    /// Draws tracks. Returns false if the progress stopped it.
    bool tracks() {
        view_.axis = timeline::AxisKind::time;
        timeline::TrackTree tree;
        tree.update(trace_.index);
        const auto layout = timeline::layout_of(tree, width_, height_, scale_);
        view_.fit(end(), layout.width(), 1);
        timeline::SliceTiles tiles;
        do {
            if (progress_ && !progress_(0)) return false;
            draw(scene(), layout, tree, tiles, list_);
        } while (tiles.pending());
        return true;
    }
    [[nodiscard]] const timeline::DrawList& list() const { return list_; }

  private:
    [[nodiscard]] std::int64_t end() const {
        return timeline::Axis(view_.axis, trace_.log, trace_.index).end();
    }
    [[nodiscard]] timeline::Scene scene() const {
        timeline::Scene scene = {trace_.log, trace_.index, trace_.cursor, view_, theme_, text_, scale_};
        scene.marks = trace_.marks;
        scene.still = true;
        return scene;
    }

    const DrawnTrace& trace_;
    const timeline::Theme& theme_;
    const timeline::TextMetrics& text_;
    float width_;
    float height_;
    float scale_;
    const Progress& progress_;
    timeline::View view_;
    timeline::DrawList list_;
};

}  // namespace

Result<void> write_timeline_svg(const DrawnTrace& trace, const std::filesystem::path& path,
                                const DrawingLook& look, const Progress& progress) {
    LOOPSCOPE_TRY(fonts, render::FontSet::create());
    const auto width = static_cast<float>(look.size.width);
    const auto height = static_cast<float>(look.size.height);
    const float scale =
        std::max(std::min(width / timeline_width, height / timeline_height) * look.text_size, min_drawing);
    Drawing drawing(trace, look.theme, *fonts, width, height + minimap_height * scale, scale, progress);
    const bool drawn = trace.index.is_of_tracks() ? drawing.tracks() : drawing.tasks();
    if (!drawn)
        return fail(fmt::format("Not written: '{}' is unchanged", path.string()), Error::Code::cancelled);
    return write_svg(path, svg_of(drawing.list(), *fonts, look.size, look.theme.background));
}

Result<void> write_timeline_svg(const session::Session& session, const std::filesystem::path& path,
                                const DrawingLook& look) {
    const DrawnTrace trace{session.log(), session.index(), session.cursor(), session.annotations().marks};
    return write_timeline_svg(trace, path, look);
}

}  // namespace loopscope::export_
