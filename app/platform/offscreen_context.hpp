// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.hpp"

namespace loopscope::platform {

/// An OpenGL 3.3 core context without a window or a display, for pictures from the command line and for
/// tests. It can draw into a gl::Framebuffer only. It is current on the thread that made it, and must outlive
/// all OpenGL objects that were made in it.
class OffscreenContext {
  public:
    /// Makes a context, without an X server or a graphics card. Fails if no graphics driver is installed or
    /// it does not offer OpenGL 3.3.
    static Result<OffscreenContext> create();

    OffscreenContext(OffscreenContext&& other) noexcept;
    OffscreenContext& operator=(OffscreenContext&& other) noexcept;
    ~OffscreenContext();

    /// Makes the context the one of this thread's OpenGL calls.
    void make_current() const;

  private:
    explicit OffscreenContext(void* display) : display_(display) {}

    static Result<OffscreenContext> create_on(void* display);

    void* display_ = nullptr;  // EGLDisplay, EGLSurface, EGLContext: EGL's header defines X11's macros
    void* surface_ = nullptr;
    void* context_ = nullptr;
};

}  // namespace loopscope::platform
