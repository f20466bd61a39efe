#include "app/platform/window.hpp"

#include <cstdlib>
#include <string_view>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

namespace loopscope::platform {
namespace {

TEST(Window, without_a_display_says_where_to_start_the_program) {
    ::unsetenv("DISPLAY");
    ::unsetenv("WAYLAND_DISPLAY");
    const auto window = Window::create({.title = "Loopscope"});
    ASSERT_FALSE(window);
    EXPECT_EQ(window.error().message,
              "cannot open a window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); start "
              "Loopscope "
              "in a desktop session");
}

TEST(Window, on_a_display_that_does_not_answer_fails_in_words) {
    ::setenv("DISPLAY", ":4242", 1);
    const auto window = Window::create({.title = "Loopscope"});
    ASSERT_FALSE(window);
    EXPECT_NE(window.error().message.find(":4242"), std::string::npos) << window.error().message;
    ::unsetenv("DISPLAY");
}

TEST(Window, on_wayland_alone_says_what_glfw_lacks_if_it_lacks_wayland) {
    ::unsetenv("DISPLAY");
    ::setenv("WAYLAND_DISPLAY", "wayland-4242", 1);
    const auto window = Window::create({.title = "Loopscope"});
    ::unsetenv("WAYLAND_DISPLAY");
    ASSERT_FALSE(window);
    const std::string& why = window.error().message;
    const std::string_view glfw = glfwGetVersionString();
    const bool knows_wayland = glfw.find("Wayland") != std::string_view::npos;
    EXPECT_EQ(why.find("libglfw3-wayland") == std::string::npos, knows_wayland) << why;
    EXPECT_EQ(why.find("install Xwayland") == std::string::npos, knows_wayland) << why;
}

}  // namespace
}  // namespace loopscope::platform
