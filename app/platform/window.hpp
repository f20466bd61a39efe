#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/gl/image.hpp"
#include "app/gl/size.hpp"
#include "core/base/result.hpp"

struct GLFWwindow;

namespace loopscope::platform {

struct WindowOptions {
    std::string title;
    int width = 1280;  ///< In screen coordinates: multiplied by the content scale where those are pixels.
    int height = 800;
};

/// A key that was pressed, or that repeats.
struct KeyPress {
    int key = 0;                 ///< GLFW's: names a position on the keyboard
    std::uint8_t modifiers = 0;  ///< GLFW_MOD_SHIFT and GLFW_MOD_CONTROL, which the Super key counts as, too
};

/// What the user did to a window, besides what ImGui takes.
struct Inputs {
    std::vector<KeyPress> keys;
    std::vector<std::string> dropped;  ///< paths of files
    bool any = false;  ///< whether there was anything, of what ImGui takes, too, or of the window's own
};

/// The program's window and its OpenGL 3.3 core context, which is current on the thread that made it. One at
/// a time, on the main thread (GLFW's rule).
class Window {
  public:
    /// Fails if there is no display, or its graphics driver offers no OpenGL 3.3.
    static Result<Window> create(const WindowOptions& options);

    /// In pixels: what is drawn into. Zero while the window is minimised.
    gl::Size framebuffer_size() const;
    /// In screen coordinates: what the mouse position is given in.
    gl::Size size() const;
    /// How much larger than on an ordinary screen text has to be to look the same: 1, 1.5, 2 …
    float content_scale() const;

    /// Whether the user, or request_close(), asked for the end.
    bool should_close() const;
    void request_close();

    /// Shows what was drawn.
    void swap();
    /// Handles the events that are there.
    void poll_events();
    /// Handles the events that are there, after waiting for the first of them until `timeout` (more than 0).
    /// Returns whether one came in that time. A machine that is busy may be late, and then only take_inputs()
    /// knows.
    bool wait_events(std::chrono::duration<double> timeout);

    /// Keeps the user from making it smaller than `smallest`, in pixels of an ordinary screen, or larger than
    /// `largest`, in pixels of the framebuffer. Not every window manager obeys.
    void set_limits(gl::Size smallest, gl::Size largest);

    /// What has come in since the last call.
    Inputs take_inputs();

    /// The picture that task bars show. Systems where that belongs to the program's file (macOS, Wayland)
    /// ignore it.
    void set_icon(const gl::Image& icon);

    /// For Dear ImGui's backend.
    GLFWwindow* native() const { return window_.get(); }

  private:
    /// Ends GLFW too, which serves this window only.
    struct Close {
        void operator()(GLFWwindow* window) const;
    };

    explicit Window(GLFWwindow* window);

    std::unique_ptr<Inputs> inputs_;  // GLFW knows where they are
    std::unique_ptr<GLFWwindow, Close> window_;
};

}  // namespace loopscope::platform
