#include "app/render/font_atlas.hpp"

#include <tuple>

#include "tests/app/gl/with_context.hpp"

namespace loopscope::render {
namespace {

using timeline::Face;
using timeline::Glyph;

class FontAtlasTest : public WithContext {
  protected:
    void SetUp() override {
        WithContext::SetUp();
        if (HasFatalFailure()) return;
        created_ = FontAtlas::create();
        ASSERT_TRUE(created_) << created_.error().message;
    }

    FontAtlas& atlas() { return *created_; }

    Sprite find(float x, float y, char32_t character = 'a', float size = 16, Face face = Face::mono) {
        const auto found =
            atlas().find({.x = x, .y = y, .size = size, .character = character, .face = face, .color = {}});
        EXPECT_TRUE(found);
        return found.value_or(Sprite{});
    }

    static std::tuple<int, int> cell(const Sprite& sprite) { return {sprite.column, sprite.row}; }

  private:
    Result<FontAtlas> created_ = fail("not made yet");
};

TEST_F(FontAtlasTest, a_glyph_is_rasterized_once) {
    EXPECT_EQ(cell(find(3, 5)), cell(find(40, 77)));
    EXPECT_EQ(cell(find(3, 5)), cell(find(3.1F, 5.3F)));
}

TEST_F(FontAtlasTest, another_face_or_size_or_place_within_a_pixel_is_another_picture) {
    const auto first = cell(find(3, 5));
    EXPECT_NE(cell(find(3, 5, 'b')), first);
    EXPECT_NE(cell(find(3, 5, 'a', 16.25F)), first);
    EXPECT_NE(cell(find(3, 5, 'a', 16, Face::sans)), first);
    EXPECT_NE(cell(find(3.25F, 5)), first);
}

TEST_F(FontAtlasTest, a_sprite_moves_with_its_pen_by_whole_pixels) {
    const Sprite here = find(0.5F, 0);
    for (const int step : {-3, -1, 4}) {
        const Sprite there = find(static_cast<float>(step) + 0.5F, static_cast<float>(step));
        EXPECT_EQ(cell(there), cell(here));
        EXPECT_EQ(there.x - here.x, step);
        EXPECT_EQ(there.y - here.y, step);
    }
}

TEST_F(FontAtlasTest, a_space_is_empty) {
    EXPECT_EQ(find(0, 0, ' ').width, 0);
}

TEST_F(FontAtlasTest, it_grows_and_leaves_what_is_there_in_its_place) {
    const auto first = cell(find(0, 0));
    const int rows = atlas().texture().size().height;
    for (char32_t character = 'A'; character <= 'Z'; ++character) find(0, 0, character, 120);
    EXPECT_GT(atlas().texture().size().height, rows);
    EXPECT_EQ(cell(find(0, 0)), first);
}

TEST_F(FontAtlasTest, when_it_cannot_grow_clearing_makes_room) {
    Glyph glyph{.size = 400, .character = 'A', .face = Face::sans, .color = {}};
    while (atlas().find(glyph)) {
        ASSERT_LT(glyph.character, 1000U);
        ++glyph.character;
    }
    atlas().clear();
    EXPECT_TRUE(atlas().find(glyph));
}

}  // namespace
}  // namespace loopscope::render
