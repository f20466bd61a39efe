#pragma once

#include "app/gl/size.hpp"
#include "app/panels/imgui_lists.hpp"
#include "app/panels/ui.hpp"

struct GLFWwindow;

namespace loopscope::panels {

/// Dear ImGui with its backends, for as long as it lives: on a window, or off-screen. One at a time; an
/// OpenGL context is current.
class ImGuiFrame {
  public:
    /// `window` null: off-screen, where nobody types or clicks.
    explicit ImGuiFrame(GLFWwindow* window);
    ImGuiFrame(const ImGuiFrame&) = delete;
    ImGuiFrame& operator=(const ImGuiFrame&) = delete;
    ~ImGuiFrame();

    /// Makes fonts and style fit a theme and a scale. Between frames.
    Fonts set_scale(const timeline::Theme& theme, float scale);

    /// Begins a frame. `size` is what of the window is drawn, in screen coordinates; `passed` the seconds
    /// since the last one.
    void begin(gl::Size size, double passed);
    /// Ends it: what has been laid out is ready to be drawn. Adds to `damage` where it looks different than
    /// in the frame before.
    void end(render::Damage& damage);
    /// Draws what of it is within a region into the bound framebuffer.
    void draw(const gl::Region& region);

    /// Whether what is typed goes into a text field.
    [[nodiscard]] static bool wants_text();

  private:
    GLFWwindow* window_;
    bool has_fonts_texture_ = false;
    ImGuiLists lists_;
};

}  // namespace loopscope::panels
