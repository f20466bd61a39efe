#include "app/export/svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/timeline_scene.hpp"

namespace loopscope::export_ {
namespace {

using testing::HasSubstr;
using testing::Not;
using timeline::Band;
using timeline::Color;
using timeline::DrawList;
using timeline::Face;
using timeline::Texel;

constexpr Color red{255, 0, 0};

class SvgTest : public testing::Test {
  protected:
    [[nodiscard]] std::string document() const { return svg_of(list_, metrics_, {640, 360}, {1, 2, 3}); }
    [[nodiscard]] std::size_t count(std::string_view what) const {
        const std::string text = document();
        std::size_t count = 0;
        for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
        return count;
    }
    void add_text(std::string_view text, float x, Face face = Face::mono) {
        timeline::add_text(layer(), metrics_, text, x, 20, face, 10, red);
    }
    timeline::Layer& layer() { return list_[DrawList::lanes]; }
    void add_band(std::vector<Texel> texels) {
        Band band;
        band.rect = {10, 20, static_cast<float>(texels.size()), 19};
        band.count = static_cast<std::uint32_t>(texels.size());
        band.leak = {9, 9, 9};
        layer().bands.push_back(band);
        list_.texels = std::move(texels);
    }

    DrawList list_;

  private:
    timeline::FixedWidth metrics_;
};

TEST_F(SvgTest, has_its_size_and_its_ground) {
    EXPECT_THAT(document(),
                testing::StartsWith(R"(<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360")"));
    EXPECT_THAT(document(), HasSubstr(R"(<rect x="0" y="0" width="640" height="360" fill="#010203"/>)"));
    EXPECT_THAT(document(), testing::EndsWith("</svg>\n"));
}

TEST_F(SvgTest, has_rounded_quads_with_their_border_inside) {
    layer().quads = {{{10, 20, 30, 40}, 6, 2, 0, red, {0, 0, 255, 51}}};
    EXPECT_THAT(document(),
                HasSubstr(R"(<rect x="10" y="20" width="30" height="40" rx="6" fill="#ff0000"/>)"));
    EXPECT_THAT(
        document(),
        HasSubstr(
            R"(<rect x="11" y="21" width="28" height="38" rx="5" fill="none" stroke="#0000ff" stroke-opacity="0.2" stroke-width="2"/>)"));
}

TEST_F(SvgTest, has_the_cut_corner_of_a_leak) {
    layer().quads = {{{0, 0, 30, 30}, 0, 0, 8, red, {}}};
    EXPECT_THAT(document(), HasSubstr("M0 0H22l8 8V30"));
}

TEST_F(SvgTest, has_dashes_with_their_round_ends) {
    layer().segments = {{1, 2, 3, 4, 1.5F, 4, red}};
    EXPECT_THAT(document(), HasSubstr(R"(stroke-dasharray="2.5 5.5" stroke-linecap="round")"));
}

TEST_F(SvgTest, has_of_a_text_what_xml_can_have) {
    add_text("\x1b\x01\uFFFE\uFFFFx", 5);
    EXPECT_THAT(document(), HasSubstr(">\uFFFD\uFFFD\uFFFD\uFFFDx</text>"));
}

TEST_F(SvgTest, has_a_line_of_text_in_one_piece_with_its_spaces) {
    add_text("a < b & c", 5);
    EXPECT_THAT(document(), HasSubstr(R"(<text x="5" y="20" font-size="10")"));
    EXPECT_THAT(document(), HasSubstr(">a &lt; b &amp; c</text>"));
}

TEST_F(SvgTest, has_texts_that_stand_apart_each_in_its_place) {
    add_text("one", 5);
    add_text("two", 90);
    add_text("bold", 108, Face::mono_bold);
    EXPECT_EQ(count("<text "), 3);
    EXPECT_THAT(document(), HasSubstr(">one</text>"));
    EXPECT_THAT(document(), HasSubstr(R"(<text x="90")"));
}

TEST_F(SvgTest, has_characters_of_all_lengths) {
    add_text("aé日𝄞", 5);
    EXPECT_THAT(document(), HasSubstr(">aé日𝄞</text>"));
    layer().glyphs[0].character = 7;
    EXPECT_THAT(document(), Not(HasSubstr("\a")));
}

TEST_F(SvgTest, has_pixels_of_a_band_that_look_alike_as_one) {
    const Texel dense{{255, 0, 0, 255}, {0, 255, 0, Texel::max_density}};
    const Texel leaking{dense.fill, {0, 255, 0, Texel::max_density | Texel::leak}};
    const Texel nothing{{0, 0, 0, 0}, {0, 0, 0, 0}};
    add_band({nothing, dense, dense, dense, leaking, nothing});
    // The steps' block and the prints', twice, and the leak's stroke.
    EXPECT_EQ(count("y=\"20\""), 2);
    EXPECT_THAT(
        document(),
        HasSubstr(R"(<rect x="11" y="20" width="3" height="16" fill="#ff0000" fill-opacity="0.62"/>)"));
    EXPECT_THAT(document(), HasSubstr(R"(<rect x="14" y="37" width="1" height="2" fill="#090909"/>)"));
    EXPECT_EQ(count("#090909"), 1);
}

TEST_F(SvgTest, has_the_stroke_of_a_stale_column_in_the_place_of_the_top_of_its_block) {
    const Texel stale{{255, 0, 0, 255}, {0, 255, 0, Texel::max_density | Texel::stale}};
    add_band({stale, stale});
    EXPECT_THAT(document(), HasSubstr(R"(<rect x="10" y="20" width="2" height="2" fill="#090909"/>)"));
    EXPECT_THAT(
        document(),
        HasSubstr(R"(<rect x="10" y="23" width="2" height="13" fill="#ff0000" fill-opacity="0.62"/>)"));
}

TEST_F(SvgTest, has_bands_that_stand_back_from_where_they_do) {
    const Texel dense{{255, 0, 0, 255}, {0, 0, 0, 0}};
    add_band({dense, dense, dense, dense});
    layer().bands[0].fades_from = 12;
    EXPECT_THAT(
        document(),
        HasSubstr(R"(<rect x="10" y="20" width="2" height="16" fill="#ff0000" fill-opacity="0.62"/>)"));
    EXPECT_THAT(
        document(),
        HasSubstr(R"(<rect x="12" y="20" width="2" height="16" fill="#ff0000" fill-opacity="0.149"/>)"));
}

}  // namespace
}  // namespace loopscope::export_
