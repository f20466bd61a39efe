#include "app/render/font_set.hpp"

#include <cstddef>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/unreadable.hpp"

namespace loopscope::render {
namespace {

using timeline::Face;

class FontSetTest : public testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(created) << created.error().message; }

    std::vector<char32_t> characters(std::string_view text) const {
        std::vector<char32_t> result;
        for (const auto& placed : fonts.place(text, Face::mono, 10, 1000).characters)
            result.push_back(placed.character);
        return result;
    }

    Result<std::unique_ptr<FontSet>> created = FontSet::create();
    const FontSet& fonts = **created;
};

TEST_F(FontSetTest, all_characters_of_mono_are_equally_wide) {
    EXPECT_FLOAT_EQ(fonts.width("iiii", Face::mono, 13), fonts.width("WWWW", Face::mono, 13));
    EXPECT_FLOAT_EQ(fonts.width("iiii", Face::mono, 13), fonts.width("iiii", Face::mono_bold, 13));
    EXPECT_FLOAT_EQ(fonts.width("i", Face::mono, 20), 12);  // JetBrains Mono: 0.6 em
    EXPECT_LT(fonts.width("iiii", Face::sans, 13), fonts.width("WWWW", Face::sans, 13));
}

TEST_F(FontSetTest, a_text_is_as_wide_as_its_places_say) {
    for (const Face face : {Face::mono, Face::mono_bold, Face::sans, Face::sans_bold}) {
        const auto placed = fonts.place("Avatar!", face, 17, 1000).characters;
        ASSERT_EQ(placed.size(), 7U);
        EXPECT_EQ(placed.front().offset, 0);
        EXPECT_EQ(placed.back().character, U'!');
        EXPECT_FLOAT_EQ(placed.back().offset + fonts.width("!", face, 17), fonts.width("Avatar!", face, 17));
    }
    EXPECT_EQ(fonts.width("", Face::sans, 17), 0);
    EXPECT_TRUE(fonts.place("", Face::sans, 17, 100).characters.empty());
}

TEST_F(FontSetTest, a_text_is_laid_out_up_to_a_width) {
    const auto line = fonts.place("iiii", Face::mono, 20, 30);  // 12 pixels each
    EXPECT_EQ(line.characters.size(), 2U);
    EXPECT_FLOAT_EQ(line.width, 24);
    EXPECT_FALSE(line.whole);
    EXPECT_TRUE(fonts.place("ii", Face::mono, 20, 24).whole);
    EXPECT_FALSE(fonts.place("i", Face::mono, 20, -1).whole);
}

TEST_F(FontSetTest, of_a_text_no_more_is_looked_at_than_could_fit) {
    using namespace std::string_view_literals;
    for (const std::string_view fill : {"n"sv, "\xcc\x81"sv, "\x80"sv, "\0"sv}) {
        const UnreadableText text(fill, std::size_t{1} << 17);
        EXPECT_LE(fonts.place(text.view(), Face::sans, 20, 300).characters.size(), 1264U);
        EXPECT_FALSE(fonts.place(text.view(), Face::sans, 20, 300).whole);
        EXPECT_LT(fonts.width(text.view(), Face::sans, 20), FontSet::max_width + 100);
    }
}

TEST_F(FontSetTest, sans_is_kerned) {
    EXPECT_LT(fonts.width("AV", Face::sans, 100),
              fonts.width("A", Face::sans, 100) + fonts.width("V", Face::sans, 100) - 1);
}

TEST_F(FontSetTest, sizes_are_rounded_to_quarters_of_a_pixel) {
    EXPECT_EQ(fonts.width("abc", Face::sans, 13.1F), fonts.width("abc", Face::sans, 13));
    EXPECT_NE(fonts.width("abc", Face::sans, 13.2F), fonts.width("abc", Face::sans, 13));
    EXPECT_EQ(FontSet::drawn_size(13.2F), 13.25F);
    EXPECT_EQ(FontSet::drawn_size(0), 0.25F);
    EXPECT_EQ(FontSet::drawn_size(10000), 512);
}

TEST_F(FontSetTest, the_cap_height_is_that_of_a_capital_letter) {
    for (const Face face : {Face::mono, Face::mono_bold, Face::sans, Face::sans_bold}) {
        EXPECT_NEAR(fonts.cap_height(face, 100), static_cast<float>(-fonts.ink('H', face, 100, 0).top), 1);
        EXPECT_GT(fonts.cap_height(face, 100), 65);
        EXPECT_LT(fonts.cap_height(face, 100), 80);
    }
}

TEST_F(FontSetTest, utf_8_is_understood_and_what_is_none_is_replaced) {
    using testing::ElementsAre;
    EXPECT_THAT(characters("a→é😀"), ElementsAre(U'a', U'→', U'é', U'😀'));
    EXPECT_THAT(characters("a\xFF"
                           "b"),
                ElementsAre(U'a', char32_t{0xFFFD}, U'b'));
    EXPECT_THAT(characters("\xC3"), ElementsAre(char32_t{0xFFFD}));
    EXPECT_THAT(characters("\xE2\x86x"), ElementsAre(char32_t{0xFFFD}, char32_t{0xFFFD}, U'x'));
}

TEST_F(FontSetTest, a_character_that_sans_lacks_is_borrowed_from_mono) {
    constexpr auto block = "\u2588";  // FULL BLOCK
    EXPECT_FLOAT_EQ(fonts.width(block, Face::sans, 20), fonts.width(block, Face::mono, 20));
    EXPECT_GT(fonts.ink(U'\u2588', Face::sans_bold, 20, 0).height, 10);
}

TEST_F(FontSetTest, a_character_that_no_face_has_is_a_box) {
    const Ink ink = fonts.ink(U'中', Face::sans, 20, 0);
    EXPECT_GT(ink.width, 5);
    EXPECT_GT(ink.height, 10);
}

TEST_F(FontSetTest, a_glyph_is_drawn_into_its_box_only) {
    const Ink ink = fonts.ink('g', Face::sans, 20, 0.5F);
    const auto width = static_cast<std::size_t>(ink.width);
    const auto height = static_cast<std::size_t>(ink.height);
    std::vector<std::uint8_t> pixels((width + 1) * height, 7);
    fonts.rasterize('g', Face::sans, 20, 0.5F, ink, pixels, width + 1);
    int covered = 0;
    for (std::size_t row = 0; row < height; ++row) {
        EXPECT_EQ(pixels[row * (width + 1) + width], 7);
        for (std::size_t column = 0; column < width; ++column)
            covered += pixels[row * (width + 1) + column] > 200 ? 1 : 0;
    }
    EXPECT_GT(covered, 20);
}

}  // namespace
}  // namespace loopscope::render
