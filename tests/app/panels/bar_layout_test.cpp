#include "app/panels/bar_layout.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace loopscope::panels {
namespace {

struct Stretch {
    std::string name;
    float from;
    float to;
};

/// The parts that are shown, from the left.
std::vector<Stretch> parts_of(const BarLayout& layout, float scale, const BarWidths& widths) {
    std::vector<Stretch> parts = {{"menu", bar_menu_left * scale, bar_menu_left * scale + widths.menu}};
    if (layout.program_width > 0)
        parts.push_back({"program", layout.program_x, layout.program_x + layout.program_width});
    using Storages = BarLayout::Storages;
    const float storages = layout.storages == Storages::wide    ? widths.storages
                           : layout.storages == Storages::tight ? widths.tight_storages
                                                                : widths.one_storage;
    if (layout.storages != Storages::none)
        parts.push_back({"storages", layout.storages_x, layout.storages_x + storages});
    const float buttons = static_cast<float>(layout.buttons) * (bar_button_width + bar_button_gap) * scale;
    if (layout.buttons > 0)
        parts.push_back(
            {"transport", layout.transport_x,
             layout.transport_x + (layout.speed ? 334 * scale : buttons - bar_button_gap * scale)});
    if (layout.leaks_width > 0)
        parts.push_back({"leaks", layout.leaks_x, layout.leaks_x + layout.leaks_width});
    if (layout.help) parts.push_back({"help", layout.help_x, layout.help_x + bar_help_width * scale});
    return parts;
}

/// Those of the seed's program at a scale.
BarWidths usual(float scale) {
    return {113 * scale, 150 * scale, 456 * scale, 412 * scale, 110 * scale, 150 * scale, 86 * scale};
}

TEST(BarLayoutTest, no_two_parts_overlap_in_a_window_of_any_width_at_any_scale) {
    for (const float scale : {0.34F, 0.5F, 0.6875F, 1.0F, 1.5F, 2.0F, 3.0F}) {
        BarWidths widths = usual(scale);
        for (const float program : {40.0F, 150.0F, 16'384.0F}) {
            widths.program = program * scale;
            for (float width = 320; width < 4000; width += 7) {
                const BarLayout layout = BarLayout::create(width, scale, widths);
                const auto parts = parts_of(layout, scale, widths);
                for (std::size_t at = 1; at < parts.size(); ++at)
                    ASSERT_LE(parts[at - 1].to, parts[at].from)
                        << parts[at - 1].name << " and " << parts[at].name << " at " << width << " x "
                        << scale;
                ASSERT_LE(parts.back().to, std::max(width, parts.front().to));
            }
        }
    }
}

TEST(BarLayoutTest, a_wide_window_shows_all_of_it) {
    const BarLayout layout = BarLayout::create(1920, 1, usual(1));
    EXPECT_EQ(layout.storages, BarLayout::Storages::wide);
    EXPECT_EQ(layout.buttons, 5);
    EXPECT_TRUE(layout.speed);
    EXPECT_FALSE(layout.short_leaks);
    EXPECT_EQ(layout.transport_x, 930);
}

TEST(BarLayoutTest, the_smallest_window_still_has_program_storage_all_buttons_and_leaks) {
    const float scale = 0.6875F;
    const BarLayout layout = BarLayout::create(640, scale, usual(scale));
    EXPECT_GT(layout.program_width, 60);
    EXPECT_EQ(layout.storages, BarLayout::Storages::one);
    EXPECT_EQ(layout.buttons, 5);
    EXPECT_GT(layout.leaks_width, 0);
    EXPECT_TRUE(layout.help);
}

TEST(BarLayoutTest, the_narrower_a_window_is_the_less_is_shown) {
    int buttons = 5;
    auto storages = BarLayout::Storages::wide;
    for (float width = 2000; width > 100; width -= 10) {
        const BarLayout layout = BarLayout::create(width, 1, usual(1));
        EXPECT_LE(layout.buttons, buttons);
        EXPECT_GE(layout.storages, storages);
        buttons = layout.buttons;
        storages = layout.storages;
    }
    EXPECT_EQ(buttons, 0);
    EXPECT_EQ(storages, BarLayout::Storages::none);
}

}  // namespace
}  // namespace loopscope::panels
