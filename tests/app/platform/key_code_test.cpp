// SPDX-License-Identifier: MIT
#include "app/platform/key_code.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

namespace loopscope::platform {
namespace {

TEST(KeyCode, names_places_on_the_keyboard_as_glfw_does) {
    EXPECT_EQ(key_of_code("KeyA"), GLFW_KEY_A);
    EXPECT_EQ(key_of_code("KeyZ"), GLFW_KEY_Z);
    EXPECT_EQ(key_of_code("Digit0"), GLFW_KEY_0);
    EXPECT_EQ(key_of_code("Numpad7"), GLFW_KEY_KP_7);
    EXPECT_EQ(key_of_code("F1"), GLFW_KEY_F1);
    EXPECT_EQ(key_of_code("F12"), GLFW_KEY_F12);
    EXPECT_EQ(key_of_code("ArrowLeft"), GLFW_KEY_LEFT);
    EXPECT_EQ(key_of_code("Slash"), GLFW_KEY_SLASH);
    EXPECT_EQ(key_of_code("ControlRight"), GLFW_KEY_RIGHT_CONTROL);
}

TEST(KeyCode, is_0_for_what_glfw_does_not_know) {
    for (const char* code : {"", "Key", "KeyAA", "Keya", "Digit10", "F0", "F99", "Fn", "Lang1"})
        EXPECT_EQ(key_of_code(code), 0) << code;
}

}  // namespace
}  // namespace loopscope::platform
