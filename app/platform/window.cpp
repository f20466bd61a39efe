#include "app/platform/window.hpp"

#include <cassert>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "app/gl/functions.hpp"
#include "app/platform/display.hpp"

namespace loopscope::platform {
namespace {

/// Why GLFW's last call failed.
struct Failure {
    int code = 0;
    std::string description;
};

Failure last_failure() {
    const char* description = nullptr;
    const int code = glfwGetError(&description);
    return {code, description ? description : "GLFW does not say why"};
}

tl::unexpected<Error> no_display(std::string_view why) {
    return fail(fmt::format("cannot open a window: {}; start Loopscope in a desktop session", why));
}

tl::unexpected<Error> no_window(const Failure& failure) {
    if (failure.code != GLFW_VERSION_UNAVAILABLE && failure.code != GLFW_API_UNAVAILABLE) {
        return no_display(failure.description);
    }
    return fail(fmt::format(
        "cannot open a window: the graphics driver offers no OpenGL 3.3 ({}); update the driver, or set "
        "LIBGL_ALWAYS_SOFTWARE=1 to draw without it",
        failure.description));
}

void request_opengl_3_3_core() {
    glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_API);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);  // macOS gives 3.3 on no other terms
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
}

}  // namespace

void Window::Close::operator()(GLFWwindow* window) const {
    glfwDestroyWindow(window);
    glfwTerminate();
}

Window::Window(GLFWwindow* window) : dropped_(std::make_unique<std::vector<std::string>>()), window_(window) {
    if (!window) return;
    glfwSetWindowUserPointer(window, dropped_.get());
    glfwSetDropCallback(window, [](GLFWwindow* on, int count, const char** paths) {
        auto& dropped = *static_cast<std::vector<std::string>*>(glfwGetWindowUserPointer(on));
        dropped.insert(dropped.end(), paths, paths + count);
    });
}

std::vector<std::string> Window::take_dropped() {
    return std::exchange(*dropped_, {});
}

Result<Window> Window::create(const WindowOptions& options) {
    if (!has_display()) return no_display("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)");
    if (glfwInit() != GLFW_TRUE) return no_display(last_failure().description);
    request_opengl_3_3_core();
    Window window(glfwCreateWindow(options.width, options.height, options.title.c_str(), nullptr, nullptr));
    if (!window.native()) {
        auto why = no_window(last_failure());
        glfwTerminate();  // a Window that is null closes nothing
        return why;
    }
    glfwMakeContextCurrent(window.native());
    if (auto loaded = gl::load_functions(glfwGetProcAddress); !loaded) return tl::unexpected(loaded.error());
    glfwSwapInterval(1);
    return window;
}

gl::Size Window::framebuffer_size() const {
    gl::Size size;
    glfwGetFramebufferSize(native(), &size.width, &size.height);
    return size;
}

gl::Size Window::size() const {
    gl::Size size;
    glfwGetWindowSize(native(), &size.width, &size.height);
    return size;
}

float Window::content_scale() const {
    float horizontal = 1;
    float vertical = 1;
    glfwGetWindowContentScale(native(), &horizontal, &vertical);
    return horizontal;
}

bool Window::should_close() const {
    return glfwWindowShouldClose(native()) == GLFW_TRUE;
}

void Window::request_close() {
    glfwSetWindowShouldClose(native(), GLFW_TRUE);
}

void Window::swap() {
    glfwSwapBuffers(native());
}

void Window::poll_events() {
    glfwPollEvents();
}

void Window::wait_events(std::chrono::duration<double> timeout) {
    assert(timeout.count() > 0);
    glfwWaitEventsTimeout(timeout.count());
}

void Window::set_icon(const gl::Image& icon) {
    auto pixels = icon.rgba;  // GLFW wants them writable, and copies them
    const GLFWimage image{icon.width, icon.height, pixels.data()};
    glfwSetWindowIcon(native(), 1, &image);
}

}  // namespace loopscope::platform
