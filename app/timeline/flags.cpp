// SPDX-License-Identifier: MIT
#include "app/timeline/flags.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <string>

#include <fmt/format.h>

namespace loopscope::timeline {
namespace {

constexpr float switch_size = 14;
constexpr float mark_size = 13;
constexpr float switch_padding = 12;
constexpr float mark_padding = 8;

/// Calls `take` for each item in view with its x, in pixels. Of items that share a pixel, only the last is
/// taken. REQUIRES: `items` are in the order of their events.
template <class Item, class Take>
void for_each_in_view(const Scene& scene, const Layout& layout, std::span<const Item> items,
                      const Take& take) {
    const Axis axis = scene.axis();
    const auto x_at = [&](EventIndex event) {
        return std::round(layout.gutter + scene.view.x(axis.at(event)));
    };
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
        const float x = x_at(next->event);
        if (x > layout.gutter + layout.width() + 1) return;
        const auto after = first_from(std::next(next), x + 1);
        take(*std::prev(after), x);
        next = after;
    }
}

/// Returns the marks of events that the trace has; later ones belong to a branch that is not shown.
std::span<const trace::Mark> known_marks(const Scene& scene) {
    const auto end = std::ranges::partition_point(
        scene.marks, [&](const trace::Mark& mark) { return mark.event < scene.index.end_index(); });
    return scene.marks.first(static_cast<std::size_t>(end - scene.marks.begin()));
}

std::string switch_text(const Scene& scene, EventIndex event) {
    const auto all = scene.index.switches();
    const auto found = std::ranges::lower_bound(all, event, {}, &trace::SwitchInfo::event);
    const trace::Storage before = scene.index.storage_at(event - 1, found->variable);
    return fmt::format("{} → {}", name(before), name(found->storage));
}

std::string_view mark_text(const Scene& scene, EventIndex event) {
    return std::ranges::lower_bound(scene.marks, event, {}, &trace::Mark::event)->text;
}

float padding_of(const Scene& scene, const Flag& flag) {
    return scene.px(flag.is_mark ? mark_padding : switch_padding);
}

/// Returns how wide a cloth is that shows all of its text.
float wide_of(const Scene& scene, const Layout& layout, const Flag& flag) {
    const float text =
        flag.is_mark
            ? scene.text
                  .place(mark_text(scene, flag.event), Face::sans, scene.px(mark_size), layout.width() / 2)
                  .width
            : scene.text.width(switch_text(scene, flag.event), Face::sans_bold, scene.px(switch_size));
    return std::round(text + 2 * padding_of(scene, flag));
}

/// Places a cloth between the last one before it and the next pole, or the end of the timeline.
void place(const Scene& scene, const Layout& layout, float after, float before, Flag& flag) {
    const float right = std::max(before - flag.x, 0.0F);
    const float left = std::max(flag.x - after, 0.0F);
    // Texts are not measured where there is no room for any of it: each pixel may have a flag.
    if (std::max(left, right) <= 2 * padding_of(scene, flag)) {
        // A scrap of cloth still says whose pole it is.
        flag.left = flag.x;
        flag.width = right;
        return;
    }
    const float wide = wide_of(scene, layout, flag);
    const bool is_right = wide <= right || (wide > left && right >= left);
    flag.width = std::min(wide, is_right ? right : left);
    flag.left = is_right ? flag.x : flag.x - flag.width;
}

void draw_pole(const Scene& scene, const Layout& layout, const Flag& flag, Color color, Layer& layer) {
    if (flag.is_mark) {
        layer.segments.push_back({flag.x, layout.flags.y, flag.x, layout.output.bottom(),
                                  std::max(std::round(scene.px(1)), 1.0F), scene.px(4), color});
    } else {
        layer.segments.push_back({flag.x, layout.flags.y, flag.x, layout.lanes.bottom(),
                                  std::max(std::round(scene.px(1.5F)), 1.0F), 0, color.faded(0.8F)});
    }
}

void draw_text_of(const Scene& scene, const Layout& layout, const Flag& flag, Color color, Layer& layer) {
    const float padding = padding_of(scene, flag);
    if (flag.width <= 2 * padding) return;
    const Face face = flag.is_mark ? Face::sans : Face::sans_bold;
    const float size = scene.px(flag.is_mark ? mark_size : switch_size);
    const float baseline =
        std::round(layout.flags.y + layout.flags.height / 2 + scene.text.cap_height(face, size) / 2);
    const std::string text = flag.is_mark ? std::string() : switch_text(scene, flag.event);
    add_text_within(layer, scene.text, flag.is_mark ? mark_text(scene, flag.event) : text,
                    flag.left + padding, baseline, flag.width - 2 * padding + 1, face, size, color);
}

}  // namespace

std::vector<Flag> flags_in_view(const Scene& scene, const Layout& layout) {
    std::vector<Flag> flags;
    const auto add = [&](bool is_mark) {
        return [&flags, is_mark](const auto& item, float x) {
            flags.push_back({item.event, is_mark, x, x, 0});
        };
    };
    // The first switch is what the program begins with.
    if (const std::span<const trace::SwitchInfo> all = scene.index.switches(); !all.empty())
        for_each_in_view(scene, layout, all.subspan(1), add(false));
    for_each_in_view(scene, layout, known_marks(scene), add(true));
    std::ranges::stable_sort(flags, {}, &Flag::x);
    float after = layout.gutter;
    for (std::size_t each = 0; each < flags.size(); ++each) {
        const float end = layout.all.width - scene.px(4);
        const float before = each + 1 < flags.size() ? std::min(flags[each + 1].x, end) : end;
        place(scene, layout, after, before, flags[each]);
        after = std::max(flags[each].x, flags[each].left + flags[each].width);
    }
    return flags;
}

void draw_flags(const Scene& scene, const Layout& layout, const std::vector<Flag>& flags, DrawList& out) {
    Layer& layer = out[DrawList::arrows];
    for (const Flag& flag : flags) {
        const Color color =
            flag.is_mark ? scene.theme.accent.faded(0.7F) : scene.at(flag.event, scene.theme.text);
        draw_pole(scene, layout, flag, color, layer);
        if (flag.width <= 0) continue;
        const Color ground = scene.theme.background;
        const Rect cloth = {flag.left, layout.flags.y, flag.width, layout.flags.height};
        if (flag.is_mark) {
            layer.quads.push_back(
                {cloth, scene.px(3), std::max(std::round(scene.px(1)), 1.0F), 0, scene.theme.card, color});
        } else {
            layer.quads.push_back({cloth, scene.px(3), 0, 0, color, {}});
        }
        draw_text_of(scene, layout, flag,
                     flag.is_mark ? scene.theme.text : legible(scene.theme.ink, over(color, ground)), layer);
    }
}

std::optional<Flag> flag_at(const Scene& scene, const std::vector<Flag>& flags, float x) {
    const auto is_at = [&](const Flag& flag) {
        const float reach = scene.px(3);
        return std::abs(x - flag.x) <= reach || (x >= flag.left && x <= flag.left + flag.width);
    };
    const auto found = std::ranges::find_if(flags, is_at);
    return found == flags.end() ? std::nullopt : std::optional(*found);
}

}  // namespace loopscope::timeline
