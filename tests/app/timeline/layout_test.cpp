#include "app/timeline/layout.hpp"

#include <cstddef>

#include <gtest/gtest.h>

namespace loopscope::timeline {
namespace {

TEST(Layout, stands_its_parts_one_below_the_other_in_any_size) {
    for (const float scale : {0.68F, 1.0F, 2.0F}) {
        for (const std::size_t lanes : {std::size_t{1}, std::size_t{8}, std::size_t{500}}) {
            const Layout layout = Layout::create(1329 * scale, 696 * scale, lanes, scale);
            EXPECT_LE(layout.flags.bottom(), layout.storage.y);
            EXPECT_LE(layout.storage.bottom(), layout.lanes.y);
            EXPECT_LE(layout.lanes.bottom(), layout.output.y);
            EXPECT_LE(layout.output.bottom(), layout.minimap.y);
            EXPECT_LE(layout.minimap.bottom(), layout.all.height);
            EXPECT_GE(layout.lane_height, 20 * scale - 1) << "a lane's name has to be legible";
            EXPECT_LE(layout.gutter + layout.width(), layout.all.width);
        }
    }
}

TEST(Layout, shows_the_seed_s_lanes_without_scrolling) {
    const Layout layout = Layout::create(1329, 696, 9, 1);
    EXPECT_LE(layout.content_height, layout.lanes.height);
}

TEST(Layout, survives_a_window_that_is_too_small_for_anything) {
    const Layout layout = Layout::create(100, 80, 8, 1);
    EXPECT_GT(layout.width(), -200);
    EXPECT_GT(layout.lane_height, 0);
    EXPECT_GT(layout.lanes.height, 0);
}

}  // namespace
}  // namespace loopscope::timeline
