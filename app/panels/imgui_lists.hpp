// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <imgui.h>

#include "app/render/damage.hpp"

namespace loopscope::panels {

/// Copies of ImGui's draw lists of the last frame, one for each of its windows and child windows, so that
/// only those that change are drawn again.
class ImGuiLists {
  public:
    /// Keeps the draw lists of a new frame. Adds the regions in which they differ from the frame before to
    /// `damage`.
    void take(const ImDrawData& data, render::Damage& damage);

    /// Draws the part within a region of the bound framebuffer. The region's origin is the top left.
    static void draw(ImDrawData& data, const gl::Region& region);

  private:
    struct List {
        std::vector<ImDrawCmd> commands;
        std::vector<ImDrawVert> vertices;
        std::vector<ImDrawIdx> indices;
        gl::Region region;  ///< contains everything that the list draws
    };
    static void add_changes(const ImDrawData& data, const List& now, const List& before,
                            render::Damage& damage);
    [[nodiscard]] static bool are_drawn_alike(const List& now, const List& before, std::size_t first,
                                              std::size_t last);
    [[nodiscard]] static List keep(const ImDrawData& data, const ImDrawList& list);

    std::vector<List> lists_;
};

}  // namespace loopscope::panels
