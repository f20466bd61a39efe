// SPDX-License-Identifier: MIT
#include "app/timeline/tile_text.hpp"

#include <algorithm>
#include <span>

#include "core/base/excerpt.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::timeline {

TileText tile_text(const TextMetrics& metrics, std::string_view text, float side, float room,
                   float max_size) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    const std::string_view first = first_character_bytes(text);
    const float full = side * 0.64F;
    const float size = std::min(full, max_size);
    // In less room not even three characters could be told from one.
    if (first.size() == text.size() || room < side + 2 * size) return {std::string(first), side, full};
    const std::string_view part = beginning_of(text, 64 + 4 * static_cast<std::size_t>(room));
    const float pad = side * 0.4F;
    const TextMetrics::Line line =
        metrics.place(part.substr(0, part.find('\n')), Face::mono_bold, size, room - pad);
    const std::size_t cut = line.whole || line.characters.empty() ? 0 : 1;
    std::string shown;
    for (const TextMetrics::Placed& placed : std::span(line.characters).first(line.characters.size() - cut))
        append_utf8(shown, placed.character);
    if (!line.whole) shown += "…";
    return {shown, std::max(std::min(line.width + pad, room), side), size};
}

}  // namespace loopscope::timeline
