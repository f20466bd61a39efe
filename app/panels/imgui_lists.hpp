#pragma once

#include <cstddef>
#include <vector>

#include <imgui.h>

#include "app/render/damage.hpp"

namespace loopscope::panels {

/// Copies of ImGui's draw lists of the last frame, one for each of its windows and child windows, so that
/// only those that change are drawn again.
class ImGuiLists {
  public:
    /// Keeps the draw lists of a new frame. Adds the regions of those that differ from the frame before to
    /// `damage`.
    void take(const ImDrawData& data, render::Damage& damage);

    /// Draws the part within a region of the bound framebuffer. The region's origin is the top left.
    static void draw(ImDrawData& data, const gl::Region& region);

  private:
    struct List {
        std::vector<std::byte> commands;
        std::vector<std::byte> vertices;
        std::vector<std::byte> indices;
        gl::Region region;  ///< contains everything that the list draws

        friend bool operator==(const List&, const List&) = default;
    };
    [[nodiscard]] static List keep(const ImDrawData& data, const ImDrawList& list);

    std::vector<List> lists_;
};

}  // namespace loopscope::panels
