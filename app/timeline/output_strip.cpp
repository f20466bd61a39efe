// SPDX-License-Identifier: MIT
#include "app/timeline/output_strip.hpp"

#include <algorithm>
#include <cmath>

#include "app/timeline/bands.hpp"
#include "app/timeline/print_marks.hpp"
#include "core/base/utf8.hpp"
#include "core/explain/output_line.hpp"

namespace loopscope::timeline {
namespace {

/// Writes a print at a place: a single character whatever the room is, of a longer text as much as fits, but
/// at least its first character. Returns its width, in pixels.
float say(const Scene& scene, Layer& layer, std::string_view text, float left, float baseline, float room,
          float size, Color color) {
    const std::string_view first = first_character_bytes(text);
    const std::string_view line = text.substr(0, text.find('\n'));
    if (first.size() < line.size()) {
        const float width =
            add_text_within(layer, scene.text, line, left, baseline, room, Face::mono_bold, size, color);
        if (width > 0) return width;
    }
    return add_text(layer, scene.text, first, left, baseline, Face::mono_bold, size, color);
}

/// The place and size of a text, in pixels.
struct SaidText {
    float left, baseline, width, size;
};

/// Draws a line below a text that leaks, and one above a text that is stale.
void sign(const Scene& scene, Layer& layer, PrintIndex index, EventIndex event, const SaidText& text) {
    const trace::PrintInfo print = scene.index.prints()[index];
    const float high = std::max(std::round(scene.px(2)), 1.0F);
    const auto stroke = [&](float y, Color color) {
        layer.quads.push_back({{std::round(text.left), y, std::max(std::round(text.width), 2.0F), high},
                               0,
                               0,
                               0,
                               scene.at(event, color),
                               {}});
    };
    if (print.leak) stroke(text.baseline + scene.px(5), scene.hue(print.task));
    if (print.stale) {
        const float cap = scene.text.cap_height(Face::mono_bold, text.size);
        stroke(std::round(text.baseline - cap - scene.px(5)) - high, hue_of_served(scene, index));
    }
}

}  // namespace

void draw_output_strip(const Scene& scene, const Layout& layout, const LaneWindow& window, Tiles& tiles,
                       DrawList& out) {
    const Axis axis = scene.axis();
    const float baseline = std::round(layout.output.y + layout.output.height * 0.62F);
    add_text(out[DrawList::labels], scene.text, "output", scene.px(24), baseline, Face::sans, scene.px(15),
             scene.theme.dim);

    const auto& prints = scene.index.prints();
    const float step = static_cast<float>(scene.view.scale * trace::Index::step_width * Axis::quarter);
    const float size = scene.view.axis == AxisKind::sequence
                           ? std::clamp(step * 0.8F, scene.px(6), scene.px(19))
                           : scene.px(15);
    const float advance = scene.text.width("0", Face::mono_bold, size);
    if (static_cast<float>(window.last_print - window.first_print) * advance > 2 * layout.width()) {
        Bands bands(scene, tiles, projection_of(scene, layout));
        const float height = std::round(scene.px(16));
        bands.add(Tiles::output, std::round(baseline - height * 0.85F), height);
        return bands.draw(out[DrawList::marks], out.texels);
    }
    const EventIndex from = axis.event_near(scene.view.tick(-advance));
    auto next = std::ranges::lower_bound(prints, from, {}, &trace::PrintInfo::event);
    Layer& layer = out[DrawList::marks];
    float free = -1e9F;
    for (PrintIndex index = next.index(); index < prints.end_index();) {
        const explain::OutputLine whole = explain::line_of_print(scene.log, scene.index, index);
        const explain::OutputLine line{index, whole.end};
        const trace::PrintInfo print = prints[explain::main_print_of(scene.index, line)];
        const EventIndex event = prints.event(index);
        index = line.end;
        // Symbols of the same moment stand side by side; those that would be too far from their moment are
        // left out.
        const float at = layout.gutter + scene.view.x(axis.at(event));
        if (at > layout.gutter + layout.width()) break;
        if (free > at + 4 * advance) continue;
        const float left = std::max(at - advance / 2, free);
        if (left < layout.gutter) continue;
        const Color hue = print.writer ? scene.hue(print.writer_task) : scene.theme.text;
        const float until = index == prints.end_index()
                                ? layout.all.width
                                : layout.gutter + scene.view.x(axis.at(prints.event(index))) - advance;
        const float room = std::max(until - left, 1.0F);
        const std::string text =
            explain::text_of(scene.log, scene.index, line, 64 + 4 * static_cast<std::size_t>(room));
        const float width = say(scene, layer, text, left, baseline, room, size,
                                scene.text_at(event, hue, scene.theme.background));
        const PrintIndex main = explain::main_print_of(scene.index, line);
        sign(scene, layer, main, event, {left, baseline, width, size});
        free = left + std::max(width, advance);
    }
}

}  // namespace loopscope::timeline
