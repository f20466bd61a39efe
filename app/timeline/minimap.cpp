// SPDX-License-Identifier: MIT
#include "app/timeline/minimap.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/timeline/bands.hpp"
#include "app/timeline/slice_columns.hpp"

namespace loopscope::timeline {
namespace {

/// Maps the whole axis to the width of the minimap, in pixels.
struct Scale {
    float left;
    float width;
    double end;

    [[nodiscard]] float x(std::int64_t tick) const {
        return left + static_cast<float>(std::clamp(static_cast<double>(tick) / end, 0.0, 1.0)) * width;
    }
};

Scale scale_of(const Scene& scene, const Layout& layout) {
    const float inset = scene.px(4);
    return {layout.minimap.x + inset, std::max(layout.minimap.width - 2 * inset, 1.0F),
            static_cast<double>(std::max<std::int64_t>(scene.axis().end(), 1))};
}

/// The maximum number of prints that are drawn one by one, and of tasks that have a row each.
constexpr std::size_t max_prints = 1000;
constexpr std::size_t max_rows = 12;

/// Returns a task's prints; the prints that no task made if there is no task.
std::vector<PrintIndex> prints_of(const trace::Index& index, TaskId task) {
    if (task) return {index.task(task).prints.begin(), index.task(task).prints.end()};
    std::vector<PrintIndex> prints;
    for (PrintIndex print; print < index.prints().end_index(); ++print) {
        if (!index.prints()[print].task) prints.push_back(print);
    }
    return prints;
}

/// Returns the tasks that print, in the order of their lanes, including folded and filtered ones: the minimap
/// shows all. No task is added at the end for callbacks, if they have a lane and each print is drawn. Returns
/// nothing if there are too many tasks for a row each.
std::vector<TaskId> printing_tasks(const Scene& scene, const LaneTree& tree) {
    if (scene.index.printing_tasks().size() > max_rows) return {};
    std::vector<TaskId> printing = scene.index.printing_tasks();
    const bool all_have_lanes = tree.lanes().size() == scene.index.tasks().size() && !tree.lanes().empty() &&
                                tree.lanes().back().task;
    if (all_have_lanes)
        std::ranges::sort(printing, {}, [&](TaskId task) { return tree.position_of(task); });
    else
        std::ranges::sort(printing);
    if (tree.position_of(TaskId{}) && scene.index.prints().size() <= max_prints) printing.emplace_back();
    return printing;
}

/// Draws a mark for each print; prints that overlap share one mark.
void draw_marks(const Scene& scene, const Scale& scale, const std::vector<TaskId>& lanes, float top,
                float row, Layer& layer) {
    const Axis axis = scene.axis();
    const auto& prints = scene.index.prints();
    const float mark =
        std::clamp(scale.width * 0.6F / static_cast<float>(std::max<std::size_t>(prints.size(), 1)) *
                       static_cast<float>(std::max<std::size_t>(lanes.size(), 1)),
                   3.0F, scene.px(14));
    for (std::size_t position = 0; position < lanes.size(); ++position) {
        const std::vector<PrintIndex> own = prints_of(scene.index, lanes[position]);
        const float y = top + row * static_cast<float>(position);
        const auto x_of = [&](PrintIndex print) { return scale.x(axis.at(prints.event(print))); };
        for (auto next = own.begin(); next != own.end();) {
            const float x = x_of(*next);
            const trace::PrintInfo& print = prints[*next];
            const Color hue = print.writer ? scene.hue(print.writer_task) : scene.theme.dim;
            layer.quads.push_back(
                {{std::round(x - mark / 2), y + 1, std::max(std::round(mark), 1.0F), std::max(row - 2, 1.0F)},
                 0,
                 0,
                 0,
                 scene.at(print.event, hue),
                 {}});
            next = std::ranges::partition_point(std::next(next), own.end(),
                                                [&](PrintIndex each) { return x_of(each) < x + mark; });
        }
    }
}

/// Draws the frame around the part in view, and the cursor.
void draw_view(const Scene& scene, const Layout& layout, const Scale& scale, Layer& layer) {
    const float begin = scale.x(scene.view.origin);
    const float end = scale.x(scene.view.tick(layout.width()));
    layer.quads.push_back(
        {{std::round(begin - scene.px(4)), layout.minimap.y - scene.px(1),
          std::max(std::round(end - begin + scene.px(8)), scene.px(8)), layout.minimap.height + scene.px(2)},
         scene.px(5),
         std::max(std::round(scene.px(1.5F)), 1.0F),
         0,
         {0, 0, 0, 0},
         scene.theme.accent.faded(0.85F)});
    const float at = std::round(scale.x(scene.axis().at(scene.cursor)));
    layer.segments.push_back({at, layout.minimap.y + scene.px(2), at, layout.minimap.bottom() - scene.px(2),
                              scene.px(1.5F), 0, scene.theme.accent});
}

}  // namespace

void draw_minimap(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles,
                  DrawList& out) {
    if (scene.still) return;
    const Scale scale = scale_of(scene, layout);
    Layer& layer = out[DrawList::marks];
    layer.quads.push_back({layout.minimap, scene.px(4), 1, 0, scene.theme.panel, scene.theme.line});
    const std::vector<TaskId> lanes = printing_tasks(scene, tree);
    const float inner = layout.minimap.height - scene.px(12);
    const auto rows = static_cast<float>(std::max<std::size_t>(lanes.size(), 1));
    const float row = lanes.empty() ? inner : std::min(inner / rows, scene.px(8));
    const float top = layout.minimap.y + (layout.minimap.height - row * rows) / 2;
    if (scene.index.prints().size() <= max_prints && !lanes.empty()) {
        draw_marks(scene, scale, lanes, top, row, layer);
    } else {
        Bands bands(scene, tiles,
                    {0, static_cast<double>(scale.width) / scale.end, scale.left, scale.left + scale.width});
        if (lanes.empty()) bands.add(Tiles::output, std::round(top), std::round(inner));
        for (std::size_t position = 0; position < lanes.size(); ++position)
            bands.add(lanes[position], std::round(top + row * static_cast<float>(position)),
                      std::max(std::round(row), 2.0F) - (row > 4 ? 1.0F : 0.0F));
        bands.draw(out[DrawList::arrows], out.texels);
    }
    draw_view(scene, layout, scale, out[DrawList::cursor]);
}

void draw_minimap(const Scene& scene, const Layout& layout, const SliceSums& sums, DrawList& out) {
    if (scene.still) return;
    const Scale scale = scale_of(scene, layout);
    out[DrawList::marks].quads.push_back(
        {layout.minimap, scene.px(4), 1, 0, scene.theme.panel, scene.theme.line});
    const std::vector<std::uint32_t>& density = sums.density();
    const std::uint32_t most = density.empty() ? 0 : *std::ranges::max_element(density);
    const float inset = scene.px(5);
    Band band;
    band.rect = {scale.left, std::round(layout.minimap.y + inset), scale.width,
                 std::round(layout.minimap.height - 2 * inset)};
    band.first = static_cast<std::uint32_t>(out.texels.size());
    band.count = static_cast<std::uint32_t>(density.size());
    band.column = scale.width / std::max(static_cast<float>(band.count), 1.0F);
    band.stroke = 0;
    for (const std::uint32_t amount : density) {
        Color color = scene.theme.text;
        color.alpha = density_of(amount, std::max(most, 1U));
        out.texels.push_back({color, {0, 0, 0, 0}});
    }
    if (band.count > 0) out[DrawList::arrows].bands.push_back(band);
    draw_view(scene, layout, scale, out[DrawList::cursor]);
}

std::int64_t minimap_tick(const Scene& scene, const Layout& layout, float x) {
    const Scale scale = scale_of(scene, layout);
    return std::llround(static_cast<double>((x - scale.left) / scale.width) * scale.end);
}

float minimap_x(const Scene& scene, const Layout& layout, std::int64_t tick) {
    return scale_of(scene, layout).x(tick);
}

}  // namespace loopscope::timeline
