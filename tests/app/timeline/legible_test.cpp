#include "app/timeline/legible.hpp"

#include <gtest/gtest.h>

namespace loopscope::timeline {
namespace {

constexpr Color white = {255, 255, 255};
constexpr Color black = {0, 0, 0};

std::string text_of(Color color) {
    return testing::PrintToString(std::array<int, 4>{color.red, color.green, color.blue, color.alpha});
}

class LegibleTest : public testing::TestWithParam<const Theme*> {
  protected:
    static const Theme& theme() { return *GetParam(); }
    /// All surfaces that are one colour.
    static std::vector<Color> surfaces() {
        return {theme().background, theme().panel, theme().card, theme().marked};
    }
    /// All that has a task's or a slice's hue; of what has none, it is grey.
    static std::vector<Color> hues() {
        std::vector<Color> all(theme().hues.begin(), theme().hues.end());
        all.push_back(theme().dim);
        return all;
    }
    static void expect_legible(Color text, Color ground, std::string_view what) {
        EXPECT_GE(contrast(over(text, ground), ground), min_text_contrast)
            << theme().name << ": " << what << ", " << text_of(text) << " on " << text_of(ground);
    }
};

TEST(Contrast, is_that_of_wcag) {
    EXPECT_DOUBLE_EQ(contrast(black, white), 21);
    EXPECT_DOUBLE_EQ(contrast(white, black), 21);
    EXPECT_DOUBLE_EQ(contrast(white, white), 1);
    // The darkest grey that falls short on white, and the first one that does not.
    EXPECT_NEAR(contrast({119, 119, 119}, white), 4.48, 0.005);
    EXPECT_NEAR(contrast({118, 118, 118}, white), 4.54, 0.005);
}

TEST(Legible, leaves_what_can_be_read_as_it_is) {
    EXPECT_EQ(legible({118, 118, 118}, white), (Color{118, 118, 118}));
    EXPECT_EQ(legible(Color{255, 255, 255, 200}, black), (Color{255, 255, 255, 200}));
}

TEST(Legible, changes_no_more_than_is_needed) {
    const Color changed = legible({119, 119, 119}, white);
    EXPECT_GE(contrast(changed, white), 4.5);
    EXPECT_LT(contrast(changed, white), 4.7);
    EXPECT_EQ(changed.red, changed.green);
}

TEST(Legible, is_white_or_black_where_nothing_between_can_be_read) {
    // On this grey black can be read, and white cannot.
    constexpr Color grey = {140, 140, 140};
    EXPECT_LT(contrast(white, grey), 4.5);
    EXPECT_GE(contrast(legible({200, 200, 200}, grey), grey), 4.5);
}

TEST_P(LegibleTest, all_grey_text_can_be_read_wherever_it_stands) {
    for (const TextOnGround& each : text_on_grounds)
        expect_legible(theme().*each.text, theme().*each.ground, each.what);
}

TEST_P(LegibleTest, what_stands_back_can_be_told_from_what_does_not) {
    for (const Color ground : {theme().background, theme().panel, theme().card}) {
        EXPECT_GE(contrast(theme().text, ground), 7);
        EXPECT_GT(contrast(theme().text, ground), 1.5 * contrast(theme().dim, ground));
        EXPECT_GT(contrast(theme().dim, ground), 1.2 * contrast(theme().hint, ground));
    }
}

TEST_P(LegibleTest, text_of_any_hue_can_be_read_on_any_surface_however_far_it_stands_back) {
    for (const Color ground : surfaces()) {
        for (const Color hue : hues()) {
            for (const float share : {1.0F, 0.6F, 0.55F, 0.4F, 0.24F, 0.0F})
                expect_legible(legible(hue.faded(share), ground), ground, "a hue on a surface");
        }
    }
}

TEST_P(LegibleTest, text_can_be_read_in_boxes_of_any_hue_however_faint_they_are) {
    for (const Color ground : surfaces()) {
        for (const Color hue : hues()) {
            for (int share = 0; share <= 100; ++share) {
                const Color box = over(hue.faded(static_cast<float>(share) / 100), ground);
                for (const Color text : {theme().text, theme().dim, theme().hint, theme().ink, hue})
                    expect_legible(legible(text, box), box, "text in a box");
            }
        }
    }
}

TEST_P(LegibleTest, the_ink_of_letters_is_the_same_on_all_full_hues) {
    for (const Color hue : hues()) {
        EXPECT_EQ(legible(theme().ink, hue), theme().ink) << theme().name << ' ' << text_of(hue);
        EXPECT_GE(contrast(theme().ink, hue), min_text_contrast) << theme().name << ' ' << text_of(hue);
    }
}

INSTANTIATE_TEST_SUITE_P(Themes, LegibleTest, testing::ValuesIn(Theme::all().begin(), Theme::all().end()),
                         [](const auto& theme) { return std::string(theme.param->name); });

}  // namespace
}  // namespace loopscope::timeline
