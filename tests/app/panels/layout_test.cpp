// At any size of the window and of its text, no word stands on another one or leaves its panel.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/window_states.hpp"

namespace loopscope::panels {
namespace {

/// A window of a size, with text of a size.
struct Extent {
    gl::Size size;
    float zoom = 1;

    /// Returns what Screen would have it drawn at.
    [[nodiscard]] float scale() const {
        const auto width = static_cast<float>(size.width);
        const auto height = static_cast<float>(size.height);
        const float wanted = std::max(std::min(width / 1920, height / 1080), 0.68F) * zoom;
        const float most = std::max(std::min(width / 640, height / 480), 0.68F);
        return std::round(std::min(wanted, most) * 32) / 32;
    }
    [[nodiscard]] std::string text() const {
        return fmt::format("{}x{}, text {}", size.width, size.height, zoom);
    }
};

/// The smallest window, and those in which there is least room for large text.
constexpr Extent narrow[] = {{{640, 480}, 1}, {{640, 480}, 3}, {{1280, 720}, 3}};
constexpr Extent wide[] = {{{1280, 720}, 1},  {{1280, 720}, 1.5F}, {{1280, 720}, 2},  {{1920, 1080}, 1},
                           {{1920, 1080}, 3}, {{3840, 2160}, 1},   {{3840, 2160}, 2}, {{3840, 2160}, 3},
                           {{700, 1300}, 2},  {{2000, 500}, 1}};
/// The states that are looked at in wide windows as well.
const std::set<std::string> main_states = {
    "the start", "contextvar in the middle", "compare", "lesson traps", "presented", "a recording", "tracks",
    "a server",  "global in the middle"};

class LayoutTest : public testing::Test {
  protected:
    void expect_laid_out(const WindowState& state, const Extent& extent) {
        ShownWindow window(fonts_of(extent.scale()), state, extent.size, timeline::Theme::dark_theme());
        const DrawnFrame frame = window.drawn(false);
        const std::string where = state.name + " at " + extent.text();
        std::map<std::string, std::vector<DrawnCharacter>> windows;
        for (const DrawnCharacter& each : frame.characters()) windows[each.window].push_back(each);
        for (auto& [name, characters] : windows) {
            expect_apart(characters, where + ", in " + name);
            expect_whole(characters, where + ", in " + name);
        }
    }

  private:
    static HeadlessFonts& fonts_of(float scale) {
        static std::map<float, std::unique_ptr<HeadlessFonts>> all;
        auto& fonts = all[scale];
        if (!fonts) fonts = std::make_unique<HeadlessFonts>(scale);
        return *fonts;
    }
    static void expect_apart(std::vector<DrawnCharacter>& characters, const std::string& where) {
        std::ranges::sort(characters, {}, [](const DrawnCharacter& each) { return each.seen.from.x; });
        int count = 0;
        for (std::size_t one = 0; one < characters.size() && count == 0; ++one) {
            const DrawnBox& box = characters[one].seen;
            for (std::size_t other = one + 1;
                 other < characters.size() && characters[other].seen.from.x < box.to.x; ++other) {
                // Neighbours of one word may share the pixels at their edges.
                const DrawnBox both = common_part(box, characters[other].seen);
                const float smaller = std::min(box.area(), characters[other].seen.area());
                if (both.area() <= smaller * 0.35F || both.width() < 1.5F) continue;
                ++count;
                ADD_FAILURE() << where << ": characters stand on others at " << both.from.x << ", "
                              << both.from.y;
                break;
            }
        }
    }
    static void expect_whole(const std::vector<DrawnCharacter>& characters, const std::string& where) {
        for (const DrawnCharacter& each : characters) {
            if (each.scrolls || each.seen.area() > each.whole.area() * 0.8F) continue;
            ADD_FAILURE() << where << ": a character is cut off at " << each.whole.from.x << ", "
                          << each.whole.from.y << " to " << each.whole.to.x << ", " << each.whole.to.y;
            return;
        }
    }
};

TEST_F(LayoutTest, in_narrow_windows_and_with_large_text) {
    for (const WindowState& state : window_states()) {
        for (const Extent& extent : narrow) expect_laid_out(state, extent);
    }
}

TEST_F(LayoutTest, up_to_the_largest_windows) {
    for (const WindowState& state : window_states()) {
        if (!main_states.contains(state.name)) continue;
        for (const Extent& extent : wide) expect_laid_out(state, extent);
    }
}

}  // namespace
}  // namespace loopscope::panels
