#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "app/timeline/legible.hpp"

namespace loopscope::timeline {
namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

/// How eyes see colours: as they are, and without one kind of cone. Machado, Oliveira and Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.0, linear RGB.
struct Eyes {
    const char* name;
    Matrix matrix;
};
constexpr std::array<Eyes, 4> all_eyes = {{
    {"normal", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
}};

double linear(std::uint8_t channel) {
    const double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

Triple linear(Color color) {
    return {linear(color.red), linear(color.green), linear(color.blue)};
}

Triple seen(Color color, const Eyes& eyes) {
    const Triple from = linear(color);
    Triple to{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t each = 0; each < 3; ++each)
            to.at(row) += eyes.matrix.at(row).at(each) * from.at(each);
        to.at(row) = std::clamp(to.at(row), 0.0, 1.0);
    }
    return to;
}

/// CIE L*a*b*, D65.
Triple lab(const Triple& rgb) {
    const auto [r, g, b] = rgb;
    const auto root = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(Color one, Color other, const Eyes& eyes) {
    const Triple a = lab(seen(one, eyes));
    const Triple b = lab(seen(other, eyes));
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

class PaletteTest : public testing::TestWithParam<const Theme*> {};

TEST_P(PaletteTest, has_hues_that_any_eyes_can_tell_apart) {
    // 2.3 is just noticeable side by side. The first four, as many as a classroom's programs have chains,
    // stand further apart than eight can.
    const Theme& theme = *GetParam();
    for (const Eyes& eyes : all_eyes) {
        for (std::size_t one = 0; one < theme.hues.size(); ++one) {
            for (std::size_t other = 0; other < one; ++other) {
                EXPECT_GE(distance(theme.hues.at(one), theme.hues.at(other), eyes), one < 4 ? 29 : 19)
                    << eyes.name << ": hues " << other << " and " << one;
            }
        }
    }
}

TEST_P(PaletteTest, has_hues_that_can_be_seen_on_every_ground) {
    const Theme& theme = *GetParam();
    for (const Color ground : {theme.background, theme.panel, theme.card}) {
        for (const Color hue : theme.hues) EXPECT_GE(contrast(hue, ground), 3) << "WCAG 2.1, 1.4.11";
    }
}

TEST(Theme, is_found_by_its_name) {
    for (const Theme* theme : Theme::all()) EXPECT_EQ(Theme::find(theme->name), theme);
    EXPECT_EQ(Theme::find("dark"), &Theme::dark_theme());
    EXPECT_EQ(Theme::find("no"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Themes, PaletteTest, testing::ValuesIn(Theme::all().begin(), Theme::all().end()),
                         [](const auto& theme) { return std::string(theme.param->name); });

}  // namespace
}  // namespace loopscope::timeline
