#pragma once

namespace loopscope::gl {

/// A width and height in pixels.
struct Size {
    int width = 0;
    int height = 0;

    friend bool operator==(const Size&, const Size&) = default;
};

}  // namespace loopscope::gl
