#pragma once

#include <vector>

#include "app/gl/size.hpp"
#include "app/panels/ui.hpp"

struct GLFWwindow;

namespace loopscope::panels {

/// A key that was pressed, or that repeats.
struct KeyPress {
    int key = 0;                 ///< GLFW's: names a position on the keyboard
    std::uint8_t modifiers = 0;  ///< panels::Modifier
};

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

    /// Begins a frame. `size` is that of the framebuffer, `passed` the seconds since the last one.
    void begin(gl::Size size, double passed);
    /// Ends it: what has been laid out is ready to be drawn.
    void end();
    /// Draws it into the bound framebuffer.
    void draw();

    /// The keys since the last call, unless they went into a text field.
    std::vector<KeyPress> take_keys();

  private:
    GLFWwindow* window_;
    std::vector<KeyPress> keys_;
    bool has_fonts_texture_ = false;
};

}  // namespace loopscope::panels
