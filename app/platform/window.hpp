// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gl/image.hpp"
#include "app/gl/size.hpp"
#include "app/platform/placing.hpp"
#include "core/base/result.hpp"

struct GLFWwindow;

namespace loopscope::platform {

/// What a window is like when it opens.
struct WindowOptions {
    std::string title;
    std::optional<Placement> left =
        {};  ///< how it was left the last time; none: it opens by the display's size
    bool maximized = false;
};

/// Something that the user does with the keyboard or the mouse, or a change of the window's focus.
struct Input {
    enum class Kind : std::uint8_t { key, character, button, cursor, wheel, focus };

    Kind kind = Kind::key;
    /// GLFW's key, which names a position on the keyboard; the character typed, as a code point; GLFW's
    /// button of the mouse.
    std::uint32_t code = 0;
    std::uint8_t modifiers = 0;  ///< GLFW_MOD_SHIFT and GLFW_MOD_CONTROL; the Super key counts as Control
    bool down = false;           ///< whether a key or a button goes down, or the window gets the focus
    bool repeats = false;        ///< whether a key is held, and this is its repetition
    double x = 0;                ///< of the mouse in screen coordinates; turns of the wheel
    double y = 0;
    double time = 0;  ///< when it was received, in seconds from some point
};

/// The input of a window, in the order in which it came.
struct Inputs {
    std::vector<Input> events;
    std::vector<std::string> dropped;  ///< paths of dropped files
    bool any = false;                  ///< whether there was any event, including those of the window
};

/// The program's window and its OpenGL 3.3 core context, which is current on the thread that made it.
/// REQUIRES: at most one exists at a time, and it is used on the main thread only (GLFW's rule).
class Window {
  public:
    /// Opens a window. Fails if there is no display or its graphics driver does not offer OpenGL 3.3.
    static Result<Window> create(const WindowOptions& options);

    /// Returns the size of the framebuffer, in pixels; zero while the window is minimised.
    gl::Size framebuffer_size() const;
    /// Returns the size of the window in screen coordinates, the unit of the mouse position.
    gl::Size size() const;
    /// Returns the factor by which text has to be larger than on an ordinary screen to look the same: 1, 1.5,
    /// 2 …
    float content_scale() const;

    /// Returns whether the user, or request_close(), asked to close the window.
    bool should_close() const;
    /// Asks to close the window.
    void request_close();
    /// Takes back that the window was asked to close.
    void stay_open();

    /// Returns the size and place of the window; nothing while it is minimised, maximised or fills a screen.
    [[nodiscard]] std::optional<Placement> placement() const;
    [[nodiscard]] bool is_maximized() const;
    void set_title(const std::string& title);

    /// Shows what was drawn.
    void swap();
    /// Handles the pending events.
    void poll_events();
    /// Waits for an event for at most `timeout` and handles the pending events. Returns whether one came in
    /// that time; on a busy machine this may be wrong, and only take_inputs() is reliable. REQUIRES:
    /// `timeout` is greater than 0.
    bool wait_events(std::chrono::duration<double> timeout);

    /// Keeps the user from making the window smaller than `smallest`, in pixels of an ordinary screen, or
    /// larger than `largest`, in pixels of the framebuffer. Some window managers ignore this.
    void set_limits(gl::Size min_size, gl::Size max_size);

    /// Returns the input since the last call.
    Inputs take_inputs();

    /// Fills the whole screen, or goes back to where the window was before.
    void toggle_fullscreen();

    /// Sets the icon in task bars, of which the system takes the size that fits best. Systems on which the
    /// icon belongs to the program's file (macOS, Wayland) ignore it.
    void set_icon(std::vector<gl::Image> sizes);

    /// Returns GLFW's window, for Dear ImGui's backend.
    GLFWwindow* native() const { return window_.get(); }

  private:
    /// Destroys the window, and terminates GLFW, which serves this window only.
    struct Close {
        void operator()(GLFWwindow* window) const;
    };

    explicit Window(GLFWwindow* window);

    /// Where the window stands on the desktop while it fills the screen, in screen coordinates.
    struct Place {
        int x = 0;
        int y = 0;
        gl::Size size;
    };
    std::optional<Place> before_fullscreen_;
    std::unique_ptr<Inputs> inputs_;  // at a stable address, which GLFW holds
    std::unique_ptr<GLFWwindow, Close> window_;
};

}  // namespace loopscope::platform
