#include "app/panels/overlays.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/panels/command.hpp"

namespace loopscope::panels {

using timeline::Rect;

void sentence(const Ui& ui, std::string_view text, Rect rect) {
    const float width = std::min(text_width(ui.fonts.bold, text) + ui.px(48), rect.width - ui.px(40));
    const float height = ui.px(52);
    const ImVec2 at(std::round(rect.x + (rect.width - width) / 2),
                    std::round(rect.y + rect.height * 0.5F - height / 2));
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    list.AddRectFilled(at, {at.x + width, at.y + height}, to_im(ui.theme.card), ui.px(10));
    list.AddRect(at, {at.x + width, at.y + height}, to_im(ui.theme.faint), ui.px(10), 0,
                 std::max(ui.px(1), 1.0F));
    draw_text(list, ui.fonts.bold, {at.x + ui.px(24), at.y + (height - ui.fonts.bold->FontSize) / 2},
              ui.theme.text, text, width - ui.px(48));
}

void keys_help(const Ui& ui, bool& open) {
    if (open && !ImGui::IsPopupOpen("keys")) ImGui::OpenPopup("keys");
    const ImVec2 center = ImGui::GetMainViewport()->GetCenter();
    ImGui::SetNextWindowPos(center, ImGuiCond_Always, {0.5F, 0.5F});
    if (!ImGui::BeginPopupModal(
            "keys", nullptr,
            ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav))
        return;
    ImGui::PushFont(ui.fonts.bold);
    ImGui::TextUnformatted("Keys");
    ImGui::PopFont();
    ImGui::Separator();
    if (ImGui::BeginTable("table", 4)) {
        for (const Command& command : commands()) {
            if (command.keys.empty()) continue;
            ImGui::TableNextColumn();
            ImGui::TextUnformatted(command.keys.data(), command.keys.data() + command.keys.size());
            ImGui::SameLine(ui.px(110));
            ImGui::TextDisabled("%s", std::string(command.name).c_str());
            ImGui::SameLine(ui.px(380));
            ImGui::NewLine();
            ImGui::TableNextColumn();
        }
        ImGui::EndTable();
    }
    if (!open || ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        open = false;
        ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
}

void demo_caption(const Ui& ui, const DemoRun& demo, Rect rect) {
    const Panel panel(ui, " ", {rect.x, rect.y}, {rect.width, rect.height});
    panel.list().AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, to_im(ui.theme.card));
    const std::string left =
        demo.at_end() ? "Escape: leave"
                      : fmt::format("{} of {}   Space: on", demo.place(), demo.demo().steps.size());
    const float x = panel.origin().x;
    const float end = x + panel.width() - text_width(ui.fonts.text, left);
    const float first = rect.y + ui.px(11);
    const float second = rect.bottom() - ui.px(12) - ui.fonts.text->FontSize;
    draw_text(panel.list(), ui.fonts.text, {end, first + ui.px(3)}, ui.theme.dim, left);
    draw_text(panel.list(), ui.fonts.large, {x, first}, ui.theme.text, demo.heading(), end - x - ui.px(28));
    draw_text(panel.list(), ui.fonts.text, {x, second}, ui.theme.text, demo.caption(), panel.width());
}

}  // namespace loopscope::panels
