// SPDX-License-Identifier: MIT
#include "app/render/damage.hpp"

#include <algorithm>

namespace loopscope::render {

void Damage::add(gl::Region region) {
    if (region.empty()) return;
    // The merged region may overlap further ones.
    for (;;) {
        const auto other = std::ranges::find_if(
            regions_, [&](const gl::Region& each) { return !intersection(each, region).empty(); });
        if (other == regions_.end()) break;
        region = bounds(region, *other);
        regions_.erase(other);
    }
    regions_.push_back(region);
}

void Damage::clip(const gl::Region& within) {
    for (gl::Region& each : regions_) each = intersection(each, within);
    std::erase_if(regions_, [](const gl::Region& each) { return each.empty(); });
}

}  // namespace loopscope::render
