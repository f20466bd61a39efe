// SPDX-License-Identifier: MIT
#include "app/platform/touch.hpp"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace loopscope::platform {
namespace {

/// What fingers did to a mouse, in words.
class Fingers {
  public:
    Fingers& at(std::vector<Finger> fingers, double time = 0) {
        touch_.take(fingers, time, inputs_);
        return *this;
    }
    Fingers& taken_away() {
        touch_.cancel(0, inputs_);
        return *this;
    }
    [[nodiscard]] std::string said() const {
        std::string text;
        for (const Input& each : inputs_) {
            text += text.empty() ? "" : " ";
            switch (each.kind) {
                case Input::Kind::cursor: text += fmt::format("{},{}", each.x, each.y); break;
                case Input::Kind::button:
                    text += fmt::format("{}{}", each.code == 0 ? "left" : "right", each.down ? "+" : "-");
                    break;
                case Input::Kind::wheel: text += fmt::format("wheel({:.1f},{:.1f})", each.x, each.y); break;
                default: text += "?";
            }
        }
        return text;
    }

  private:
    Touch touch_;
    std::vector<Input> inputs_;
};

TEST(Touch, a_tap_is_a_click_where_it_was) {
    EXPECT_EQ(Fingers().at({{1, 10, 20}}).at({{1, 12, 20}}).at({}, 0.1).said(), "10,20 left+ left-");
}

TEST(Touch, a_long_press_is_a_click_of_the_right_button) {
    EXPECT_EQ(Fingers().at({{1, 10, 20}}).at({}, 0.7).said(), "10,20 right+ right-");
}

TEST(Touch, a_finger_that_moves_drags_from_where_it_came_down) {
    EXPECT_EQ(Fingers().at({{1, 10, 20}}).at({{1, 40, 20}}).at({{1, 50, 25}}).at({}, 2).said(),
              "10,20 left+ 40,20 50,25 left-");
}

TEST(Touch, two_fingers_zoom_at_their_middle_and_click_nothing) {
    EXPECT_EQ(Fingers()
                  .at({{1, 100, 50}})
                  .at({{1, 100, 50}, {2, 200, 50}})
                  .at({{1, 50, 50}, {2, 250, 50}})
                  .at({{1, 50, 50}})
                  .at({})
                  .said(),
              "100,50 150,50 wheel(0.0,3.1)");
}

TEST(Touch, two_fingers_that_move_together_pan) {
    EXPECT_EQ(Fingers().at({{1, 100, 50}, {2, 200, 50}}).at({{1, 160, 50}, {2, 260, 50}}).at({}).said(),
              "210,50 wheel(1.0,0.0)");
}

TEST(Touch, a_second_finger_ends_a_drag) {
    EXPECT_EQ(Fingers().at({{1, 10, 20}}).at({{1, 40, 20}}).at({{1, 40, 20}, {2, 90, 20}}).at({}).said(),
              "10,20 left+ 40,20 left-");
}

TEST(Touch, what_is_taken_away_clicks_nothing) {
    EXPECT_EQ(Fingers().at({{1, 10, 20}}).taken_away().said(), "10,20");
    EXPECT_EQ(Fingers().at({{1, 10, 20}}).at({{1, 40, 20}}).taken_away().said(), "10,20 left+ 40,20 left-");
}

}  // namespace
}  // namespace loopscope::platform
