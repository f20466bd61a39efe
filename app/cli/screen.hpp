#pragma once

#include <functional>
#include <memory>

#include "app/gl/framebuffer.hpp"
#include "app/gl/shader_library.hpp"
#include "app/panels/imgui_frame.hpp"
#include "app/panels/workspace.hpp"
#include "app/platform/window.hpp"

namespace loopscope::cli {

/// What a command does with the workspace before it is first shown, such as to open a lesson.
using Begin = std::function<void(panels::Workspace&)>;

/// A workspace with all that draws it: what the window shows and what pictures are taken of.
class Screen {
  public:
    /// An OpenGL context is current. `window` null: off-screen.
    static Result<std::unique_ptr<Screen>> create(session::Session session, GLFWwindow* window);

    /// Lays out and draws one frame into the bound framebuffer: at its top left as much as OpenGL can draw,
    /// where it is larger than that. `window_size` is in screen coordinates; `display_scale` is the
    /// display's.
    void draw(gl::Size framebuffer, gl::Size window_size, double passed, float display_scale);

    /// Of a frame only that is drawn which differs from the one before; of the next one, all.
    void invalidate() { canvas_.reset(); }

    /// Hands what the user did to the workspace.
    void take(const platform::Inputs& inputs);

    /// Whether what is drawn may change while nobody does anything: a shader or a lesson that is being
    /// edited.
    [[nodiscard]] bool may_change() const { return shaders_.reads_folder() || workspace_->may_change(); }

    [[nodiscard]] panels::Workspace& workspace() { return *workspace_; }

  private:
    Screen(gl::ShaderLibrary shaders, GLFWwindow* window);

    void fit_scale(gl::Size framebuffer, float display_scale);
    /// Brings the bound framebuffer up to date, of whose size `shown` is drawn.
    void paint(gl::Size framebuffer, gl::Size shown, render::Damage damage);
    /// Draws a region of the bound framebuffer, with all that is in it.
    void paint(gl::Size framebuffer, const gl::Region& region);

    // In the order in which they need each other.
    gl::ShaderLibrary shaders_;
    std::optional<render::DrawListRenderer> renderer_;
    std::unique_ptr<panels::ImGuiFrame> imgui_;
    std::unique_ptr<panels::Workspace> workspace_;
    /// What was drawn last, as window systems do not keep it: of the next frame only what differs is drawn.
    std::optional<gl::Framebuffer> canvas_;
    std::size_t shader_reloads_ = 0;  // that canvas_ has seen
    float scale_ = 0;
    const timeline::Theme* theme_ = nullptr;  // that ImGui's style is made for
};

}  // namespace loopscope::cli
