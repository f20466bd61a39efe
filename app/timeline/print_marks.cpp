// SPDX-License-Identifier: MIT
#include "app/timeline/print_marks.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/timeline/lane_window.hpp"
#include "app/timeline/tile_text.hpp"

namespace loopscope::timeline {
namespace {

/// Draws one print. Coordinates are pixels of the timeline.
class PrintPainter {
  public:
    PrintPainter(const Scene& scene, const explain::OutputLine& line, const PrintSigns& signs,
                 const PrintPlace& place, DrawList& out)
        : scene_(scene),
          line_(line),
          print_(scene.index.prints()[explain::main_print_of(scene.index, line)]),
          signs_(signs),
          place_(place),
          layer_(out[DrawList::marks]) {}

    void tile() {
        const float side = std::round(place_.tile);
        const std::size_t max_bytes = 64 + 4 * static_cast<std::size_t>(std::max(place_.room, side));
        const std::string text = explain::text_of(scene_.log, scene_.index, line_, max_bytes);
        const TileText said = tile_text(scene_.text, text, side, place_.room, scene_.px(14));
        const Rect rect{std::round(place_.x - side / 2), std::round(place_.middle - side / 2),
                        std::round(said.width), side};
        const float radius = side * 0.2F;
        const float cut = signs_.leak ? side * 0.34F : 0;
        const float ring = std::max(std::round(side * 0.1F), 1.5F);
        if (signs_.leak) {
            layer_.quads.push_back({{rect.x - ring, rect.y - ring, rect.width + 2 * ring, side + 2 * ring},
                                    radius + ring,
                                    std::max(std::round(scene_.px(1.5F)), 1.0F),
                                    cut,
                                    {0, 0, 0, 0},
                                    here(place_.hue)});
        }
        // Whatever is below a tile, a search's mark or the frame of a step, its letter stands on one ground.
        const Color ground = over(here(fill()), scene_.theme.background);
        layer_.quads.push_back({rect, radius, 0, cut, ground, {}});
        if (signs_.stale) {
            const float height = std::max(std::round(side * 0.12F), 2.0F);
            const float gap = std::max(std::round(side * 0.1F), 2.0F) + (signs_.leak ? ring : 0);
            stroke({rect.x, rect.y - gap - height, rect.width, height}, hue_of_served(scene_, *signs_.stale));
        }
        add_text(layer_, scene_.text, said.text, rect.x + rect.width / 2,
                 std::round(rect.y + side / 2 + scene_.text.cap_height(Face::mono_bold, said.size) / 2),
                 Face::mono_bold, said.size, ink_on(ground), Align::center);
    }

    void bar() {
        const float width = std::clamp(place_.tile, 2.0F, scene_.px(4));
        const float height = std::round(std::min(place_.lane_height * 0.6F, scene_.px(24)));
        const Rect rect{std::floor(place_.x), std::round(place_.middle - height / 2),
                        std::max(std::round(width), 1.0F), height};
        stroke(rect, fill());
        // These marks remain when each pixel has a print.
        const float high = std::max(scene_.px(2), 2.0F);
        if (signs_.stale)
            stroke({rect.x, rect.y - 1 - high, rect.width, high}, hue_of_served(scene_, *signs_.stale));
        if (signs_.leak) stroke({rect.x, rect.bottom() + 1, rect.width, high}, place_.hue);
    }

  private:
    [[nodiscard]] Color here(Color color) const { return scene_.at(print_.event, color); }
    [[nodiscard]] Color fill() const {
        return print_.writer ? scene_.hue(print_.writer_task) : scene_.theme.dim;
    }
    /// Returns the colour of the letter of a tile: what has not happened yet stands back.
    [[nodiscard]] Color ink_on(Color ground) const {
        return legible(print_.event > scene_.cursor ? here(fill()) : scene_.theme.ink, ground);
    }
    void stroke(const Rect& rect, Color color) { layer_.quads.push_back({rect, 0, 0, 0, here(color), {}}); }

    const Scene& scene_;
    const explain::OutputLine& line_;
    const trace::PrintInfo print_;
    const PrintSigns& signs_;
    const PrintPlace& place_;
    Layer& layer_;
};

}  // namespace

void draw_print(const Scene& scene, const explain::OutputLine& line, const PrintSigns& signs,
                const PrintPlace& place, DrawList& out) {
    PrintPainter painter(scene, line, signs, place, out);
    if (place.tile < scene.px(LaneWindow::min_tile))
        painter.bar();
    else
        painter.tile();
}

Color hue_of_served(const Scene& scene, PrintIndex print) {
    const TaskId chain = scene.index.errand_of_stale(scene.log, print).party.chain;
    return chain ? scene.hue(chain) : scene.theme.text;
}

}  // namespace loopscope::timeline
