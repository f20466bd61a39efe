#include "app/fonts/file.hpp"

#include <gtest/gtest.h>

namespace loopscope::fonts {
namespace {

TEST(FontFileTest, the_fonts_are_whole) {
    for (const auto* name : {"JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf"}) {
        EXPECT_TRUE(file(name).starts_with(std::string_view("\0\1\0\0", 4))) << name;
        EXPECT_GT(file(name).size(), 100000U) << name;
    }
    for (const auto* name : {"Inter-Regular.otf", "Inter-SemiBold.otf"}) {
        EXPECT_TRUE(file(name).starts_with("OTTO")) << name;
        EXPECT_GT(file(name).size(), 100000U) << name;
    }
}

TEST(FontFileTest, a_font_of_another_name_is_empty) {
    EXPECT_TRUE(file("Comic Sans").empty());
}

}  // namespace
}  // namespace loopscope::fonts
