#include "app/render/draw_list_renderer.hpp"

#include <array>

#include "tests/app/render/drawing.hpp"

namespace loopscope::render {
namespace {

using timeline::DrawList;
using DrawListRendererTest = Drawing;

TEST_F(DrawListRendererTest, nothing_is_drawn_of_an_empty_list) {
    draw();
    EXPECT_EQ(renderer().draw_calls(), 0);
    EXPECT_EQ(white_area(), 0);
}

TEST_F(DrawListRendererTest, deeper_layers_are_covered_by_higher_ones) {
    list[DrawList::cursor].quads = {{.rect = {10, 0, 10, 32}, .fill = red, .edge = {}}};
    list[DrawList::grid].segments = {{.x0 = 0, .y0 = 16, .x1 = 64, .y1 = 16, .width = 8, .color = white}};
    draw();
    EXPECT_EQ(at(5, 16), white);
    EXPECT_EQ(at(15, 16), red);
}

TEST_F(DrawListRendererTest, in_a_layer_segments_are_on_quads_and_glyphs_on_segments) {
    layer().glyphs = {{.x = 30, .y = 28, .size = 40, .character = 0x2588, .color = blue}};
    layer().segments = {{.x0 = 0, .y0 = 16, .x1 = 64, .y1 = 16, .width = 8, .color = white}};
    layer().quads = {{.rect = {10, 0, 40, 32}, .fill = red, .edge = {}}};
    draw();
    EXPECT_EQ(at(15, 4), red);
    EXPECT_EQ(at(15, 16), white);
    EXPECT_EQ(at(40, 16), blue);
}

TEST_F(DrawListRendererTest, the_list_starts_at_its_origin) {
    layer().quads = {{.rect = {1, 2, 3, 4}, .fill = white, .edge = {}}};
    draw({size, 20, 10, {0, 0, size}});
    const Ink ink = inked();
    EXPECT_EQ(ink.left, 21);
    EXPECT_EQ(ink.top, 12);
    EXPECT_EQ(ink.width, 3);
    EXPECT_EQ(ink.height, 4);
}

TEST_F(DrawListRendererTest, nothing_is_drawn_outside_the_clip) {
    layer().quads = {{.rect = {0, 0, 64, 32}, .fill = white, .edge = {}}};
    layer().segments = {{.x0 = 0, .y0 = 3, .x1 = 64, .y1 = 3, .width = 8, .color = white}};
    layer().glyphs = {{.x = 0, .y = 28, .size = 40, .character = 0x2588, .color = white}};
    draw({size, 0, 0, {7, 5, {20, 10}}});
    const Ink ink = inked();
    EXPECT_EQ(ink.left, 7);
    EXPECT_EQ(ink.top, 5);
    EXPECT_EQ(ink.width, 20);
    EXPECT_EQ(ink.height, 10);
    EXPECT_EQ(white_area(), 200);
}

TEST_F(DrawListRendererTest, an_empty_clip_clips_everything) {
    layer().quads = {{.rect = {0, 0, 64, 32}, .fill = white, .edge = {}}};
    draw({size, 0, 0, {7, 5, {-3, 10}}});
    EXPECT_EQ(white_area(), 0);
}

TEST_F(DrawListRendererTest, blending_and_scissor_are_left_as_they_were) {
    glDisable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ZERO, GL_ONE, GL_DST_ALPHA);
    glEnable(GL_SCISSOR_TEST);
    glScissor(1, 2, 3, 4);
    glViewport(5, 6, 7, 8);
    layer().quads = {{.rect = {0, 0, 64, 32}, .fill = white, .edge = {}}};
    renderer().draw(list, Viewport::whole(size));
    std::array<GLint, 4> box{};
    EXPECT_FALSE(glIsEnabled(GL_BLEND));
    EXPECT_TRUE(glIsEnabled(GL_SCISSOR_TEST));
    glGetIntegerv(GL_SCISSOR_BOX, box.data());
    EXPECT_EQ(box, (std::array<GLint, 4>{1, 2, 3, 4}));
    glGetIntegerv(GL_VIEWPORT, box.data());
    EXPECT_EQ(box, (std::array<GLint, 4>{5, 6, 7, 8}));
    GLint source = 0;
    glGetIntegerv(GL_BLEND_SRC_RGB, &source);
    EXPECT_EQ(source, GL_SRC_ALPHA);
}

TEST_F(DrawListRendererTest, every_kind_of_a_layer_is_one_draw_call) {
    for (timeline::Layer& layer : list.layers) {
        layer.quads.resize(100, {.rect = {0, 0, 9, 9}, .fill = white, .edge = {}});
        layer.segments.resize(100, {.x1 = 9, .color = white});
        layer.glyphs.resize(100, {.y = 9, .size = 9, .character = 'x', .color = white});
    }
    draw();
    EXPECT_EQ(renderer().draw_calls(), 3 * DrawList::depths);
}

}  // namespace
}  // namespace loopscope::render
