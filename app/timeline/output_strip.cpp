#include "app/timeline/output_strip.hpp"

#include <algorithm>
#include <cmath>

#include "app/timeline/bands.hpp"

namespace loopscope::timeline {

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
    for (; next != prints.end(); ++next) {
        // Symbols of the same moment stand side by side; those that would be too far from their moment are
        // left out.
        const float at = layout.gutter + scene.view.x(axis.at(next->event));
        if (at > layout.gutter + layout.width()) break;
        if (free > at + 4 * advance) continue;
        const float left = std::max(at - advance / 2, free);
        if (left < layout.gutter) continue;
        const Color hue = next->writer ? scene.hue(next->writer_task) : scene.theme.text;
        const float width = add_text_within(layer, scene.text, scene.log.printed_text(next->event), left,
                                            baseline, std::max(layout.all.width - left, 2 * advance),
                                            Face::mono_bold, size, scene.at(next->event, hue));
        if (next->leak) {
            layer.quads.push_back(
                {{std::round(left), baseline + scene.px(5), std::max(std::round(width), 2.0F),
                  std::max(std::round(scene.px(2)), 1.0F)},
                 0,
                 0,
                 0,
                 scene.at(next->event, scene.hue(next->task)),
                 {}});
        }
        free = left + std::max(width, advance);
    }
}

}  // namespace loopscope::timeline
