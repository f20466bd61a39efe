#include "app/timeline/flags.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

namespace loopscope::timeline {
namespace {

/// Calls `draw` for each item in view with its x and the x of the next item, in pixels. Of items that share a
/// pixel, only the last is drawn, because a file may have millions of them. REQUIRES: `items` are in the
/// order of their events.
template <class Item, class Draw>
void for_each_in_view(const Scene& scene, const Layout& layout, std::span<const Item> items,
                      const Draw& draw) {
    const Axis axis = scene.axis();
    const auto x_at = [&](EventIndex event) {
        return std::round(layout.gutter + scene.view.x(axis.at(event)));
    };
    const auto x_of = [&](const Item& item) { return x_at(item.event); };
    // Each pixel asks the axis once, and then the items are searched by event. Asking the axis for the x of
    // each item that the search visits would cost a search of the trace each time.
    const auto first_from = [&](auto from, float x) {
        EventIndex event = axis.first_at(scene.view.tick(x - 0.5F - layout.gutter));
        // A pixel is a float and coarser than a tick, so a few events may be on the other side of it.
        while (event < scene.index.end_index() && x_at(event) < x) ++event;
        while (event && x_at(event - 1) >= x) --event;
        return std::ranges::lower_bound(from, items.end(), event, {}, &Item::event);
    };
    for (auto next = first_from(items.begin(), layout.gutter - 1); next != items.end();) {
        const float x = x_of(*next);
        if (x > layout.gutter + layout.width() + 1) return;
        const auto after = first_from(std::next(next), x + 1);
        draw(*std::prev(after), x, after == items.end() ? layout.all.width : x_of(*after));
        next = after;
    }
}

/// The place of a flag's cloth: its left edge and its width, in pixels.
struct Cloth {
    float left = 0;
    float width = 0;
};

/// Returns the place of a cloth: right of the pole and up to the next one, or left of the pole if the
/// timeline ends before the cloth does. The text is not measured if there is no room for any of it, because
/// each pixel may have a flag.
template <class TextWidth>
Cloth cloth_of(const Scene& scene, const Layout& layout, const TextWidth& text_width, float padding, float x,
               float next_x) {
    const float end = layout.all.width - scene.px(4);
    if (next_x < end && next_x - x <= 2 * padding) return {x, next_x - x};
    const float width = std::round(text_width() + 2 * padding);
    if (x + width > end && next_x >= end) return {x - width, width};
    return {x, std::min(width, next_x - x)};
}

}  // namespace

void draw_switches(const Scene& scene, const Layout& layout, DrawList& out) {
    const std::span<const trace::SwitchInfo> all = scene.index.switches();
    if (all.empty()) return;
    Layer& layer = out[DrawList::arrows];
    const float size = scene.px(14);
    const float padding = scene.px(12);
    for_each_in_view(scene, layout, all.subspan(1), [&](const auto& each, float x, float next_x) {
        const Color color = scene.at(each.event, scene.theme.text);
        layer.segments.push_back({x, layout.flags.y, x, layout.lanes.bottom(),
                                  std::max(std::round(scene.px(1.5F)), 1.0F), 0, color.faded(0.8F)});
        const trace::Storage before = scene.index.storage_at(each.event - 1, each.variable);
        const std::string text = fmt::format("{} → {}", name(before), name(each.storage));
        const Cloth cloth = cloth_of(
            scene, layout, [&] { return scene.text.width(text, Face::sans_bold, size); }, padding, x, next_x);
        layer.quads.push_back(
            {{cloth.left, layout.flags.y, cloth.width, layout.flags.height}, scene.px(3), 0, 0, color, {}});
        if (cloth.width <= 2 * padding) return;
        add_text_within(layer, scene.text, text, cloth.left + padding,
                        std::round(layout.flags.y + layout.flags.height / 2 +
                                   scene.text.cap_height(Face::sans_bold, size) / 2),
                        cloth.width - 2 * padding + 1, Face::sans_bold, size, scene.theme.ink);
    });
}

void draw_marks(const Scene& scene, const Layout& layout, DrawList& out) {
    // Marks after the last event belong to a branch that is not shown.
    const auto known = std::ranges::partition_point(
        scene.marks, [&](const trace::Mark& mark) { return mark.event < scene.index.end_index(); });
    const auto marks = scene.marks.first(static_cast<std::size_t>(known - scene.marks.begin()));
    Layer& layer = out[DrawList::arrows];
    const float size = scene.px(13);
    const float padding = scene.px(8);
    const float line = std::max(std::round(scene.px(1)), 1.0F);
    for_each_in_view(scene, layout, marks, [&](const trace::Mark& mark, float x, float next_x) {
        layer.segments.push_back({x, layout.flags.y, x, layout.output.bottom(), line, scene.px(4),
                                  scene.theme.accent.faded(0.7F)});
        const auto text_width = [&] {
            return scene.text.place(mark.text, Face::sans, size, layout.width() / 2).width;
        };
        const Cloth cloth = cloth_of(scene, layout, text_width, padding, x, next_x);
        if (cloth.width < 2 * padding) return;
        layer.quads.push_back({{cloth.left, layout.flags.y, cloth.width, layout.flags.height},
                               scene.px(3),
                               line,
                               0,
                               scene.theme.card,
                               scene.theme.accent.faded(0.7F)});
        add_text_within(layer, scene.text, mark.text, cloth.left + padding,
                        std::round(layout.flags.y + layout.flags.height / 2 +
                                   scene.text.cap_height(Face::sans, size) / 2),
                        cloth.width - 2 * padding + 1, Face::sans, size, scene.theme.text);
    });
}

}  // namespace loopscope::timeline
