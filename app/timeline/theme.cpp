// SPDX-License-Identifier: MIT
#include "app/timeline/theme.hpp"

#include <algorithm>

namespace loopscope::timeline {

const Theme& Theme::dark_theme() {
    static constexpr Theme theme = {
        .name = "dark",
        .dark = true,
        .background = {13, 17, 22},
        .panel = {17, 21, 27},
        .card = {22, 28, 36},
        .marked = {38, 46, 57},
        .line = {38, 46, 57},
        .text = {232, 238, 245},
        .dim = {150, 161, 174},
        .hint = {123, 134, 147},
        .faint = {72, 82, 95},
        .accent = {255, 255, 255},
        .leak = {94, 38, 68},
        .ink = {12, 16, 21},
        .hues = {{{95, 147, 234},
                  {243, 149, 64},
                  {51, 228, 154},
                  {187, 130, 170},
                  {243, 232, 67},
                  {134, 110, 255},
                  {228, 94, 85},
                  {168, 222, 220}}},
    };
    return theme;
}

const Theme& Theme::light_theme() {
    static constexpr Theme theme = {
        .name = "light",
        .dark = false,
        .background = {250, 251, 253},
        .panel = {243, 245, 248},
        .card = {255, 255, 255},
        .marked = {226, 231, 238},
        .line = {208, 214, 223},
        .text = {22, 27, 34},
        .dim = {78, 88, 100},
        .hint = {98, 108, 120},
        .faint = {150, 160, 172},
        .accent = {16, 20, 26},
        .leak = {250, 205, 226},
        .ink = {255, 255, 255},
        .hues = {{{10, 58, 213},
                  {194, 87, 19},
                  {28, 135, 89},
                  {168, 90, 161},
                  {96, 60, 0},
                  {107, 71, 167},
                  {207, 36, 68},
                  {58, 78, 90}}},
    };
    return theme;
}

const Theme& Theme::projector_theme() {
    static constexpr Theme theme = {
        .name = "projector",
        .dark = true,
        .background = {0, 0, 0},
        .panel = {8, 8, 10},
        .card = {22, 24, 28},
        .marked = {58, 64, 73},
        .line = {92, 100, 112},
        .text = {255, 255, 255},
        .dim = {196, 204, 214},
        .hint = {160, 169, 180},
        .faint = {104, 113, 126},
        .accent = {255, 255, 255},
        .leak = {150, 20, 80},
        .ink = {0, 0, 0},
        .hues = {{{124, 160, 253},
                  {254, 129, 44},
                  {24, 254, 161},
                  {197, 154, 182},
                  {255, 255, 52},
                  {136, 104, 255},
                  {237, 74, 77},
                  {197, 255, 255}}},
    };
    return theme;
}

std::span<const Theme* const> Theme::all() {
    static const std::array<const Theme*, 3> themes = {&dark_theme(), &light_theme(), &projector_theme()};
    return themes;
}

const Theme* Theme::find(std::string_view name) {
    const auto found = std::ranges::find(all(), name, &Theme::name);
    return found == all().end() ? nullptr : *found;
}

Color hue_of(const Theme& theme, const trace::Index& index, TaskId task) {
    if (!task || task.value > index.tasks().size() || index.task(task).is_main) return theme.dim;
    return theme.hues.at(index.task(task).chain_order % theme.hues.size());
}

}  // namespace loopscope::timeline
