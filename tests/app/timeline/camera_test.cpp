#include "app/timeline/camera.hpp"

#include <gtest/gtest.h>

namespace loopscope::timeline {
namespace {

constexpr double long_enough = 1;  // seconds

/// Sends it to an origin, and waits until it is there.
void fly_to(Camera& camera, std::int64_t origin) {
    camera.goal().origin = origin;
    camera.fly();
    camera.advance(long_enough);
}

TEST(Camera, flies_to_its_goal_and_is_there_in_the_end) {
    Camera camera;
    camera.goal().origin = 1000;
    EXPECT_EQ(camera.view().origin, 0);
    camera.fly();
    camera.advance(Flight::length / 2);
    EXPECT_TRUE(camera.flies());
    EXPECT_GT(camera.view().origin, 0);
    EXPECT_LT(camera.view().origin, 1000);
    camera.advance(long_enough);
    EXPECT_FALSE(camera.flies());
    EXPECT_EQ(camera.view().origin, 1000);
}

TEST(Camera, is_at_its_goal_at_once_when_it_jumps_and_on_its_way_too) {
    Camera camera;
    camera.goal().origin = 1000;
    camera.fly();
    camera.advance(Flight::length / 2);
    camera.jump();
    EXPECT_FALSE(camera.flies());
    EXPECT_EQ(camera.view().origin, 1000);
}

TEST(Camera, goes_back_the_way_it_came_and_forward_again) {
    Camera camera;
    for (const std::int64_t origin : {100, 200, 300}) fly_to(camera, origin);
    for (const std::int64_t origin : {200, 100, 0}) {
        EXPECT_TRUE(camera.back());
        camera.advance(long_enough);
        EXPECT_EQ(camera.view().origin, origin);
    }
    EXPECT_FALSE(camera.back());
    for (const std::int64_t origin : {100, 200, 300}) {
        EXPECT_TRUE(camera.forward());
        camera.advance(long_enough);
        EXPECT_EQ(camera.view().origin, origin);
    }
    EXPECT_FALSE(camera.forward());
}

TEST(Camera, that_went_back_and_elsewhere_has_no_way_forward) {
    Camera camera;
    fly_to(camera, 100);
    camera.back();
    camera.advance(long_enough);
    fly_to(camera, 500);
    EXPECT_FALSE(camera.forward());
    EXPECT_TRUE(camera.back());
    EXPECT_EQ(camera.goal().origin, 0);
}

TEST(Camera, takes_goals_that_follow_each_other_on_the_way_for_one) {
    Camera camera;
    for (const std::int64_t origin : {100, 200, 300}) {
        camera.goal().origin = origin;
        camera.fly();
        camera.advance(Flight::length / 4);
    }
    EXPECT_EQ(camera.moves(), 1U);
    EXPECT_TRUE(camera.back());
    EXPECT_EQ(camera.goal().origin, 0);
}

TEST(Camera, has_no_way_back_from_where_it_begins) {
    Camera camera;
    fly_to(camera, 100);
    camera.goal().origin = 700;
    camera.begin();
    EXPECT_EQ(camera.view().origin, 700);
    EXPECT_EQ(camera.moves(), 0U);
    EXPECT_FALSE(camera.back());
}

TEST(Camera, keeps_the_last_ways_back_and_not_all_that_there_ever_were) {
    Camera camera;
    const auto ways = static_cast<std::int64_t>(Camera::max_past);
    for (std::int64_t origin = 1; origin <= ways + 50; ++origin) fly_to(camera, origin);
    std::int64_t steps = 0;
    while (camera.back()) ++steps;
    EXPECT_EQ(steps, ways);
    EXPECT_EQ(camera.goal().origin, 50);
}

}  // namespace
}  // namespace loopscope::timeline
