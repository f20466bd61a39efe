// Whatever the window shows can be read: each character's colour is measured against what is behind it.

#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/window_states.hpp"

namespace loopscope::panels {
namespace {

constexpr gl::Size legible_size{1280, 720};

/// A few colours that were read from pixels are off by one.
constexpr double measured_contrast = timeline::min_text_contrast - 0.05;

class LegibilityTest : public testing::TestWithParam<const timeline::Theme*> {
  protected:
    static HeadlessFonts& fonts() {
        static HeadlessFonts with_fonts(0.6875F);
        return with_fonts;
    }
    /// Expects that all that a frame shows can be read; each pair of colours that cannot is told once.
    void expect_legible(const DrawnFrame& frame, const std::string& state) {
        for (const DrawnCharacter& each : frame.characters()) {
            if (each.seen.area() <= 0) continue;
            const timeline::Color seen = timeline::over(each.color, each.ground);
            const double contrast = timeline::contrast(seen, each.ground);
            if (contrast >= measured_contrast) continue;
            const std::string pair = fmt::format("{} {} {} on {} {} {}", seen.red, seen.green, seen.blue,
                                                 each.ground.red, each.ground.green, each.ground.blue);
            if (!told_.insert(each.window + pair).second) continue;
            ADD_FAILURE() << GetParam()->name << ", " << state << ": " << pair << " is " << contrast
                          << ", in " << each.window << " at " << each.seen.from.x << ", " << each.seen.from.y;
        }
    }

  private:
    std::set<std::string> told_;
};

TEST_P(LegibilityTest, all_that_the_window_shows_can_be_read) {
    for (const WindowState& state : window_states()) {
        ShownWindow window(fonts(), state, legible_size, *GetParam());
        const DrawnFrame frame = window.drawn(true);
        EXPECT_GT(frame.characters().size(), 100u) << state.name;
        expect_legible(frame, state.name);
    }
}

TEST_P(LegibilityTest, what_is_under_the_mouse_can_be_read_and_so_can_its_tooltip) {
    for (const WindowState& state : window_states()) {
        static const std::set<std::string> swept = {"contextvar in the middle", "compared", "menu", "tracks"};
        if (!swept.contains(state.name)) continue;
        ShownWindow window(fonts(), state, legible_size, *GetParam());
        for (float y = 20; y < legible_size.height; y += 110) {
            for (float x = 30; x < legible_size.width; x += 230) {
                window.move_mouse({x, y});
                expect_legible(window.drawn(true), fmt::format("{} under {}, {}", state.name, x, y));
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Themes, LegibilityTest,
                         testing::ValuesIn(timeline::Theme::all().begin(), timeline::Theme::all().end()),
                         [](const auto& theme) { return std::string(theme.param->name); });

}  // namespace
}  // namespace loopscope::panels
