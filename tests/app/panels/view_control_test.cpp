#include "app/panels/view_control.hpp"

#include <gtest/gtest.h>

namespace loopscope::panels {
namespace {

constexpr float width = 1000;
constexpr std::int64_t end = 100'000;

class ViewControlTest : public testing::Test {
  protected:
    ViewControlTest() { view_.begin(end, width, 1); }
    void arrive() {
        view_.advance(1);
        view_.settle();
    }
    ViewControl view_;
};

TEST_F(ViewControlTest, follows_from_a_step_on_until_the_user_moves_the_view) {
    const std::function<void()> moves[] = {
        [&] { view_.zoom(1, 300, width, end); },
        [&] { view_.wheel(-1, 300, width, end); },
        [&] { view_.pan(50); },
        [&] { view_.drag(5, 0, true); },
        [&] { view_.scroll(10); },
        [&] { view_.center(500, width); },
        [&] { view_.jump_to(500, width); },
        [&] { view_.fit(end, width, 1); },
        [&] { view_.fit(100, 900, width); },
        [&] { view_.back(); },
        [&] { view_.forward(); },
    };
    EXPECT_TRUE(view_.follows());
    for (const auto& move : moves) {
        view_.follow();
        move();
        EXPECT_FALSE(view_.follows()) << &move - moves;
        arrive();
    }
    view_.follow();
    view_.refit(end, width, 1);
    EXPECT_TRUE(view_.follows()) << "nobody has moved it";
}

TEST_F(ViewControlTest, a_wheel_zooms_at_what_is_shown_under_the_mouse_on_the_way_as_well) {
    view_.zoom(12, 500, width, end);
    arrive();
    view_.pan(400);
    view_.advance(0.05);
    view_.settle();
    ASSERT_TRUE(view_.flies());
    const std::int64_t under = view_.view().tick(700);
    view_.wheel(1, 700, width, end);
    for (int frame = 0; frame < 20; ++frame) {
        view_.advance(0.016);
        view_.settle();
        EXPECT_NEAR(view_.view().x(under), 700, 1.5) << frame;
    }
    EXPECT_FALSE(view_.flies());
}

TEST_F(ViewControlTest, a_part_fills_the_width_but_for_a_small_margin_from_any_zoom) {
    for (const int steps : {0, 40, -8}) {
        view_.zoom(steps, 300, width, end);
        arrive();
        view_.fit(40'000, 42'000, width);
        arrive();
        EXPECT_NEAR(view_.view().x(40'000), width * 0.02, 1) << steps;
        EXPECT_NEAR(view_.view().x(42'000), width * 0.98, 1) << steps;
    }
}

TEST_F(ViewControlTest, knows_whether_all_is_shown_as_it_was_at_first) {
    EXPECT_TRUE(view_.shows_all());
    view_.zoom(1, 300, width, end);
    EXPECT_FALSE(view_.shows_all());
    view_.fit(end, width, 1);
    EXPECT_TRUE(view_.shows_all());
    view_.drag(3, 0, true);
    EXPECT_FALSE(view_.shows_all());
}

TEST_F(ViewControlTest, zooming_out_never_comes_nearer_however_little_has_happened_yet) {
    const double before = view_.goal().scale;
    view_.zoom(-1, 300, width, 10);
    EXPECT_LE(view_.goal().scale, before * 1.001);
}

TEST_F(ViewControlTest, parts_of_a_turn_of_the_wheel_are_kept_until_they_make_a_step) {
    const double before = view_.goal().scale;
    view_.wheel(0.4F, 300, width, end);
    EXPECT_EQ(view_.goal().scale, before);
    view_.wheel(0.7F, 300, width, end);
    EXPECT_GT(view_.goal().scale, before);
}

}  // namespace
}  // namespace loopscope::panels
