// SPDX-License-Identifier: MIT
#include "app/timeline/curve.hpp"

namespace loopscope::timeline {

void add_curve(Layer& layer, const std::array<float, 8>& points, float width, Color color) {
    constexpr int pieces = 28;
    const auto at = [&](float t, std::size_t axis) {
        const float u = 1 - t;
        return u * u * u * points.at(axis) + 3 * u * u * t * points.at(axis + 2) +
               3 * u * t * t * points.at(axis + 4) + t * t * t * points.at(axis + 6);
    };
    float x = points[0];
    float y = points[1];
    for (int piece = 1; piece <= pieces; ++piece) {
        const float t = static_cast<float>(piece) / pieces;
        layer.segments.push_back({x, y, at(t, 0), at(t, 1), width, 0, color});
        x = layer.segments.back().x1;
        y = layer.segments.back().y1;
    }
}

}  // namespace loopscope::timeline
