// SPDX-License-Identifier: MIT
#include "app/timeline/legible.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::timeline {
namespace {

/// The share of light of each value of a channel: WCAG 2.1, "relative luminance".
std::array<double, 256> shares_of_light() {
    std::array<double, 256> shares{};
    for (std::size_t value = 0; value < shares.size(); ++value) {
        const double share = static_cast<double>(value) / 255;
        shares.at(value) = share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    }
    return shares;
}

double luminance(Color color) {
    static const std::array<double, 256> shares = shares_of_light();
    return 0.2126 * shares.at(color.red) + 0.7152 * shares.at(color.green) + 0.0722 * shares.at(color.blue);
}

/// Returns `seen` with so many parts of 64 of `pole` in it.
Color mixed(Color seen, Color pole, int parts) {
    return over(pole.faded(static_cast<float>(parts) / 64), seen);
}

}  // namespace

double contrast(Color one, Color other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

Color over(Color color, Color ground) {
    const float share = static_cast<float>(color.alpha) / 255;
    const auto channel = [share](std::uint8_t above, std::uint8_t below) {
        return static_cast<std::uint8_t>(static_cast<float>(above) * share +
                                         static_cast<float>(below) * (1 - share) + 0.5F);
    };
    return {channel(color.red, ground.red), channel(color.green, ground.green),
            channel(color.blue, ground.blue)};
}

Color legible(Color wanted, Color ground) {
    const Color seen = over(wanted, ground);
    const auto is_legible = [ground](Color color) { return contrast(color, ground) >= min_text_contrast; };
    if (is_legible(seen)) return wanted;
    constexpr Color white = {255, 255, 255};
    constexpr Color black = {0, 0, 0};
    // One of the two can be read on any ground.
    const Color near = luminance(seen) >= luminance(ground) ? white : black;
    const Color pole = is_legible(near) ? near : near == white ? black : white;
    int least = 0;
    for (int most = 64; most - least > 1;) {
        const int middle = (least + most) / 2;
        (is_legible(mixed(seen, pole, middle)) ? most : least) = middle;
    }
    return mixed(seen, pole, least + 1);
}

}  // namespace loopscope::timeline
