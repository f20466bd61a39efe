#include "app/screen/timeline_svg.hpp"

#include <algorithm>

#include "app/export/svg.hpp"
#include "app/render/font_set.hpp"
#include "app/timeline/lane_focus.hpp"
#include "app/timeline/timeline.hpp"
#include "app/timeline/tracks_picture.hpp"
#include "core/base/result.hpp"

namespace loopscope::screen {
namespace {

/// The size of the timeline in the window for which lengths are designed, in pixels.
constexpr float timeline_width = 1329;
constexpr float timeline_height = 696;
constexpr float min_drawing = 0.5F;

/// The maximum width of a step, in design pixels, as in the window.
constexpr double widest_step = 7.2;

/// Draws all of a trace.
class Drawing {
  public:
    Drawing(const session::Session& session, const timeline::Theme& theme, const timeline::TextMetrics& text,
            float width, float height, float scale)
        : session_(session), theme_(theme), text_(text), width_(width), height_(height), scale_(scale) {}

    void tasks() {
        timeline::LaneTree tree;
        tree.update(session_.index());
        auto layout = timeline::Layout::create(width_, height_, 1, scale_);
        view_.fit(end(), layout.width(), widest_step * static_cast<double>(scale_) / timeline::Axis::quarter);
        focus(tree, scene(), layout.width());
        layout = timeline::Layout::create(width_, height_, tree.lanes().size(), scale_, tree.has_groups());
        timeline::Tiles tiles;
        do draw(scene(), layout, tree, tiles, list_);
        while (tiles.pending());
    }
    void tracks() {
        view_.axis = timeline::AxisKind::time;
        timeline::TrackTree tree;
        tree.update(session_.index());
        const auto layout = timeline::layout_of(tree, width_, height_, scale_);
        view_.fit(end(), layout.width(), 1);
        timeline::SliceTiles tiles;
        do draw(scene(), layout, tree, tiles, list_);
        while (tiles.pending());
    }
    [[nodiscard]] const timeline::DrawList& list() const { return list_; }

  private:
    [[nodiscard]] std::int64_t end() const {
        return timeline::Axis(view_.axis, session_.log(), session_.index()).end();
    }
    [[nodiscard]] timeline::Scene scene() const {
        timeline::Scene scene = {session_.log(), session_.index(), session_.cursor(), view_, theme_, text_,
                                 scale_};
        scene.marks = session_.annotations().marks;
        return scene;
    }

    const session::Session& session_;
    const timeline::Theme& theme_;
    const timeline::TextMetrics& text_;
    float width_;
    float height_;
    float scale_;
    timeline::View view_;
    timeline::DrawList list_;
};

}  // namespace

Result<void> write_timeline_svg(const session::Session& session, const std::filesystem::path& path,
                                gl::Size size, const timeline::Theme& theme) {
    LOOPSCOPE_TRY(fonts, render::FontSet::create());
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    const float scale = std::max(std::min(width / timeline_width, height / timeline_height), min_drawing);
    Drawing drawing(session, theme, *fonts, width, height, scale);
    if (session.index().is_of_tracks())
        drawing.tracks();
    else
        drawing.tasks();
    return export_::write_svg(path, export_::svg_of(drawing.list(), *fonts, size, theme.background));
}

}  // namespace loopscope::screen
