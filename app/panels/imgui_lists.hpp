// SPDX-License-Identifier: MIT
#pragma once

#include <span>
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

    /// Draws the parts within some regions of the bound framebuffer, which share no pixel, all at once: what
    /// ImGui's renderer does for each call takes longer than the pixels of a small region. The origin of
    /// regions is the top left.
    static void draw(ImDrawData& data, std::span<const gl::Region> regions);

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
