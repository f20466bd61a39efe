#include "app/render/glyph_pass.hpp"

#include <cmath>

#include "tests/app/render/drawing.hpp"

namespace loopscope::render {
namespace {

using timeline::Face;
using GlyphPassTest = Drawing;

TEST_F(GlyphPassTest, a_capital_stands_on_its_baseline_and_is_as_high_as_metrics_say) {
    layer().glyphs = {
        {.x = 20, .y = 28, .size = 28, .character = 'H', .face = Face::mono_bold, .color = white}};
    draw();
    const Ink ink = inked();
    const auto height = static_cast<int>(std::ceil(renderer().metrics().cap_height(Face::mono_bold, 28)));
    EXPECT_EQ(ink.top + ink.height, 28);
    EXPECT_EQ(ink.height, height);
    EXPECT_GE(ink.left, 20);
    EXPECT_LE(ink.left + ink.width,
              20 + static_cast<int>(renderer().metrics().width("H", Face::mono_bold, 28)) + 1);
    EXPECT_EQ(at(ink.left + 2, 20), white);  // its stem
}

TEST_F(GlyphPassTest, letters_follow_each_other_as_metrics_say) {
    for (const auto& [character, offset] : renderer().metrics().place("||", Face::mono, 20, 100).characters) {
        layer().glyphs.push_back({10 + offset, 20, 20, character, Face::mono, white});
    }
    draw();
    int bars = 0;
    for (int x = 0; x < size.width; ++x) {
        if (at(x, 12) != black && at(x - 1, 12) == black) ++bars;
    }
    EXPECT_EQ(bars, 2);
    EXPECT_EQ(at(16, 12), at(28, 12));  // 12 is the advance
}

TEST_F(GlyphPassTest, ink_has_the_glyphs_color_over_what_is_below) {
    layer().quads = {{.rect = {0, 0, 64, 32}, .fill = blue, .edge = {}}};
    layer().glyphs = {
        {.x = 20, .y = 28, .size = 40, .character = 0x2588, .face = Face::mono, .color = red.faded(0.5F)}};
    draw();
    EXPECT_NEAR(at(30, 16).red, 128, 1);
    EXPECT_NEAR(at(30, 16).blue, 127, 1);
    EXPECT_EQ(at(30, 16).alpha, 255);
    EXPECT_EQ(at(2, 2), blue);
}

TEST_F(GlyphPassTest, a_text_is_one_draw_call) {
    for (int i = 0; i < 500; ++i) {
        layer().glyphs.push_back(
            {static_cast<float>(i % 60), 20, 12, static_cast<char32_t>('!' + i % 90), Face::sans, white});
    }
    draw();
    EXPECT_EQ(renderer().draw_calls(), 1);
}

TEST_F(GlyphPassTest, more_than_fits_into_the_atlas_is_drawn_all_the_same) {
    layer().glyphs = {
        {.x = 2, .y = 28, .size = 28, .character = 'H', .face = Face::mono_bold, .color = white}};
    for (char32_t character = 'A'; character < 'A' + 200; ++character) {
        layer().glyphs.push_back({1000, 0, 400, character, Face::sans, white});
    }
    layer().glyphs.push_back({40, 28, 28, 'H', Face::mono_bold, white});
    draw();
    EXPECT_GT(renderer().draw_calls(), 1);
    const Ink ink = inked();
    EXPECT_LT(ink.left, 8);
    EXPECT_GT(ink.left + ink.width, 50);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < 20; ++x) ASSERT_EQ(at(x, y), at(x + 38, y)) << x << ' ' << y;
    }
}

}  // namespace
}  // namespace loopscope::render
