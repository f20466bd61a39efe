#include "app/timeline/view.hpp"

#include <gtest/gtest.h>

#include "app/timeline/flight.hpp"

namespace loopscope::timeline {
namespace {

constexpr std::int64_t far_away = std::int64_t{1} << 62;
constexpr float width = 1200;

TEST(View, is_exact_146_years_from_the_start) {
    View view;
    view.origin = far_away;
    view.scale = 1;
    for (std::int64_t offset = 0; offset < 2000; ++offset) {
        ASSERT_EQ(view.x(far_away + offset), static_cast<float>(offset));
        ASSERT_EQ(view.tick(static_cast<float>(offset)), far_away + offset);
    }
    view.scale = 0.25;
    EXPECT_EQ(view.x(far_away + 1001), 250.25F);
    EXPECT_EQ(view.tick(250.25F), far_away + 1001);
}

TEST(View, has_left_of_it_what_comes_before_its_origin) {
    View view;
    view.origin = far_away;
    view.scale = 0.5;
    EXPECT_EQ(view.x(far_away - 10), -5.0F);
    EXPECT_EQ(view.tick(-5), far_away - 10);
}

TEST(View, zooms_around_the_point_under_the_mouse) {
    for (const std::int64_t origin : {std::int64_t{0}, std::int64_t{123'456'789}, far_away}) {
        for (const float x : {0.0F, 1.0F, 333.0F, 1199.0F}) {
            View view;
            view.origin = origin;
            view.scale = 0.01;
            for (const double factor : {1.2, 1.2, 3.0, 0.5, 1000.0, 1e-9, 1.25}) {
                const std::int64_t under = view.tick(x);
                view.zoom(factor, x, width, 1'000'000'000'000);
                ASSERT_EQ(view.tick(x), under) << "origin " << origin << ", x " << x << ", factor " << factor;
                ASSERT_NEAR(view.x(under), x, 1)
                    << "origin " << origin << ", x " << x << ", factor " << factor;
            }
        }
    }
}

TEST(View, shows_a_stretch_with_as_much_room_on_both_sides) {
    View view;
    view.show(5000, 9000, 1000, 1);
    EXPECT_NEAR(view.x(5000), 1000 - view.x(9000), 1);
    EXPECT_NEAR(view.x(9000) - view.x(5000), 960, 1);
    view.show(700, 701, 1000, 0.5);  // no larger than that, however short it is
    EXPECT_EQ(view.scale, 0.5);
    EXPECT_NEAR(view.x(700), 500, 1);
}

TEST(View, zooms_in_no_further_than_a_tick_a_pixel) {
    View view;
    for (int each = 0; each < 200; ++each) view.zoom(1.25, 100, width, 1'000'000);
    EXPECT_EQ(view.scale, 1);
}

TEST(View, zooms_out_until_all_is_seen_and_no_further_than_twice_that) {
    View view;
    view.origin = 500'000;
    for (int each = 0; each < 200; ++each) view.zoom(0.8, 0, width, 1'000'000);
    const double seen = static_cast<double>(width) / view.scale;
    EXPECT_GE(seen, 1'000'000);
    EXPECT_LE(seen, 2'000'001);
}

TEST(View, takes_back_a_zoom_by_its_inverse) {
    View view;
    view.origin = 1'000'000;
    view.scale = 0.125;
    view.zoom(2, 640, width, 1'000'000'000);
    view.zoom(0.5, 640, width, 1'000'000'000);
    EXPECT_EQ(view.scale, 0.125);
    EXPECT_EQ(view.origin, 1'000'000);
}

TEST(View, fits_all_into_its_width) {
    for (const std::int64_t end :
         {std::int64_t{1}, std::int64_t{1000}, std::int64_t{1'000'017'000}, far_away}) {
        View view;
        view.origin = 77;
        view.fit(end, width, 1.0);
        EXPECT_GE(view.x(0), 0);
        EXPECT_LE(view.x(end), width);
        EXPECT_TRUE(view.scale == 1.0 || view.x(end) > width * 0.9F) << end;
    }
}

TEST(View, fits_a_short_trace_no_larger_than_it_is_told) {
    View view;
    view.fit(10, width, 0.5);
    EXPECT_EQ(view.scale, 0.5);
}

TEST(View, fits_an_empty_trace) {
    View view;
    view.fit(0, width, 0.25);
    EXPECT_EQ(view.scale, 0.25);
    EXPECT_NEAR(view.x(0), 0, width * 0.1F);
}

TEST(View, reveals_a_tick_wherever_it_is) {
    constexpr std::int64_t end = 1'000'000;
    for (const double scale : {1.0, 0.05, 0.002}) {
        for (const std::int64_t origin : {std::int64_t{0}, std::int64_t{300'000}, std::int64_t{900'000}}) {
            for (std::int64_t tick = 0; tick <= end; tick += 12'345) {
                View view;
                view.scale = scale;
                view.origin = origin;
                view.reveal(tick, end, width);
                ASSERT_GE(view.x(tick), -1) << tick;
                ASSERT_LE(view.x(tick), width + 1) << tick;
                ASSERT_LE(view.x(0), width * 0.1F) << "nothing stands left of the start";
            }
        }
    }
}

TEST(View, stays_where_it_is_when_it_reveals_what_is_in_view) {
    View view;
    view.scale = 0.1;
    view.origin = 5000;
    view.reveal(view.tick(width / 2), 1'000'000, width);
    EXPECT_EQ(view.origin, 5000);
}

TEST(View, leaves_room_ahead_of_what_it_reveals_while_there_is_more_to_come) {
    View view;
    view.scale = 0.1;
    view.reveal(500'000, 1'000'000, width);
    EXPECT_LT(view.x(500'000), width * 0.9F);
    EXPECT_GT(view.x(500'000), width * 0.5F);
}

TEST(View, zooms_in_steps_that_come_again_whatever_it_began_with) {
    View view;
    view.scale = 0.0137;
    view.zoom_steps(1, 300, width, 1'000'000'000);
    const double scale = view.scale;
    EXPECT_DOUBLE_EQ(std::log2(scale) * 4, std::round(std::log2(scale) * 4));
    view.zoom_steps(4, 300, width, 1'000'000'000);
    EXPECT_DOUBLE_EQ(view.scale, scale * 2);
    view.zoom_steps(-4, 300, width, 1'000'000'000);
    EXPECT_DOUBLE_EQ(view.scale, scale);
}

TEST(Flight, keeps_the_place_that_both_views_show_at_the_same_x) {
    for (const std::int64_t origin : {std::int64_t{0}, far_away}) {
        View from;
        from.origin = origin;
        from.scale = 0.001;
        View goal = from;
        const std::int64_t fixed = from.tick(700);
        goal.zoom(30, 700, width, far_away);
        Flight flight;
        flight.start(from, goal);
        for (int frame = 0; frame < 11; ++frame) {
            const View view = flight.advance(Flight::length / 12);
            ASSERT_TRUE(flight.under_way());
            ASSERT_NEAR(view.x(fixed), 700, 2) << frame;
            ASSERT_GT(view.scale, from.scale);
            ASSERT_LE(view.scale, goal.scale);
        }
        const View end = flight.advance(1);
        EXPECT_FALSE(flight.under_way());
        EXPECT_EQ(end.origin, goal.origin);
        EXPECT_EQ(end.scale, goal.scale);
    }
}

TEST(Flight, pans_without_zooming) {
    View from;
    View goal = from;
    goal.pan(500);
    Flight flight;
    flight.start(from, goal);
    std::int64_t last = from.origin;
    for (int frame = 0; frame < 10; ++frame) {
        const View view = flight.advance(Flight::length / 12);
        EXPECT_GT(view.origin, last);
        EXPECT_LE(view.origin, goal.origin);
        last = view.origin;
    }
}

}  // namespace
}  // namespace loopscope::timeline
