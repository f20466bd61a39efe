#include "app/timeline/comparison_picture.hpp"

#include <gtest/gtest.h>

#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Comparison;
using session::Rerun;
using trace::Storage;

/// A picture of two runs of the seed's program.
class Picture {
  public:
    Picture(Storage one, Storage other, float width, float height)
        : one_(session::setup_of("indication", one)), other_(session::setup_of("indication", other)) {
        one_.finish();
        other_.finish();
        const Comparison comparison(one_.side(), other_.side());
        list = draw_comparison({comparison, "indication", name(one), name(other)}, Theme::dark_theme(), text_,
                               width, height);
    }

    [[nodiscard]] std::size_t glyphs(Face face, char32_t character) const {
        return static_cast<std::size_t>(std::ranges::count_if(
            list[DrawList::labels].glyphs,
            [&](const Glyph& glyph) { return glyph.face == face && glyph.character == character; }));
    }

    DrawList list;

  private:
    Rerun one_;
    Rerun other_;
    FixedWidth text_;
};

TEST(ComparisonPicture, shows_every_print_of_both_sides_and_a_caret_for_each_difference) {
    for (const auto& [width, height] : {std::pair{1920.0F, 1080.0F}, {960.0F, 540.0F}, {640.0F, 900.0F}}) {
        const Picture picture(Storage::global, Storage::contextvar, width, height);
        EXPECT_EQ(picture.glyphs(Face::mono_bold, U'c'), 50);
        EXPECT_EQ(picture.glyphs(Face::mono_bold, U'a'), 10);
        EXPECT_EQ(picture.list[DrawList::marks].segments.size(), 2 * 30);
        EXPECT_EQ(picture.list[DrawList::grid].quads.size(), 30);
    }
}

TEST(ComparisonPicture, marks_nothing_where_nothing_differs) {
    const Picture picture(Storage::argument, Storage::contextvar, 1920, 1080);
    EXPECT_TRUE(picture.list[DrawList::marks].segments.empty());
    EXPECT_TRUE(picture.list[DrawList::grid].quads.empty());
}

TEST(ComparisonPicture, stays_within_its_sides) {
    for (const auto& [width, height] : {std::pair{1920.0F, 1080.0F}, {1280.0F, 720.0F}, {800.0F, 600.0F}}) {
        const Picture picture(Storage::global, Storage::contextvar, width, height);
        for (const Layer& layer : picture.list.layers) {
            for (const Glyph& glyph : layer.glyphs) {
                EXPECT_GE(glyph.x, 0);
                EXPECT_LE(glyph.x + glyph.size * 0.6F, width);
                EXPECT_LE(glyph.y, height);
            }
            for (const Quad& quad : layer.quads) EXPECT_LE(quad.rect.right(), width);
        }
    }
}

}  // namespace
}  // namespace loopscope::timeline
