#pragma once

#include <string>
#include <vector>

#include <imgui.h>

#include "app/gl/size.hpp"
#include "app/panels/timeline_panel.hpp"
#include "app/timeline/legible.hpp"

namespace loopscope::panels {

/// A rectangle between two corners, in pixels of the window.
struct DrawnBox {
    ImVec2 from;
    ImVec2 to;

    [[nodiscard]] float width() const { return to.x - from.x; }
    [[nodiscard]] float height() const { return to.y - from.y; }
    [[nodiscard]] float area() const { return width() > 0 && height() > 0 ? width() * height() : 0.0F; }
};

/// Returns what two rectangles have in common; its corners are the wrong way round if that is nothing.
DrawnBox common_part(const DrawnBox& one, const DrawnBox& other);

/// A character as a frame draws it.
struct DrawnCharacter {
    DrawnBox whole;
    DrawnBox seen;          ///< the part that is not cut off by a clip; nothing, where all of it is
    timeline::Color color;  ///< may be see-through
    timeline::Color ground;
    std::string window;    ///< ImGui's window; "picture" for the timeline's own list
    bool scrolls = false;  ///< whether its window scrolls
};

/// What a frame draws, without a GPU: its filled surfaces painted one over the other, and every character
/// with what is behind it. Lines and the soft edges of surfaces are nothing that text stands on.
class DrawnFrame {
  public:
    /// `with_grounds`: what is behind characters is wanted, which takes as long as painting does.
    DrawnFrame(gl::Size size, const timeline::Theme& theme, bool with_grounds);
    /// Draws the timeline's own list, which is behind all that ImGui draws.
    void draw(const TimelinePanel& timeline, const timeline::TextMetrics& text);
    void draw(const ImDrawData& data);
    [[nodiscard]] const std::vector<DrawnCharacter>& characters() const { return characters_; }

  private:
    void draw(const ImDrawList& list);
    void fill(const DrawnBox& box, timeline::Color color);
    void fill(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const DrawnBox& clip);
    void cover(const DrawnBox& box);
    void paint(int x, int y, timeline::Color color);
    [[nodiscard]] timeline::Color at(ImVec2 place) const;

    gl::Size size_;
    const timeline::Theme& theme_;
    bool with_grounds_;
    std::vector<timeline::Color> pixels_;
    std::vector<DrawnCharacter> characters_;
};

}  // namespace loopscope::panels
