// SPDX-License-Identifier: MIT
#include "app/timeline/band_pixels.hpp"

#include <algorithm>

namespace loopscope::timeline {
namespace {

/// A sum of weighted colours; the sum of their weights is the alpha, in 0 … 255.
struct Sum {
    float red = 0;
    float green = 0;
    float blue = 0;
    float alpha = 0;

    void add(Color color, float weight) {
        red += weight * static_cast<float>(color.red);
        green += weight * static_cast<float>(color.green);
        blue += weight * static_cast<float>(color.blue);
        alpha += weight * 255;
    }
    /// Returns the colours multiplied by `scale`, with the given alpha.
    [[nodiscard]] Color color(float scale, std::uint8_t its_alpha) const {
        const auto byte = [](float value) {
            return static_cast<std::uint8_t>(std::min(value, 255.0F) + 0.5F);
        };
        return {byte(red * scale), byte(green * scale), byte(blue * scale), its_alpha};
    }
};

/// Returns the mix of the columns in [from, to), which are positions counted in columns.
Texel mix(std::span<const Texel> columns, float from, float to) {
    Sum steps;
    Sum prints;
    std::uint8_t signs = 0;
    const auto end = std::min(static_cast<std::size_t>(std::max(to, 0.0F)) + 1, columns.size());
    for (auto at = static_cast<std::size_t>(std::max(from, 0.0F)); at < end; ++at) {
        const auto left = static_cast<float>(at);
        const float share = (std::min(to, left + 1) - std::max(from, left)) / (to - from);
        const Texel& column = columns[at];
        if (share <= 0 || (column.fill.alpha | column.mark.alpha) == 0) continue;
        steps.add(column.fill, share * static_cast<float>(column.fill.alpha) / 255);
        prints.add(column.mark, share * column.density());
        signs |= column.mark.alpha & (Texel::leak | Texel::stale);
    }
    const auto coverage = static_cast<std::uint8_t>(std::min(steps.alpha, 255.0F) + 0.5F);
    constexpr auto full = static_cast<float>(Texel::max_density);
    const float dense = std::min(prints.alpha / 255 * full, full);
    // Prints stay visible, however few they are.
    const auto density = static_cast<std::uint8_t>(dense > 0 ? std::max(dense + 0.5F, 1.0F) : 0.0F);
    return {steps.color(1, coverage),
            prints.color(dense > 0 ? 255 / prints.alpha : 0, static_cast<std::uint8_t>(density | signs))};
}

}  // namespace

Texel pixel_of(const Band& band, std::span<const Texel> columns, std::int32_t x) {
    const float from = (static_cast<float>(x) - band.rect.x) / band.column;
    return mix(columns, from, from + 1 / band.column);
}

}  // namespace loopscope::timeline
