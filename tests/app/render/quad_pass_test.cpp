#include "app/render/quad_pass.hpp"

#include "tests/app/render/drawing.hpp"

namespace loopscope::render {
namespace {

using QuadPassTest = Drawing;

TEST_F(QuadPassTest, a_quad_covers_exactly_its_pixels) {
    layer().quads = {{.rect = {5, 4, 10, 6}, .fill = white, .edge = {}}};
    draw();
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            ASSERT_EQ(at(x, y), layer().quads[0].rect.contains(static_cast<float>(x), static_cast<float>(y))
                                    ? white
                                    : black)
                << x << ' ' << y;
        }
    }
}

TEST_F(QuadPassTest, an_edge_between_pixel_borders_covers_its_share) {
    layer().quads = {{.rect = {5.25F, 4, 10, 6}, .fill = white, .edge = {}}};
    draw();
    EXPECT_NEAR(at(5, 6).green, 255 * 0.75, 1);
    EXPECT_EQ(at(6, 6), white);
    EXPECT_NEAR(at(15, 6).green, 255 * 0.25, 1);
    EXPECT_EQ(at(16, 6), black);
}

TEST_F(QuadPassTest, a_quad_thinner_than_a_pixel_is_as_faint_as_it_is_thin) {
    layer().quads = {{.rect = {5.4F, 4, 0.2F, 6}, .fill = white, .edge = {}}};
    draw();
    EXPECT_NEAR(at(5, 6).green, 51, 1);
    EXPECT_EQ(at(4, 6), black);
    EXPECT_EQ(at(6, 6), black);
}

TEST_F(QuadPassTest, corners_are_round) {
    layer().quads = {{.rect = {10, 4, 20, 20}, .radius = 10, .fill = white, .edge = {}}};
    draw();
    EXPECT_NEAR(white_area(), 3.14159F * 100, 1.5F);
    EXPECT_EQ(at(10, 4), black);
    EXPECT_EQ(at(29, 23), black);
    EXPECT_GT(at(20, 4).green, 250);
}

TEST_F(QuadPassTest, a_radius_is_at_most_half_the_quad) {
    layer().quads = {{.rect = {10, 4, 20, 4}, .radius = 100, .fill = white, .edge = {}}};
    draw();
    EXPECT_EQ(at(20, 4), white);
    EXPECT_EQ(at(20, 7), white);
    EXPECT_NEAR(white_area(), 16 * 4 + 3.14159F * 4, 1);
}

TEST_F(QuadPassTest, the_notch_is_background) {
    layer().quads = {{.rect = {10, 4, 20, 20}, .notch = 8, .fill = white, .edge = {}}};
    draw();
    EXPECT_EQ(at(29, 4), black);
    EXPECT_EQ(at(29, 10), black);
    EXPECT_EQ(at(23, 4), black);
    EXPECT_EQ(at(21, 4), white);
    EXPECT_EQ(at(29, 12), white);
    EXPECT_EQ(at(10, 4), white);
    EXPECT_EQ(at(29, 23), white);
    EXPECT_NEAR(white_area(), 400 - 32, 1);
}

TEST_F(QuadPassTest, the_border_lies_inside_the_edge) {
    layer().quads = {{.rect = {10, 4, 20, 20}, .border = 2, .fill = blue, .edge = red}};
    draw();
    EXPECT_EQ(at(9, 12), black);
    EXPECT_EQ(at(10, 12), red);
    EXPECT_EQ(at(11, 12), red);
    EXPECT_EQ(at(12, 12), blue);
    EXPECT_EQ(at(27, 12), blue);
    EXPECT_EQ(at(28, 12), red);
    EXPECT_EQ(at(20, 4), red);
    EXPECT_EQ(at(20, 6), blue);
    EXPECT_EQ(at(20, 23), red);
}

TEST_F(QuadPassTest, the_border_follows_the_notch) {
    layer().quads = {{.rect = {10, 4, 20, 20}, .border = 2, .notch = 10, .fill = blue, .edge = red}};
    draw();
    EXPECT_EQ(at(24, 9), red);  // the cut runs through (25, 9)
    EXPECT_EQ(at(22, 11), blue);
    EXPECT_EQ(at(26, 8), black);
}

TEST_F(QuadPassTest, without_a_fill_only_the_border_is_drawn) {
    layer().quads = {
        {.rect = {10, 4, 20, 20}, .radius = 6, .border = 1, .fill = white.faded(0), .edge = red}};
    draw();
    EXPECT_EQ(at(10, 12), red);
    EXPECT_EQ(at(11, 12), black);
    EXPECT_EQ(at(20, 12), black);
}

TEST_F(QuadPassTest, what_is_half_transparent_is_mixed_with_what_is_below) {
    layer().quads = {{.rect = {0, 0, 64, 32}, .fill = blue, .edge = {}},
                     {.rect = {10, 4, 20, 20}, .fill = red.faded(0.5F), .edge = {}}};
    draw();
    EXPECT_NEAR(at(20, 12).red, 128, 1);
    EXPECT_NEAR(at(20, 12).blue, 127, 1);
    EXPECT_EQ(at(20, 12).alpha, 255);
}

TEST_F(QuadPassTest, ten_thousand_quads_are_one_draw_call) {
    for (int i = 0; i < 10000; ++i) {
        layer().quads.push_back({.rect = {static_cast<float>(i % 64), static_cast<float>(i / 64 % 32), 1, 1},
                                 .fill = white,
                                 .edge = {}});
    }
    draw();
    EXPECT_EQ(renderer().draw_calls(), 1);
    EXPECT_EQ(white_area(), 64 * 32);
}

}  // namespace
}  // namespace loopscope::render
