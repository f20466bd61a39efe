#include "app/timeline/scene.hpp"

#include <algorithm>
#include <span>

namespace loopscope::timeline {

namespace {

void add_glyphs(Layer& layer, std::span<const TextMetrics::Placed> characters, float x, float baseline,
                Face face, float size, Color color) {
    for (const TextMetrics::Placed& placed : characters) {
        if (placed.character == U' ') continue;
        layer.glyphs.push_back({x + placed.offset, baseline, size, placed.character, face, color});
    }
}

}  // namespace

float add_text(Layer& layer, const TextMetrics& metrics, std::string_view text, float x, float baseline,
               Face face, float size, Color color, Align align) {
    const TextMetrics::Line line = metrics.place(text, face, size, TextMetrics::max_width);
    if (align == Align::center) x -= line.width / 2;
    if (align == Align::right) x -= line.width;
    add_glyphs(layer, line.characters, x, baseline, face, size, color);
    return line.width;
}

float add_text_within(Layer& layer, const TextMetrics& metrics, std::string_view text, float x,
                      float baseline, float width, Face face, float size, Color color) {
    const TextMetrics::Line line = metrics.place(text, face, size, width);
    if (line.whole) {
        add_glyphs(layer, line.characters, x, baseline, face, size, color);
        return line.width;
    }
    const float ellipsis = metrics.width("…", face, size);
    std::size_t shown = 0;
    while (shown < line.characters.size() && line.characters[shown].offset + ellipsis + size * 0.6F <= width)
        ++shown;
    if (shown == 0) return 0;
    const float end = shown < line.characters.size() ? line.characters[shown].offset : line.width;
    add_glyphs(layer, std::span(line.characters).first(shown), x, baseline, face, size, color);
    return end + add_text(layer, metrics, "…", x + end, baseline, face, size, color);
}

}  // namespace loopscope::timeline
