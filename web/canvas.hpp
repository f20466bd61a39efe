// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>

#include "app/gl/size.hpp"
#include "app/platform/touch.hpp"
#include "app/platform/window.hpp"
#include "core/base/result.hpp"

namespace loopscope::web {

/// The canvas of the page, in the place of a desktop's window: WebGL 2, and the input that comes to it while
/// it has the focus. Keys that are the browser's are left to it.
class Canvas {
  public:
    /// Takes over the element with the id `canvas`. `woken` is called whenever something has come. Fails if
    /// the browser offers no WebGL 2.
    static Result<std::unique_ptr<Canvas>> create(std::function<void()> woken);
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Gives the canvas as many pixels as it has on the screen. Returns whether that has changed.
    bool fit();
    /// Returns the size of the framebuffer, in pixels, which are the unit of the mouse position as well.
    [[nodiscard]] gl::Size framebuffer_size() const { return framebuffer_; }
    /// Returns how many pixels of the screen a pixel of an ordinary one is; less on a narrow screen, so that
    /// the panels have the room that they need.
    [[nodiscard]] float content_scale() const;

    /// Returns the input since the last call.
    [[nodiscard]] platform::Inputs take_inputs();
    /// Adds typed or pasted text.
    void type(std::string_view text);

  private:
    explicit Canvas(std::function<void()> woken) : woken_(std::move(woken)) {}

    void listen();
    void add(platform::Input input);
    /// Has all keys that are down go up: the browser does not tell of those that do while another window has
    /// the focus.
    void release_keys();

    friend struct Listeners;

    std::function<void()> woken_;
    gl::Size framebuffer_;
    gl::Size css_size_;  // in pixels of an ordinary screen, the unit of the browser's events
    double ratio_ = 1;   // pixels of the framebuffer in one of those
    platform::Inputs inputs_;
    platform::Touch touch_;
    std::vector<int> down_;  // the keys that are down
};

}  // namespace loopscope::web
