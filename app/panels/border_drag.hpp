// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "app/panels/frame.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The hands on the borders between the panels: a border is dragged, and a double click gives it its default
/// place again.
class BorderDrag {
  public:
    /// A border that the user has put somewhere else.
    struct Moved {
        Border border = Border::side;
        std::optional<float> share;  ///< none: its default place
    };
    /// Draws a line where a border can be taken hold of. Returns what the user did in this frame. Called
    /// after the panels were drawn, whose borders are above them.
    std::optional<Moved> update(const Ui& ui, const Frame& frame);

  private:
    float grip_ = 0;  // from the border to the mouse, when it was taken hold of
};

}  // namespace loopscope::panels
