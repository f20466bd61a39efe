#include "app/timeline/theme.hpp"

namespace loopscope::timeline {

const Theme& Theme::dark_theme() {
    static constexpr Theme theme = {
        .name = "dark",
        .dark = true,
        .background = {13, 17, 22},
        .panel = {17, 21, 27},
        .card = {22, 28, 36},
        .line = {38, 46, 57},
        .text = {232, 238, 245},
        .dim = {139, 150, 163},
        .faint = {72, 82, 95},
        .accent = {255, 255, 255},
        .leak = {94, 38, 68},
        .ink = {12, 16, 21},
        .hues = {{{88, 180, 238},
                  {235, 162, 59},
                  {54, 196, 143},
                  {217, 125, 184},
                  {229, 214, 76},
                  {150, 140, 255},
                  {240, 112, 90},
                  {150, 200, 205}}},
    };
    return theme;
}

Color hue_of(const Theme& theme, const trace::Index& index, TaskId task) {
    if (!task || task.value > index.tasks().size() || index.task(task).is_main) return theme.dim;
    return theme.hues.at(index.task(task).chain_order % theme.hues.size());
}

}  // namespace loopscope::timeline
