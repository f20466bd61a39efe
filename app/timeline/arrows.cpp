#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "app/timeline/overlay.hpp"

namespace loopscope::timeline {
namespace {

/// Arrows that are drawn at once: more could not be told apart.
constexpr std::uint32_t most_arrows = 120;

/// A cubic curve as straight pieces.
void add_curve(Layer& layer, std::array<float, 8> p, float width, Color color) {
    constexpr int pieces = 28;
    const auto at = [&](float t, std::size_t axis) {
        const float u = 1 - t;
        return u * u * u * p.at(axis) + 3 * u * u * t * p.at(axis + 2) + 3 * u * t * t * p.at(axis + 4) +
               t * t * t * p.at(axis + 6);
    };
    float x = p[0];
    float y = p[1];
    for (int piece = 1; piece <= pieces; ++piece) {
        const float t = static_cast<float>(piece) / pieces;
        layer.segments.push_back({x, y, at(t, 0), at(t, 1), width, 0, color});
        x = layer.segments.back().x1;
        y = layer.segments.back().y1;
    }
}

/// The print that the cursor is on, or has passed in the handle under way.
std::optional<trace::PrintInfo> print_at_cursor(const Scene& scene) {
    const std::size_t count = scene.index.prints_until(scene.cursor);
    if (count == 0) return std::nullopt;
    const trace::PrintInfo& print = scene.index.prints()[count - 1];
    if (scene.index.handle_at(print.event) != scene.index.handle_at(scene.cursor)) return std::nullopt;
    return print;
}

std::optional<float> lane_middle(const LaneTree& tree, const Layout& layout, float scroll, TaskId task) {
    const auto place = tree.place_of(task);
    if (!place) return std::nullopt;
    return layout.lane_top(*place, scroll) + layout.lane_height / 2;
}

void draw_provenance(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                     const trace::PrintInfo& print, float strength, DrawList& out) {
    if (!print.writer) return;
    const auto from = lane_middle(tree, layout, scene.view.scroll, print.writer_task);
    const auto to = lane_middle(tree, layout, scene.view.scroll, print.task);
    if (!from || !to) return;
    const Axis axis = scene.axis();
    const float half = window.tile / 2;
    const float x0 = layout.gutter + scene.view.x(axis.at(print.writer.value));
    const float x1 = layout.gutter + scene.view.x(axis.at(print.event));
    if (x1 < layout.gutter || x0 > layout.gutter + layout.width()) return;
    const bool up = *from < *to;
    const float y0 = *from + (up ? half : -half);
    const float y1 = *to + (up ? -half : half) * 1.25F;
    const float reach = (y1 - y0) * 0.6F;
    const Color color = scene.hue(print.writer_task).faded(strength);
    const float left = std::max(x0, layout.gutter);
    Layer& layer = out[DrawList::arrows];
    add_curve(layer, {left, y0, left, y0 + reach, x1, y1 - reach, x1, y1}, std::max(scene.px(1.8F), 1.0F),
              color);
    layer.quads.push_back(
        {{left - scene.px(4), y0 - scene.px(4), scene.px(8), scene.px(8)}, scene.px(4), 0, 0, color, {}});
    const float head = scene.px(5) * (up ? -1.0F : 1.0F);
    layer.segments.push_back({x1, y1, x1 - scene.px(5), y1 + head, scene.px(1.8F), 0, color});
    layer.segments.push_back({x1, y1, x1 + scene.px(5), y1 + head, scene.px(1.8F), 0, color});
}

/// From a task's lane down to that of one it spawned.
void draw_spawn(const Scene& scene, const Layout& layout, const LaneTree& tree, TaskId child, DrawList& out) {
    const trace::TaskInfo& task = scene.index.task(child);
    const float x = std::round(layout.gutter + scene.view.x(scene.axis().at(task.spawn.value)));
    const auto from = lane_middle(tree, layout, scene.view.scroll, task.parent);
    const auto to = lane_middle(tree, layout, scene.view.scroll, child);
    if (!from || !to || *to <= *from || x < layout.gutter || x > layout.gutter + layout.width()) return;
    const Color color = scene.at(task.spawn.value, scene.hue(child).faded(0.6F));
    const float head = scene.px(4);
    const float width = std::max(scene.px(1.2F), 1.0F);
    auto& segments = out[DrawList::lanes].segments;
    segments.push_back({x, *from, x, *to, width, 0, color});
    segments.push_back({x, *to, x - head, *to - head, width, 0, color});
    segments.push_back({x, *to, x + head, *to - head, width, 0, color});
}

}  // namespace

void draw_arrows(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                 DrawList& out) {
    if (scene.arrows == Arrows::none) return;
    if (scene.arrows == Arrows::all && !window.merged) {
        const std::uint32_t last = std::min(window.last_print, window.first_print + most_arrows);
        for (std::uint32_t place = window.first_print; place < last; ++place) {
            const trace::PrintInfo& print = scene.index.prints()[place];
            if (print.event <= scene.cursor) draw_provenance(scene, layout, tree, window, print, 0.35F, out);
        }
        for (std::size_t place = window.first_lane; place < window.last_lane; ++place)
            draw_spawn(scene, layout, tree, tree.lanes()[place].task, out);
    }
    if (const auto print = print_at_cursor(scene))
        draw_provenance(scene, layout, tree, window, *print, 1, out);
}

}  // namespace loopscope::timeline
