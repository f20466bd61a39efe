#include "app/render/segment_pass.hpp"

#include <cmath>

#include "tests/app/render/drawing.hpp"

namespace loopscope::render {
namespace {

using SegmentPassTest = Drawing;

TEST_F(SegmentPassTest, a_line_along_pixels_is_sharp) {
    layer().segments = {{.x0 = 10, .y0 = 8.5F, .x1 = 40, .y1 = 8.5F, .width = 1, .color = white}};
    draw();
    EXPECT_EQ(at(25, 7), black);
    EXPECT_EQ(at(25, 8), white);
    EXPECT_EQ(at(25, 9), black);
}

TEST_F(SegmentPassTest, a_line_ends_half_its_width_behind_its_ends) {
    layer().segments = {{.x0 = 20, .y0 = 16, .x1 = 40, .y1 = 16, .width = 8, .color = white}};
    draw();
    EXPECT_NEAR(white_area(), 20 * 8 + 3.14159F * 16, 1);
    EXPECT_EQ(at(15, 16), black);
    EXPECT_GT(at(16, 16).green, 200);
    EXPECT_GT(at(43, 16).green, 200);
    EXPECT_EQ(at(44, 16), black);
    EXPECT_EQ(at(16, 12), black);  // round
}

TEST_F(SegmentPassTest, a_line_is_as_heavy_at_any_angle) {
    for (const float angle : {0.0F, 0.3F, 0.8F, 1.2F}) {
        for (const float width : {0.5F, 1.0F, 3.0F}) {
            const float x = std::cos(angle) * 12;
            const float y = std::sin(angle) * 12;
            layer().segments = {{.x0 = 32.2F - x,
                                 .y0 = 16.3F - y,
                                 .x1 = 32.2F + x,
                                 .y1 = 16.3F + y,
                                 .width = width,
                                 .color = white}};
            glClear(GL_COLOR_BUFFER_BIT);
            draw();
            const float expected = 24 * width + 3.14159F * width * width / 4;
            EXPECT_NEAR(white_area(), expected, 0.06F * expected + 0.5F) << angle << ' ' << width;
        }
    }
}

TEST_F(SegmentPassTest, a_segment_without_length_is_a_dot) {
    layer().segments = {{.x0 = 20, .y0 = 16, .x1 = 20, .y1 = 16, .width = 8, .color = white}};
    draw();
    EXPECT_NEAR(white_area(), 3.14159F * 16, 1);
}

TEST_F(SegmentPassTest, a_dash_is_as_long_as_its_gap) {
    layer().segments = {{.x0 = 11, .y0 = 8, .x1 = 50, .y1 = 8, .width = 2, .dash = 6, .color = white}};
    draw();
    for (int x = 10; x < 49; ++x) {
        const bool inside = (x - 10) % 12 < 6;
        EXPECT_EQ(at(x, 8) != black, inside) << x;
    }
}

TEST_F(SegmentPassTest, a_dash_of_the_lines_width_is_a_dot) {
    layer().segments = {{.x0 = 12, .y0 = 8, .x1 = 52, .y1 = 8, .width = 4, .dash = 4, .color = white}};
    draw();
    EXPECT_NEAR(white_area(), 6 * 3.14159F * 4, 2);
    EXPECT_EQ(at(12, 8), white);
    EXPECT_EQ(at(16, 8), black);
    EXPECT_EQ(at(20, 8), white);
}

TEST_F(SegmentPassTest, a_half_transparent_curve_is_even_at_its_joints) {
    layer().segments = {
        {.x0 = 8, .y0 = 16, .x1 = 24.5F, .y1 = 16, .width = 6, .color = white.faded(0.5F)},
        {.x0 = 24.5F, .y0 = 16, .x1 = 32, .y1 = 16, .width = 6, .color = white.faded(0.5F)},
        {.x0 = 32, .y0 = 16, .x1 = 50, .y1 = 20, .width = 6, .color = white.faded(0.5F)},
    };
    draw();
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) ASSERT_LE(at(x, y).green, 128) << x << ' ' << y;
    }
    for (int x = 8; x < 48; ++x) EXPECT_EQ(at(x, 17).green, 128) << x;
}

TEST_F(SegmentPassTest, segments_of_two_lines_that_meet_are_both_whole) {
    layer().segments = {
        {.x0 = 8, .y0 = 16, .x1 = 30, .y1 = 16, .width = 6, .color = red},
        {.x0 = 30, .y0 = 16, .x1 = 50, .y1 = 16, .width = 6, .color = blue},
    };
    draw();
    EXPECT_EQ(at(26, 16), red);
    EXPECT_EQ(at(28, 16), blue);  // its round end
}

}  // namespace
}  // namespace loopscope::render
