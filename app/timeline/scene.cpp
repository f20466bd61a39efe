// SPDX-License-Identifier: MIT
#include "app/timeline/scene.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "core/base/utf8.hpp"

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

float add_name_within(Layer& layer, const TextMetrics& metrics, std::string_view name, float x,
                      float baseline, float width, Face face, float size, Color color) {
    constexpr std::size_t max_qualified = 256;
    const bool is_qualified = name.size() <= max_qualified && name.find('.') != std::string_view::npos;
    if (!is_qualified || metrics.place(name, face, size, width).whole)
        return add_text_within(layer, metrics, name, x, baseline, width, face, size, color);
    const float room = width - metrics.width("…", face, size);
    // The first end that fits: no end of it is wider than the whole.
    std::size_t low = 0;
    std::size_t high = name.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (metrics.place(name.substr(middle), face, size, room).whole)
            high = middle;
        else
            low = middle + 1;
    }
    while (high < name.size() && continues_character(name[high])) ++high;
    if (high == name.size()) return 0;
    return add_text(layer, metrics, "…" + std::string(name.substr(high)), x, baseline, face, size, color);
}

}  // namespace loopscope::timeline
