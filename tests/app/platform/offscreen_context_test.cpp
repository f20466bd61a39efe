#include "app/platform/offscreen_context.hpp"

#include <cstdlib>
#include <utility>

#include <glad/gl.h>
#include <gtest/gtest.h>

#include "app/gl/buffer.hpp"

namespace loopscope::platform {
namespace {

int profile() {
    GLint mask = 0;
    glGetIntegerv(GL_CONTEXT_PROFILE_MASK, &mask);
    return mask;
}

TEST(OffscreenContext, is_opengl_3_3_core_without_a_display) {
    ::unsetenv("DISPLAY");
    ::unsetenv("WAYLAND_DISPLAY");
    const auto context = OffscreenContext::create();
    ASSERT_TRUE(context) << context.error().message;
    EXPECT_EQ(profile(), GL_CONTEXT_CORE_PROFILE_BIT);
    GLint major = 0;
    GLint minor = 0;
    glGetIntegerv(GL_MAJOR_VERSION, &major);
    glGetIntegerv(GL_MINOR_VERSION, &minor);
    EXPECT_GE(10 * major + minor, 33);
}

TEST(OffscreenContext, lives_on_when_another_one_ends) {
    auto first = OffscreenContext::create();
    ASSERT_TRUE(first) << first.error().message;
    {
        const auto second = OffscreenContext::create();
        ASSERT_TRUE(second) << second.error().message;
    }
    first->make_current();
    const OffscreenContext moved = std::move(*first);
    EXPECT_EQ(profile(), GL_CONTEXT_CORE_PROFILE_BIT);
    const gl::Buffer buffer;
    EXPECT_NE(buffer.name(), 0U);
}

}  // namespace
}  // namespace loopscope::platform
