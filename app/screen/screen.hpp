// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "app/gl/framebuffer.hpp"
#include "app/gl/shader_library.hpp"
#include "app/panels/imgui_frame.hpp"
#include "app/panels/workspace.hpp"
#include "app/platform/window.hpp"

namespace loopscope::screen {

/// A function that a command calls with the workspace before the first frame, such as to open a lesson.
using Begin = std::function<void(panels::Workspace&)>;

/// A workspace with everything that draws it, for the window and for pictures. Used from the thread of the
/// OpenGL context only.
class Screen {
  public:
    /// Makes a screen for a window; null: off-screen. Fails if the shaders or fonts cannot be loaded.
    /// REQUIRES: an OpenGL context is current.
    static Result<std::unique_ptr<Screen>> create(session::Session session, GLFWwindow* window);

    /// Lays out and draws a frame into the bound framebuffer, or into its top left if it is larger than
    /// OpenGL can draw. `window_size` is in screen coordinates, `passed` is the time since the last frame in
    /// seconds, and `display_scale` is the scale of the display.
    void draw(gl::Size framebuffer, gl::Size window_size, double passed, float display_scale);

    /// Has the next frame draw everything; usually a frame draws only what differs from the one before.
    void invalidate() { canvas_.reset(); }

    /// Takes the picture that the workspace wants, if any, and hands it over: the same frame as the last one,
    /// without what is at the mouse. The arguments are those of draw().
    void take_wanted_picture(gl::Size framebuffer, gl::Size window_size, float display_scale);

    /// Passes the user's input to the workspace.
    void take(const platform::Inputs& inputs);

    /// Returns whether the picture may change without any input, because a shader or a lesson may be edited.
    [[nodiscard]] bool may_change() const { return shaders_.reads_folder() || workspace_->may_change(); }

    [[nodiscard]] panels::Workspace& workspace() { return *workspace_; }
    [[nodiscard]] const panels::Workspace& workspace() const { return *workspace_; }

  private:
    Screen(gl::ShaderLibrary shaders, GLFWwindow* window);

    /// Draws a frame that is `factor` times as large as the last one.
    Result<gl::Image> draw_larger(gl::Size framebuffer, gl::Size window_size, float display_scale,
                                  int factor);
    /// Lays out a frame of `shown` pixels, without drawing it. Returns what has to be drawn.
    render::Damage lay_out(gl::Size shown, gl::Size window_size, double passed, float display_scale);
    void fit_scale(gl::Size framebuffer, float display_scale);
    /// Updates the bound framebuffer, of which the top left `shown` pixels are drawn.
    void paint(gl::Size framebuffer, gl::Size shown, render::Damage damage);
    /// Draws everything within a region of the bound framebuffer.
    void paint(gl::Size framebuffer, std::span<const gl::Region> regions);

    // In the order in which they depend on each other.
    gl::ShaderLibrary shaders_;
    std::optional<render::DrawListRenderer> renderer_;
    std::unique_ptr<panels::ImGuiFrame> imgui_;
    std::unique_ptr<panels::Workspace> workspace_;
    /// The last frame, because window systems do not keep it: the next frame draws only what differs.
    std::optional<gl::Framebuffer> canvas_;
    std::size_t shader_reloads_ = 0;  // reloads that canvas_ shows
    float scale_ = 0;
    const timeline::Theme* theme_ = nullptr;  // the theme of ImGui's present style
};

}  // namespace loopscope::screen
