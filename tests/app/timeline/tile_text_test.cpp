#include "app/timeline/tile_text.hpp"

#include <gtest/gtest.h>

#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

// A character is 0.6 times as wide as letters are high: 6 pixels, where they are of 10.
TEST(TileText, a_single_character_fills_its_tile) {
    const FixedWidth metrics;
    for (const std::string_view text : {"a", "ä", "a\n"}) {
        const TileText tile = tile_text(metrics, text, 30, 400, 10);
        EXPECT_EQ(tile.width, 30);
        EXPECT_EQ(tile.size, 30 * 0.64F);
        EXPECT_EQ(tile.text, text == "ä" ? "ä" : "a");
    }
    EXPECT_EQ(tile_text(metrics, "", 30, 400, 10).text, "");
}

TEST(TileText, a_longer_text_makes_its_tile_as_wide_as_it_is) {
    const FixedWidth metrics;
    const TileText tile = tile_text(metrics, "served\n", 30, 400, 10);
    EXPECT_EQ(tile.text, "served");
    EXPECT_NEAR(tile.width, 6 * 6 + 12, 0.01F);
}

TEST(TileText, what_does_not_fit_is_cut_and_where_nothing_does_the_first_character_is_left) {
    const FixedWidth metrics;
    EXPECT_EQ(tile_text(metrics, "request served", 30, 60, 10).text, "request…");
    EXPECT_LE(tile_text(metrics, "request served", 30, 60, 10).width, 60);
    EXPECT_EQ(tile_text(metrics, "request served", 30, 40, 10).text, "r");
    EXPECT_EQ(tile_text(metrics, "one line\nand another", 30, 400, 10).text, "one line");
}

TEST(TileText, no_more_of_a_text_is_looked_at_than_fits) {
    const FixedWidth metrics;
    static_cast<void>(tile_text(metrics, std::string(10'000'000, 'x'), 30, 100, 10));
    EXPECT_LT(metrics.laid_out, 100U);
}

}  // namespace
}  // namespace loopscope::timeline
