// SPDX-License-Identifier: MIT
#include "app/panels/overlays.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "app/panels/command.hpp"

namespace loopscope::panels {

using timeline::Rect;

namespace {

/// Returns a text in lines of at most `width` pixels. The last of `max_lines` lines is all the text that is
/// left.
std::vector<std::string_view> lines_of(ImFont* font, std::string_view text, float width,
                                       std::size_t max_lines) {
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() + 1 < max_lines && !fit_text(font, text, width).whole)
        lines.push_back(take_line(font, text, width));
    if (!text.empty()) lines.push_back(text);
    return lines;
}

}  // namespace

void sentence(const Ui& ui, std::string_view text, Rect rect) {
    constexpr std::size_t max_lines = 6;
    ImFont* const font = ui.fonts.bold;
    const float maximum = rect.width - ui.px(88);
    const std::vector<std::string_view> lines = lines_of(font, text, maximum, max_lines);
    float wide = 0;
    for (const std::string_view line : lines)
        wide = std::max(wide, std::min(text_width(font, line), maximum));
    const float step = std::round(font->FontSize * 1.35F);
    const float width = wide + ui.px(48);
    const float height = ui.px(52) + step * static_cast<float>(std::max<std::size_t>(lines.size(), 1) - 1);
    const ImVec2 at(std::round(rect.x + (rect.width - width) / 2),
                    std::round(rect.y + rect.height * 0.5F - height / 2));
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    list.AddRectFilled(at, {at.x + width, at.y + height}, to_im(ui.theme.card), ui.px(10));
    list.AddRect(at, {at.x + width, at.y + height}, to_im(ui.theme.faint), ui.px(10), 0,
                 std::max(ui.px(1), 1.0F));
    float y = at.y + (ui.px(52) - font->FontSize) / 2;
    for (const std::string_view line : lines) {
        draw_text(list, font, {at.x + ui.px(24), y}, ui.theme.text, line, wide + 1);
        y += step;
    }
}

namespace {

/// Lengths in the list of all keys, in design pixels.
constexpr float help_padding = 32;
constexpr float help_column = 420;
constexpr float mouse_column = 460;

void help_heading(const Ui& ui, std::string_view text) {
    if (ImGui::GetCursorPosY() > ImGui::GetStyle().WindowPadding.y + 1) ImGui::Dummy({0, ui.px(8)});
    ImGui::PushFont(ui.fonts.bold);
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
    ImGui::PopFont();
}

/// Draws a key and its effect, side by side.
void help_row(const Ui& ui, std::string_view key, std::string_view effect, float key_width, float width) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_text(list, ui.fonts.small, at, ui.theme.text, key);
    draw_text(list, ui.fonts.small, {at.x + key_width, at.y}, ui.theme.dim, effect);
    ImGui::Dummy({key_width + width, ui.fonts.small->FontSize * 1.15F});
}

}  // namespace

void keys_help(const Ui& ui, bool& open) {
    if (open && !ImGui::IsPopupOpen("keys")) ImGui::OpenPopup("keys");
    const ImVec2 center = ImGui::GetMainViewport()->GetCenter();
    const ImVec2 screen = ImGui::GetMainViewport()->Size;
    ImGui::SetNextWindowPos(center, ImGuiCond_Always, {0.5F, 0.5F});
    ImGui::SetNextWindowSizeConstraints({0, 0}, screen);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(help_padding), ui.px(26)});
    const bool shown = ImGui::BeginPopupModal("keys", nullptr,
                                              ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                                  ImGuiWindowFlags_NoCollapse |
                                                  ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav);
    ImGui::PopStyleVar();
    if (!shown) return;
    // There are as many columns as fit; a column that is too high scrolls.
    const auto fits = [&](float columns) { return screen.x >= ui.px(columns + 2 * help_padding); };
    const bool three = fits(2 * help_column + mouse_column + 2 * help_padding);
    const bool two = fits(help_column + mouse_column + help_padding);
    const auto next_column = [&] {
        ImGui::EndGroup();
        ImGui::SameLine(0, ui.px(help_padding));
        ImGui::BeginGroup();
    };
    const auto groups = command_groups();
    ImGui::BeginGroup();
    for (std::size_t each = 0; each < groups.size(); ++each) {
        if (two && each == groups.size() / 2) next_column();
        help_heading(ui, groups[each].name);
        for (const Command& command : commands_of(groups[each])) {
            if (!is_offered(command.action)) continue;
            if (!command.keys.empty()) help_row(ui, command.keys, command.name, ui.px(120), ui.px(300));
        }
    }
    if (three) next_column();
    help_heading(ui, "Mouse");
    for (const Gesture& gesture : gestures())
        help_row(ui, gesture.gesture, gesture.effect, ui.px(190), ui.px(270));
    ImGui::EndGroup();
    if (!open || ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        open = false;
        ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
}

void demo_caption(const Ui& ui, const DemoRun& demo, Rect rect) {
    const Panel panel(ui, " ", {rect.x, rect.y}, {rect.width, rect.height}, Panel::Content::anywhere);
    panel.list().AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, to_im(ui.theme.card));
    const std::string left =
        demo.at_end() ? "Escape: leave"
                      : fmt::format("{} of {}   Space: continue", demo.index(), demo.demo().steps.size());
    const float x = panel.origin().x;
    const float end = x + panel.width() - text_width(ui.fonts.text, left);
    const float first = rect.y + ui.px(11);
    const float second = rect.bottom() - ui.px(12) - ui.fonts.text->FontSize;
    draw_text(panel.list(), ui.fonts.text, {end, first + ui.px(3)}, ui.theme.dim, left);
    draw_text(panel.list(), ui.fonts.large, {x, first}, ui.theme.text, demo.heading(), end - x - ui.px(28));
    draw_text(panel.list(), ui.fonts.text, {x, second}, ui.theme.text, demo.caption(), panel.width());
}

}  // namespace loopscope::panels
