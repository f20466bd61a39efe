// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "app/gl/region.hpp"

namespace loopscope::render {

/// The regions of a picture that have to be drawn again. No two of them share a pixel.
class Damage {
  public:
    /// Adds a region, unless it is empty. Merges it with all regions that it overlaps, into the smallest
    /// region around them.
    void add(gl::Region region);

    /// Leaves of all regions what is within another one.
    void clip(const gl::Region& within);

    [[nodiscard]] std::span<const gl::Region> regions() const { return regions_; }

  private:
    std::vector<gl::Region> regions_;
};

}  // namespace loopscope::render
