#include "app/screen/timeline_svg.hpp"

#include <algorithm>

#include "app/export/svg.hpp"
#include "app/render/font_set.hpp"
#include "app/timeline/lane_focus.hpp"
#include "app/timeline/timeline.hpp"
#include "core/base/result.hpp"

namespace loopscope::screen {
namespace {

/// The size of the timeline in the window for which lengths are designed, in pixels.
constexpr float timeline_width = 1329;
constexpr float timeline_height = 696;
constexpr float min_drawing = 0.5F;

/// The maximum width of a step, in design pixels, as in the window.
constexpr double widest_step = 7.2;

}  // namespace

Result<void> write_timeline_svg(const session::Session& session, const std::filesystem::path& path,
                                gl::Size size, const timeline::Theme& theme) {
    LOOPSCOPE_TRY(fonts, render::FontSet::create());
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    const float scale = std::max(std::min(width / timeline_width, height / timeline_height), min_drawing);
    timeline::LaneTree tree;
    tree.update(session.index());
    auto layout = timeline::Layout::create(width, height, 1, scale);
    timeline::View view;
    const std::int64_t end = timeline::Axis(view.axis, session.log(), session.index()).end();
    view.fit(end, layout.width(), widest_step * static_cast<double>(scale) / timeline::Axis::quarter);
    timeline::Scene scene = {session.log(), session.index(), session.cursor(), view, theme, *fonts, scale};
    scene.marks = session.annotations().marks;
    focus(tree, scene, layout.width());
    layout = timeline::Layout::create(width, height, tree.lanes().size(), scale, tree.has_groups());
    timeline::Tiles tiles;
    timeline::DrawList list;
    do draw(scene, layout, tree, tiles, list);
    while (tiles.pending());
    return export_::write_svg(path, export_::svg_of(list, *fonts, size, theme.background));
}

}  // namespace loopscope::screen
