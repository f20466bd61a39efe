#pragma once

#include <span>
#include <vector>

#include "app/gl/region.hpp"

namespace loopscope::render {

/// What of a picture is no longer as it should be and has to be drawn again: regions that share no pixel.
class Damage {
  public:
    /// Adds a region, if any pixel is in it. With those that it overlaps it becomes one, the smallest around
    /// all of them.
    void add(gl::Region region);

    [[nodiscard]] std::span<const gl::Region> regions() const { return regions_; }

  private:
    std::vector<gl::Region> regions_;
};

}  // namespace loopscope::render
