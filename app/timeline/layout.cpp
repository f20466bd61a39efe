// SPDX-License-Identifier: MIT
#include "app/timeline/layout.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::timeline {

std::optional<AxisKind> AxisWords::axis_at(float x) const {
    const float between = (sequence_end + time) / 2;
    if (x < sequence || x > (time_end + after) / 2) return std::nullopt;
    return x > between ? AxisKind::time : AxisKind::sequence;
}

Layout Layout::create(float width, float height, std::size_t lanes, float scale, bool steady) {
    const auto px = [&](float design) { return std::round(design * scale); };
    Layout layout;
    layout.all = {0, 0, width, height};
    // Names of groups and of their members are longer, by how many and which they are.
    layout.gutter = px(steady ? 248 : 188);
    layout.margin = px(20);
    const float inner = layout.width();
    layout.flags = {layout.gutter, px(34), inner, px(26)};
    layout.storage = {layout.gutter, layout.flags.bottom() + px(8), inner, px(26)};
    layout.minimap = {layout.gutter, height - px(46), inner, px(34)};
    layout.output = {layout.gutter, layout.minimap.y - px(42), inner, px(30)};
    const float top = layout.storage.bottom() + px(16);
    // If no lane fits, the minimap is hidden, and then the output: nothing shows below the lower edge.
    const auto has_lane = [&] { return layout.output.y - px(10) - top >= px(20); };
    const float hidden = height + px(8);
    if (!has_lane()) {
        layout.minimap.y = hidden;
        layout.output.y = height - px(42);
    }
    if (!has_lane()) layout.output.y = hidden;
    layout.lanes = {0, top, width, std::max(std::min(layout.output.y, height) - px(10) - top, 1.0F)};
    const float share = layout.lanes.height / static_cast<float>(std::max<std::size_t>(lanes, 1));
    layout.lane_height = steady ? px(28) : std::floor(std::clamp(share, px(20), px(54)));
    layout.content_height = layout.lane_height * static_cast<float>(lanes);
    return layout;
}

Layout Layout::of_tracks(float width, float height, double rows, float scale) {
    const auto px = [&](float design) { return std::round(design * scale); };
    Layout layout;
    layout.all = {0, 0, width, height};
    layout.gutter = px(248);
    const float inner = layout.width();
    layout.flags = {layout.gutter, px(34), inner, px(26)};
    layout.storage = {layout.gutter, layout.flags.bottom() - px(6), inner, 0};
    layout.minimap = {layout.gutter, height - px(46), inner - px(12), px(34)};
    const float top = layout.flags.bottom() + px(4);
    // If no row fits, the minimap is hidden.
    if (layout.minimap.y - px(10) - top < px(20)) layout.minimap.y = height + px(8);
    const float bottom = std::min(layout.minimap.y - px(10), height);
    layout.lanes = {0, top, width, std::max(bottom - top, 1.0F)};
    layout.output = {layout.gutter, layout.lanes.bottom(), inner, 0};
    const double share = static_cast<double>(layout.lanes.height) / std::max(rows, 1.0);
    layout.lane_height = std::floor(std::clamp(static_cast<float>(share), px(20), px(28)));
    layout.content_height = static_cast<float>(rows * static_cast<double>(layout.lane_height));
    return layout;
}

AxisWords Layout::axis_words(const Scene& scene) {
    const float size = scene.px(AxisWords::size);
    AxisWords words;
    words.title = scene.px(24);
    words.sequence =
        words.title + (scene.text.width(AxisWords::title_word, Face::sans_bold, size) + scene.px(20));
    const float sequence_width = scene.text.width(AxisWords::sequence_word, Face::sans, size);
    words.sequence_end = words.sequence + sequence_width;
    words.time = words.sequence + (sequence_width + scene.px(12));
    const float time_width = scene.text.width(AxisWords::time_word, Face::sans, size);
    words.time_end = words.time + time_width;
    words.after = words.time + (time_width + scene.px(28));
    return words;
}

}  // namespace loopscope::timeline
