#include "app/render/band_pass.hpp"

#include "tests/app/render/drawing.hpp"

namespace loopscope::render {
namespace {

using timeline::Band;
using timeline::Texel;

constexpr Texel nothing{{0, 0, 0, 0}, {0, 0, 0, 0}};
constexpr Texel dense{{255, 0, 0, 0}, {255, 255, 255, Texel::max_density}};
constexpr Texel leaking{dense.fill, {255, 255, 255, Texel::max_density | Texel::leak}};
constexpr Texel stale{dense.fill, {255, 255, 255, Texel::max_density | Texel::stale}};

class BandPassTest : public Drawing {
  protected:
    /// A block of 16 pixels, a gap of one, and a stroke of 2.
    void add(const std::vector<Texel>& texels, float width) {
        Band band;
        band.rect = {8, 4, width, 19};
        band.first = static_cast<std::uint32_t>(list.texels.size());
        band.count = static_cast<std::uint32_t>(texels.size());
        band.column = width / static_cast<float>(texels.size());
        band.leak = blue;
        list.texels.insert(list.texels.end(), texels.begin(), texels.end());
        layer().bands.push_back(band);
    }
};

TEST_F(BandPassTest, a_column_stands_where_its_texel_says) {
    add({nothing, dense, nothing, dense}, 4);
    draw();
    for (int x = 8; x < 12; ++x) EXPECT_EQ(at(x, 12), x % 2 == 1 ? white : black) << x;
    EXPECT_EQ(at(7, 12), black);
    EXPECT_EQ(at(12, 12), black);
}

TEST_F(BandPassTest, columns_narrower_than_a_pixel_are_mixed) {
    Texel steps = nothing;
    steps.fill = {255, 255, 255, 255};
    add({steps, nothing, steps, steps}, 2);
    draw();
    EXPECT_NEAR(2 * at(8, 12).red, at(9, 12).red, 2);
    EXPECT_GT(at(9, 12).red, 100);
}

TEST_F(BandPassTest, a_leak_keeps_its_stroke_among_any_number_of_columns) {
    std::vector<Texel> texels(80, dense);
    texels[43] = leaking;
    add(texels, 40);
    draw();
    int strokes = 0;
    for (int x = 8; x < 48; ++x) strokes += at(x, 22) == blue ? 1 : 0;
    EXPECT_EQ(strokes, 1);
    EXPECT_EQ(at(8 + 21, 22), blue);
    EXPECT_EQ(at(8 + 21, 20), black) << "a gap keeps it apart from the block";
}

TEST_F(BandPassTest, when_every_column_leaks_the_stroke_is_unbroken_and_still_apart) {
    add(std::vector<Texel>(60, leaking), 30);
    draw();
    for (int x = 8; x < 38; ++x) {
        ASSERT_EQ(at(x, 22), blue);
        ASSERT_EQ(at(x, 20), black);
        ASSERT_EQ(at(x, 12), white);
    }
}

TEST_F(BandPassTest, a_stale_print_keeps_its_stroke_at_the_top_among_any_number_of_columns) {
    std::vector<Texel> texels(80, dense);
    texels[43] = stale;
    add(texels, 40);
    draw();
    int strokes = 0;
    for (int x = 8; x < 48; ++x) strokes += at(x, 5) == blue ? 1 : 0;
    EXPECT_EQ(strokes, 1);
    EXPECT_EQ(at(8 + 21, 5), blue);
    EXPECT_EQ(at(8 + 21, 6), black) << "a gap keeps it apart from the block";
    EXPECT_EQ(at(8 + 21, 12), white);
    EXPECT_EQ(at(8 + 21, 22), black) << "it is no leak";
}

TEST_F(BandPassTest, a_pixel_that_leaks_and_is_stale_has_both_strokes) {
    add({leaking, stale}, 1);
    draw();
    EXPECT_EQ(at(8, 5), blue);
    EXPECT_EQ(at(8, 22), blue);
}

TEST_F(BandPassTest, prints_are_as_high_as_they_are_dense) {
    Texel sparse = dense;
    sparse.mark.alpha = 10;
    add({sparse, dense}, 2);
    draw();
    const auto height = [&](int x) {
        int count = 0;
        for (int y = 0; y < size.height; ++y) count += at(x, y).green > 128 ? 1 : 0;
        return count;
    };
    EXPECT_GE(height(8), 3) << "few are still seen";
    EXPECT_GT(height(9), 2 * height(8));
}

TEST_F(BandPassTest, each_band_has_its_own_stretch_of_the_texture) {
    std::vector<Texel> texels(3000, nothing);
    texels.back() = dense;
    add(texels, 20);
    add({dense, dense}, 2);
    draw();
    EXPECT_EQ(at(8, 12), white);
    EXPECT_EQ(at(9, 12), white);
    EXPECT_EQ(at(10, 12), black);
}

TEST_F(BandPassTest, what_has_not_happened_stands_back) {
    add({dense, dense}, 2);
    layer().bands[0].fades_from = 9;
    draw();
    EXPECT_EQ(at(8, 12), white);
    EXPECT_LT(at(9, 12).green, 80);
}

}  // namespace
}  // namespace loopscope::render
