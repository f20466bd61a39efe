// SPDX-License-Identifier: MIT
#include "app/timeline/slice_columns.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::timeline {
namespace {

constexpr Texel nothing = {{0, 0, 0, 0}, {0, 0, 0, 0}};

}  // namespace

SliceColumns::SliceColumns(const Scene& scene, const Layout& layout, std::int64_t end)
    : view_(scene.view),
      gutter_(layout.gutter),
      level_(SliceTiles::level_at(scene.view.scale)),
      first_(std::max<std::int64_t>(scene.view.tick(0), 0) >> level_),
      last_((std::min(scene.view.tick(layout.width()), end) >> level_) + 1) {
    last_ = std::max(first_, last_);
}

float SliceColumns::x(std::size_t column) const {
    return gutter_ + view_.x((first_ + static_cast<std::int64_t>(column)) << level_);
}

SliceBand::SliceBand(const SliceColumns& columns, const Layout& layout, const Rect& rows, DrawList& out)
    : out_(out) {
    if (columns.size() == 0 || rows.height < 1) return;
    first_ = out.texels.size();
    Band band;
    band.rect = {columns.x(0), rows.y, columns.x(columns.size()) - columns.x(0), rows.height + 1};
    band.first = static_cast<std::uint32_t>(*first_);
    band.count = static_cast<std::uint32_t>(columns.size());
    band.column = band.rect.width / static_cast<float>(columns.size());
    band.stroke = 0;
    band.clip_left = layout.gutter;
    band.clip_right = layout.gutter + layout.width();
    out.texels.resize(out.texels.size() + columns.size(), nothing);
    out[DrawList::lanes].bands.push_back(band);
}

std::uint8_t density_of(std::uint32_t amount, std::uint32_t most) {
    if (amount == 0) return 0;
    const double share = static_cast<double>(std::min(amount, most)) / static_cast<double>(most);
    return static_cast<std::uint8_t>(50 + 205 * std::sqrt(share));
}

std::uint8_t opacity_of(std::uint8_t covered) {
    if (covered == 0) return 0;
    return static_cast<std::uint8_t>(165 + 90 * covered / 255);
}

}  // namespace loopscope::timeline
