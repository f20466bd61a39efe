#include "app/platform/window.hpp"

#include <cstdlib>

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

}  // namespace
}  // namespace loopscope::platform
