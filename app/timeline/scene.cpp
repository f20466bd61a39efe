#include "app/timeline/scene.hpp"

namespace loopscope::timeline {

float add_text(Layer& layer, const TextMetrics& metrics, std::string_view text, float x, float baseline,
               Face face, float size, Color color, Align align) {
    const float width = metrics.width(text, face, size);
    if (align == Align::center) x -= width / 2;
    if (align == Align::right) x -= width;
    for (const TextMetrics::Placed& placed : metrics.place(text, face, size)) {
        if (placed.character == U' ') continue;
        layer.glyphs.push_back({x + placed.offset, baseline, size, placed.character, face, color});
    }
    return width;
}

std::string_view first_character(std::string_view text) {
    std::size_t end = text.empty() ? 0 : 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
    return text.substr(0, end);
}

void add_text_within(Layer& layer, const TextMetrics& metrics, std::string_view text, float x, float baseline,
                     float width, Face face, float size, Color color) {
    if (metrics.width(text, face, size) <= width) {
        add_text(layer, metrics, text, x, baseline, face, size, color);
        return;
    }
    const float ellipsis = metrics.width("…", face, size);
    float end = 0;
    for (const TextMetrics::Placed& placed : metrics.place(text, face, size)) {
        if (placed.offset + ellipsis + size * 0.6F > width) {
            end = placed.offset;
            break;
        }
        layer.glyphs.push_back({x + placed.offset, baseline, size, placed.character, face, color});
    }
    if (end > 0) add_text(layer, metrics, "…", x + end, baseline, face, size, color);
}

}  // namespace loopscope::timeline
