#pragma once

#include <cstddef>
#include <vector>

#include <imgui.h>

#include "app/render/damage.hpp"

namespace loopscope::panels {

/// What ImGui laid out last, in its own lists, one for each of its windows and their children: so that only
/// those that differ in the next frame are drawn again.
class ImGuiLists {
  public:
    /// Takes what is laid out now; adds to `damage` where it looks different than what was taken before.
    void take(const ImDrawData& data, render::Damage& damage);

    /// Draws what is within a region of the bound framebuffer, given from its top left.
    static void draw(ImDrawData& data, const gl::Region& region);

  private:
    struct List {
        std::vector<std::byte> commands;
        std::vector<std::byte> vertices;
        std::vector<std::byte> indices;
        gl::Region region;  ///< outside it nothing is drawn

        friend bool operator==(const List&, const List&) = default;
    };
    [[nodiscard]] static List keep(const ImDrawData& data, const ImDrawList& list);

    std::vector<List> lists_;
};

}  // namespace loopscope::panels
