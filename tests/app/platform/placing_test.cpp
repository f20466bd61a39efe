#include "app/platform/placing.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace loopscope::platform {
namespace {

gl::Size first_on(int width, int height) {
    const std::vector<Area> displays = {{0, 0, width, height}};
    return place_window(std::nullopt, displays).size;
}

TEST(Placing, takes_most_of_a_display_and_all_of_a_small_one) {
    EXPECT_EQ(first_on(1920, 1080), (gl::Size{1600, 900}));
    EXPECT_EQ(first_on(3840, 2160), (gl::Size{3200, 1800}));
    EXPECT_EQ(first_on(1280, 720), (gl::Size{1280, 720}));
    EXPECT_EQ(first_on(1366, 700), (gl::Size{1280, 700}));
    EXPECT_EQ(first_on(800, 600), (gl::Size{800, 600}));
}

TEST(Placing, does_not_depend_on_a_display_that_is_not_known) {
    EXPECT_EQ(place_window(std::nullopt, {}).size, (gl::Size{1600, 900}));
    EXPECT_EQ(place_window(Placement{{700, 500}, Point{5, 5}}, {}), (Placement{{700, 500}, std::nullopt}));
}

TEST(Placing, opens_a_window_where_it_was_left) {
    const std::vector<Area> displays = {{0, 24, 1920, 1056}, {1920, 0, 1280, 1024}};
    for (const Placement& left :
         {Placement{{1000, 700}, Point{100, 60}}, Placement{{1000, 700}, Point{-300, 24}},
          Placement{{1000, 700}, Point{2000, 300}}})
        EXPECT_EQ(place_window(left, displays), left) << left.corner->x;
    EXPECT_EQ(place_window(Placement{{1000, 700}, std::nullopt}, displays).size, (gl::Size{1000, 700}));
}

TEST(Placing, brings_back_a_window_whose_display_has_gone) {
    const std::vector<Area> displays = {{0, 0, 1280, 720}};
    for (const Point& corner : {Point{2000, 100}, Point{100, 700}, Point{-990, 10}, Point{10, -80}}) {
        EXPECT_EQ(place_window(Placement{{1000, 700}, corner}, displays),
                  (Placement{{1000, 700}, std::nullopt}))
            << corner.x << ", " << corner.y;
    }
    EXPECT_EQ(place_window(Placement{{4000, 700}, Point{0, 0}}, displays).size, (gl::Size{1280, 700}))
        << "no larger than the display";
}

}  // namespace
}  // namespace loopscope::platform
