// SPDX-License-Identifier: MIT
#include "app/platform/offscreen_context.hpp"

#define EGL_NO_X11
#include <array>
#include <string_view>
#include <utility>

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "app/gl/functions.hpp"
#include "app/platform/driver_threads.hpp"

namespace loopscope::platform {
namespace {

// By default EGL offers only configurations for windows, and there are none without a display.
// clang-format off
constexpr std::array config_attributes{
    EGL_SURFACE_TYPE, EGL_PBUFFER_BIT,
    EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
    EGL_RED_SIZE, 8,
    EGL_GREEN_SIZE, 8,
    EGL_BLUE_SIZE, 8,
    EGL_ALPHA_SIZE, 8,
    EGL_NONE};
constexpr std::array surface_attributes{EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
constexpr std::array context_attributes{
    EGL_CONTEXT_MAJOR_VERSION, 3,
    EGL_CONTEXT_MINOR_VERSION, 3,
    EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
    EGL_NONE};
// clang-format on

/// Returns Mesa's display that needs no screen
/// (https://registry.khronos.org/EGL/extensions/MESA/EGL_MESA_platform_surfaceless.txt).
EGLDisplay surfaceless_display() {
    const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
    const std::string_view offered = extensions ? extensions : "";
    if (offered.find("EGL_MESA_platform_surfaceless") == std::string_view::npos) return EGL_NO_DISPLAY;
    const auto get_display =
        reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
    return get_display ? get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr)
                       : EGL_NO_DISPLAY;
}

}  // namespace

Result<OffscreenContext> OffscreenContext::create() {
    spare_driver_threads();
    const auto surfaceless = surfaceless_display();
    auto context = create_on(surfaceless);
    if (context) return context;
    auto fallback = create_on(eglGetDisplay(EGL_DEFAULT_DISPLAY));
    // If the surfaceless display exists, its error is the one that the user can do something about.
    return !fallback && surfaceless != EGL_NO_DISPLAY ? std::move(context) : std::move(fallback);
}

Result<OffscreenContext> OffscreenContext::create_on(void* display) {
    if (display == EGL_NO_DISPLAY || !eglInitialize(display, nullptr, nullptr)) {
        return fail(
            "cannot draw off screen: there is no graphics driver for EGL; install one (Debian: "
            "libgl1-mesa-dri)",
            Error::Code::unsupported);
    }
    OffscreenContext result(display);
    eglBindAPI(EGL_OPENGL_API);
    EGLConfig config = nullptr;
    EGLint count = 0;
    eglChooseConfig(display, config_attributes.data(), &config, 1, &count);
    if (count > 0) {
        result.surface_ = eglCreatePbufferSurface(display, config, surface_attributes.data());
        result.context_ = eglCreateContext(display, config, EGL_NO_CONTEXT, context_attributes.data());
    }
    if (!eglMakeCurrent(display, result.surface_, result.surface_, result.context_) || !result.context_) {
        return fail(
            "cannot draw off screen: the graphics driver offers no OpenGL 3.3; update the driver, or set "
            "LIBGL_ALWAYS_SOFTWARE=1 to draw without it",
            Error::Code::unsupported);
    }
    LOOPSCOPE_CHECK(gl::load_functions(eglGetProcAddress));
    return result;
}

OffscreenContext::OffscreenContext(OffscreenContext&& other) noexcept
    : display_(other.display_),
      surface_(std::exchange(other.surface_, nullptr)),
      context_(std::exchange(other.context_, nullptr)) {}

OffscreenContext& OffscreenContext::operator=(OffscreenContext&& other) noexcept {
    std::swap(display_, other.display_);
    std::swap(surface_, other.surface_);
    std::swap(context_, other.context_);
    return *this;
}

OffscreenContext::~OffscreenContext() {
    // The display stays initialized: EGL has one for the whole process and does not count its users.
    if (context_ && eglGetCurrentContext() == context_) {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    }
    if (context_) eglDestroyContext(display_, context_);
    if (surface_) eglDestroySurface(display_, surface_);
}

void OffscreenContext::make_current() const {
    eglMakeCurrent(display_, surface_, surface_, context_);
}

}  // namespace loopscope::platform
