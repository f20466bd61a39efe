// SPDX-License-Identifier: MIT
#include "app/platform/window.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "app/gl/functions.hpp"
#include "app/platform/display.hpp"
#include "app/platform/driver_threads.hpp"

namespace loopscope::platform {
namespace {

/// The error code and the description of GLFW's last failure.
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
    return fail(fmt::format("cannot open a window: {}; start Loopscope in a desktop session", why),
                Error::Code::unsupported);
}

/// Returns why GLFW could not begin. Debian 12's knows X11 alone, that of Debian 13 Wayland as well.
tl::unexpected<Error> no_glfw() {
    const std::string_view built = glfwGetVersionString();
    if (has_x11_display() || built.find("Wayland") != std::string_view::npos)
        return no_display(last_failure().description);
    return fail(
        fmt::format(
            "cannot open a window: there is only Wayland here, and GLFW ({}) knows X11; install Xwayland, or "
            "GLFW for Wayland, which is the package libglfw3-wayland of Debian 12",
            built),
        Error::Code::unsupported);
}

tl::unexpected<Error> no_window(const Failure& failure) {
    if (failure.code != GLFW_VERSION_UNAVAILABLE && failure.code != GLFW_API_UNAVAILABLE) {
        return no_display(failure.description);
    }
    return fail(
        fmt::format(
            "cannot open a window: the graphics driver offers no OpenGL 3.3 ({}); update the driver, or set "
            "LIBGL_ALWAYS_SOFTWARE=1 to draw without it",
            failure.description),
        Error::Code::unsupported);
}

void request_opengl_3_3_core() {
    glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_API);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);  // required by macOS for OpenGL 3.3
}

Inputs& inputs_of(GLFWwindow* window) {
    return *static_cast<Inputs*>(glfwGetWindowUserPointer(window));
}

template <typename... Ignored>
void on_any(GLFWwindow* window, Ignored... /*what*/) {
    inputs_of(window).any = true;
}

void add_input(GLFWwindow* window, Input input) {
    on_any(window);
    input.time = glfwGetTime();
    inputs_of(window).events.push_back(input);
}

void on_key(GLFWwindow* window, int key, int /*scancode*/, int action, int mods) {
    if (key == GLFW_KEY_UNKNOWN) return on_any(window);
    int modifiers = mods & (GLFW_MOD_SHIFT | GLFW_MOD_CONTROL);
    if ((mods & GLFW_MOD_SUPER) != 0) modifiers |= GLFW_MOD_CONTROL;
    add_input(window, {.kind = Input::Kind::key,
                       .code = static_cast<std::uint32_t>(key),
                       .modifiers = static_cast<std::uint8_t>(modifiers),
                       .down = action != GLFW_RELEASE,
                       .repeats = action == GLFW_REPEAT});
}

void on_character(GLFWwindow* window, unsigned character) {
    add_input(window, {.kind = Input::Kind::character, .code = character});
}

void on_button(GLFWwindow* window, int button, int action, int /*mods*/) {
    add_input(window, {.kind = Input::Kind::button,
                       .code = static_cast<std::uint32_t>(button),
                       .down = action == GLFW_PRESS});
}

void on_cursor(GLFWwindow* window, double x, double y) {
    add_input(window, {.kind = Input::Kind::cursor, .x = x, .y = y});
}

void on_wheel(GLFWwindow* window, double x, double y) {
    add_input(window, {.kind = Input::Kind::wheel, .x = x, .y = y});
}

void on_focus(GLFWwindow* window, int focused) {
    add_input(window, {.kind = Input::Kind::focus, .down = focused == GLFW_TRUE});
}

void on_drop(GLFWwindow* window, int count, const char** paths) {
    on_any(window);
    auto& dropped = inputs_of(window).dropped;
    dropped.insert(dropped.end(), paths, paths + count);
}

/// Returns the parts of the displays that panels of the desktop leave free, the main display first.
std::vector<Area> displays() {
    int count = 0;
    GLFWmonitor** const monitors = glfwGetMonitors(&count);
    std::vector<Area> areas;
    for (int each = 0; each < count; ++each) {
        Area area;
        glfwGetMonitorWorkarea(monitors[each], &area.x, &area.y, &area.width, &area.height);
        if (area.width > 0 && area.height > 0) areas.push_back(area);
    }
    return areas;
}

void install_callbacks(GLFWwindow* window) {
    glfwSetKeyCallback(window, on_key);
    glfwSetDropCallback(window, on_drop);
    glfwSetCharCallback(window, on_character);
    glfwSetMouseButtonCallback(window, on_button);
    glfwSetCursorPosCallback(window, on_cursor);
    glfwSetCursorEnterCallback(window, on_any<int>);
    glfwSetScrollCallback(window, on_wheel);
    glfwSetWindowCloseCallback(window, on_any<>);
    glfwSetWindowFocusCallback(window, on_focus);
    glfwSetWindowRefreshCallback(window, on_any<>);
    glfwSetWindowSizeCallback(window, on_any<int, int>);
    glfwSetFramebufferSizeCallback(window, on_any<int, int>);
    glfwSetWindowContentScaleCallback(window, on_any<float, float>);
}

/// Returns the monitor on which the middle of a window is, or else the first one; null: there is none.
GLFWmonitor* monitor_of(GLFWwindow* window) {
    int left = 0;
    int top = 0;
    gl::Size size;
    glfwGetWindowPos(window, &left, &top);
    glfwGetWindowSize(window, &size.width, &size.height);
    const int x = left + size.width / 2;
    const int y = top + size.height / 2;
    int count = 0;
    GLFWmonitor* const* const monitors = glfwGetMonitors(&count);
    for (int each = 0; each < count; ++each) {
        int monitor_x = 0;
        int monitor_y = 0;
        glfwGetMonitorPos(monitors[each], &monitor_x, &monitor_y);
        const GLFWvidmode* const mode = glfwGetVideoMode(monitors[each]);
        if (mode && x >= monitor_x && x < monitor_x + mode->width && y >= monitor_y &&
            y < monitor_y + mode->height)
            return monitors[each];
    }
    return glfwGetPrimaryMonitor();
}

}  // namespace

void Window::Close::operator()(GLFWwindow* window) const {
    glfwDestroyWindow(window);
    glfwTerminate();
}

// All callbacks share the window's single user pointer. ImGui's backend installs none of its own: it would
// see what has come since the last frame in no order.
Window::Window(GLFWwindow* window) : inputs_(std::make_unique<Inputs>()), window_(window) {
    if (!window) return;
    glfwSetWindowUserPointer(window, inputs_.get());
    install_callbacks(window);
}

Inputs Window::take_inputs() {
    return std::exchange(*inputs_, {});
}

Result<Window> Window::create(const WindowOptions& options) {
    if (!has_display()) return no_display("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)");
    spare_driver_threads();
#ifdef GLFW_PLATFORM_X11
    // GLFW 3.4 would try Wayland first, whose library complains on stderr where there is no session.
    if (!has_wayland_display()) glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
    if (glfwInit() != GLFW_TRUE) return no_glfw();
    request_opengl_3_3_core();
    const Placement place = place_window(options.left, displays());
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);  // until it is where it belongs
#ifdef GLFW_WAYLAND_APP_ID
    // GLFW 3.4: on Wayland the icon is that of loopscope.desktop.
    glfwWindowHintString(GLFW_WAYLAND_APP_ID, "loopscope");
#endif
    glfwWindowHint(GLFW_MAXIMIZED, options.maximized ? GLFW_TRUE : GLFW_FALSE);
    Window window(
        glfwCreateWindow(place.size.width, place.size.height, options.title.c_str(), nullptr, nullptr));
    if (!window.native()) {
        auto why = no_window(last_failure());
        glfwTerminate();  // a null Window does not terminate GLFW
        return why;
    }
    glfwMakeContextCurrent(window.native());
    LOOPSCOPE_CHECK(gl::load_functions(glfwGetProcAddress));
    glfwSwapInterval(1);
    if (place.corner) glfwSetWindowPos(window.native(), place.corner->x, place.corner->y);
    glfwShowWindow(window.native());
    return window;
}

std::optional<Placement> Window::placement() const {
    const bool as_left = glfwGetWindowMonitor(native()) == nullptr && !is_maximized() &&
                         glfwGetWindowAttrib(native(), GLFW_ICONIFIED) == GLFW_FALSE;
    if (!as_left) return std::nullopt;
    Placement place{size(), std::nullopt};
    glfwGetError(nullptr);
    Point corner;
    glfwGetWindowPos(native(), &corner.x, &corner.y);
    if (glfwGetError(nullptr) == GLFW_NO_ERROR) place.corner = corner;  // Wayland does not tell
    return place;
}

bool Window::is_maximized() const {
    return glfwGetWindowAttrib(native(), GLFW_MAXIMIZED) == GLFW_TRUE;
}

void Window::set_title(const std::string& title) {
    glfwSetWindowTitle(native(), title.c_str());
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

// On some systems, screen coordinates are pixels; on others, they are the pixels of an ordinary screen.
void Window::set_limits(gl::Size min_size, gl::Size max_size) {
    const auto pixels = static_cast<float>(std::max(framebuffer_size().width, 1));
    const float coordinates = static_cast<float>(std::max(size().width, 1)) / pixels;
    const auto at_least = [&](int side) {
        return static_cast<int>(static_cast<float>(side) * content_scale() * coordinates);
    };
    const auto at_most = [&](int side) { return static_cast<int>(static_cast<float>(side) * coordinates); };
    const int width = at_most(max_size.width);
    const int height = at_most(max_size.height);
    glfwSetWindowSizeLimits(native(), std::min(at_least(min_size.width), width),
                            std::min(at_least(min_size.height), height), width, height);
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

void Window::stay_open() {
    glfwSetWindowShouldClose(native(), GLFW_FALSE);
}

void Window::swap() {
    glfwSwapBuffers(native());
}

void Window::poll_events() {
    glfwPollEvents();
}

bool Window::wait_events(std::chrono::duration<double> timeout) {
    assert(timeout.count() > 0);
    const auto before = std::chrono::steady_clock::now();
    glfwWaitEventsTimeout(timeout.count());
    return std::chrono::steady_clock::now() - before < timeout;
}

void Window::toggle_fullscreen() {
    if (const auto place = std::exchange(before_fullscreen_, std::nullopt)) {
        return glfwSetWindowMonitor(native(), nullptr, place->x, place->y, place->size.width,
                                    place->size.height, GLFW_DONT_CARE);
    }
    GLFWmonitor* const monitor = monitor_of(native());
    const GLFWvidmode* const mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
    if (!mode) return;
    Place place;
    glfwGetWindowPos(native(), &place.x, &place.y);
    place.size = size();
    before_fullscreen_ = place;
    // The mode that the monitor has already, so that nothing flickers.
    glfwSetWindowMonitor(native(), monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void Window::set_icon(std::vector<gl::Image> sizes) {
    std::vector<GLFWimage> images;
    images.reserve(sizes.size());
    // GLFW takes writable pixels, and copies them.
    for (gl::Image& each : sizes) images.push_back({each.width, each.height, each.rgba.data()});
    glfwSetWindowIcon(native(), static_cast<int>(images.size()), images.data());
}

}  // namespace loopscope::platform
