// SPDX-License-Identifier: MIT
#pragma once

#include "app/gl/size.hpp"
#include "app/panels/imgui_lists.hpp"
#include "app/panels/input_queue.hpp"
#include "app/panels/ui.hpp"

struct GLFWwindow;

namespace loopscope::panels {

/// Dear ImGui with its backends, on a window or off-screen. REQUIRES: at most one exists at a time, and an
/// OpenGL context is current whenever it is used.
class ImGuiFrame {
  public:
    /// Sets up ImGui for a window; null: off-screen, without any input.
    explicit ImGuiFrame(GLFWwindow* window);
    ImGuiFrame(const ImGuiFrame&) = delete;
    ImGuiFrame& operator=(const ImGuiFrame&) = delete;
    ~ImGuiFrame();

    /// Sets fonts and style for a theme and a scale. REQUIRES: no frame is under way.
    Fonts set_scale(const timeline::Theme& theme, float scale);

    /// Has the next frames be drawn as if the mouse were nowhere, or no longer.
    void hide_mouse(bool hidden) { hides_mouse_ = hidden; }
    /// Begins a frame, with what `input` has passed on. `size` is the size of the drawn part of the window,
    /// in screen coordinates; `passed` is the time since the last frame, in seconds.
    void begin(gl::Size size, double passed, const InputQueue& input);
    /// Ends the frame, which is then ready to be drawn. Adds the regions that differ from the frame before to
    /// `damage`.
    void end(render::Damage& damage);
    /// Draws the parts of the frame that are within some regions, which share no pixel, into the bound
    /// framebuffer.
    void draw(std::span<const gl::Region> regions);

  private:
    GLFWwindow* window_;
    bool has_fonts_texture_ = false;
    bool hides_mouse_ = false;
    ImGuiLists lists_;
};

}  // namespace loopscope::panels
