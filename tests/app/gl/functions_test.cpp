#include "app/gl/functions.hpp"

#include <string_view>

#include <glad/gl.h>
#include <gtest/gtest.h>

namespace loopscope::gl {
namespace {

const GLubyte* strings_of_an_old_driver(GLenum what) {
    const char* text = what == GL_VERSION ? "2.1 Old" : what == GL_RENDERER ? "Voodoo" : "";
    return reinterpret_cast<const GLubyte*>(text);
}

void (*old_driver(const char* name))() {
    if (std::string_view(name) != "glGetString") return nullptr;
    return reinterpret_cast<void (*)()>(&strings_of_an_old_driver);
}

void (*no_driver(const char*))() {
    return nullptr;
}

TEST(Functions, of_an_old_driver_are_refused_by_its_name_and_version) {
    const auto loaded = load_functions(old_driver);
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("needs OpenGL 3.3 but the graphics driver (Voodoo) offers 2.1"),
              std::string::npos)
        << loaded.error().message;
}

TEST(Functions, that_are_missing_say_that_a_driver_is_to_be_installed) {
    const auto loaded = load_functions(no_driver);
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("install or update the driver"), std::string::npos);
}

}  // namespace
}  // namespace loopscope::gl
