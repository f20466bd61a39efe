// SPDX-License-Identifier: MIT
#include "app/panels/bar_layout.hpp"

#include <algorithm>

namespace loopscope::panels {
namespace {

using Storages = BarLayout::Storages;

constexpr float gap = 12;
/// Places in a wide window, in design pixels.
constexpr float program_left = 134;
constexpr float storages_left = 338;
constexpr float transport_left = 930;
constexpr float transport_width = 340;  // with the speed
constexpr float min_leaks = 150;
constexpr float help_right = 56;
/// The minimum width of the program's button: in less, no name can be recognized.
constexpr float min_program = 90;

/// The parts of the bar that a narrow window shows.
struct Choice {
    Storages storages;
    bool leaks;
    bool short_leaks;
    int buttons;
    bool program;
    bool narrow_program;
};

/// All choices, from the one that shows most to the one that shows least.
constexpr Choice choices[] = {
    {Storages::tight, true, false, 5, true, false},  {Storages::tight, true, true, 5, true, false},
    {Storages::one, true, false, 5, true, false},    {Storages::one, true, true, 5, true, false},
    {Storages::one, true, true, 3, true, false},     {Storages::one, true, true, 3, true, true},
    {Storages::one, true, true, 1, true, true},      {Storages::one, true, true, 1, false, false},
    {Storages::one, false, false, 1, false, false},  {Storages::none, false, false, 1, false, false},
    {Storages::none, false, false, 0, false, false},
};

/// Places the parts of a bar from left to right.
class Placer {
  public:
    Placer(float width, float scale, const BarWidths& widths)
        : width_(width), scale_(scale), widths_(widths) {}

    /// Places all parts as in a wide window. Returns whether they fit.
    bool wide(BarLayout& out) const {
        out = {};
        out.program_x = px(program_left);
        out.program_width = std::min(widths_.program, px(storages_left - program_left - 10));
        out.storages_x = px(storages_left);
        const float storages_end = out.storages_x + widths_.storages + px(10);
        out.leaks_width = std::max(widths_.leaks, px(min_leaks));
        right(out);
        out.leaks_x = out.help_x - out.leaks_width - px(16);
        const float free = out.leaks_x - px(16);
        out.transport_x = std::max(std::min(px(transport_left), free - px(transport_width)), storages_end);
        out.speed = out.transport_x + px(transport_width) <= free;
        out.free_from = px(transport_left + transport_width);
        return px(bar_menu_left) + widths_.menu <= out.program_x && out.transport_x + transport(5) <= free;
    }

    bool narrow(const Choice& choice, BarLayout& out) const {
        out = {};
        float x = px(bar_menu_left) + widths_.menu + px(gap / 2);
        out.program_x = x;
        if (choice.program) {
            const float maximum = px(choice.narrow_program ? min_program : storages_left - program_left - 10);
            out.program_width = std::min(widths_.program, maximum);
            x += out.program_width + px(gap);
        }
        out.storages = choice.storages;
        out.storages_x = x;
        if (choice.storages != Storages::none)
            x += (choice.storages == Storages::one ? widths_.one_storage : widths_.tight_storages) + px(gap);
        right(out);
        out.short_leaks = choice.short_leaks;
        if (choice.leaks) out.leaks_width = choice.short_leaks ? widths_.short_leaks : widths_.leaks;
        out.leaks_x = choice.leaks ? out.help_x - out.leaks_width - px(gap) : out.help_x;
        out.buttons = choice.buttons;
        out.speed = false;
        const float end = out.leaks_x - px(gap);
        out.transport_x = std::max(std::min(px(transport_left), end - transport(out.buttons)), x);
        out.free_from = width_;
        return out.transport_x + transport(out.buttons) <= end;
    }

  private:
    [[nodiscard]] float px(float design) const { return design * scale_; }
    [[nodiscard]] float transport(int buttons) const {
        return px(static_cast<float>(buttons) * (bar_button_width + bar_button_gap));
    }

    void right(BarLayout& out) const {
        out.help_x = width_ - px(help_right);
        out.help = px(bar_menu_left) + widths_.menu + px(gap / 2) <= out.help_x;
    }

    float width_;
    float scale_;
    const BarWidths& widths_;
};

}  // namespace

BarLayout BarLayout::create(float width, float scale, const BarWidths& widths) {
    const Placer placer(width, scale, widths);
    BarLayout layout;
    if (placer.wide(layout)) return layout;
    for (const Choice& choice : choices) {
        if (placer.narrow(choice, layout)) break;
    }
    return layout;
}

}  // namespace loopscope::panels
