// SPDX-License-Identifier: MIT
#include "app/panels/marks_list.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/panels/imgui_version.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

constexpr std::size_t max_mark_rows = 14;

/// Returns the marks of the trace that is shown: those after its end belong to another branch.
std::span<const trace::Mark> marks_shown(const session::Session& session) {
    const std::span<const trace::Mark> marks = session.annotations().marks;
    const auto end = std::ranges::lower_bound(marks, session.index().end_index(), {}, &trace::Mark::event);
    return marks.first(static_cast<std::size_t>(end - marks.begin()));
}

/// Returns the place of a mark: its time, and the task that runs there.
std::string place_of(const session::Session& session, EventIndex event) {
    const trace::Log& log = session.log();
    const trace::Index& index = session.index();
    std::string place = trace::time_text(index.time(log, event));
    const std::optional<HandleIndex> handle = index.handle_at(event);
    if (!handle || event > index.last_event(*handle)) return place;
    const trace::Event& first = log[index.handles().first(*handle)];
    if (first.kind() == trace::Kind::step) place += "  " + explain::task_label(log, index, first.task());
    return place;
}

}  // namespace

MarksList::Response MarksList::update(const Ui& ui, const session::Session& session) {
    Response response;
    const Marks marks = marks_shown(session);
    if (opening_) {
        ImGui::OpenPopup("marks");
        const auto after = std::ranges::upper_bound(marks, session.cursor(), {}, &trace::Mark::event);
        lit_ = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - marks.begin() - 1, 0));
        moved_ = true;
    }
    opening_ = false;
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos({viewport.Size.x / 2, viewport.Size.y * 0.16F}, ImGuiCond_Always, {0.5F, 0});
    ImGui::SetNextWindowSize({std::min(ui.px(760), viewport.Size.x - ui.px(20)), 0});
    if (!ImGui::BeginPopup("marks", ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove)) {
        open_ = false;
        return response;
    }
    lit_ = std::min(lit_, std::max<std::size_t>(marks.size(), 1) - 1);
    ImGui::PushFont(ui.fonts.bold);
    const std::string heading = marks.empty() ? "Marks" : fmt::format("Marks   {}", marks.size());
    ImGui::TextUnformatted(heading.c_str());
    ImGui::PopFont();
    if (marks.empty())
        ImGui::TextDisabled("No moment is marked yet: M marks the one at the cursor");
    else
        rows(ui, session, marks, response);
    keys(marks, response);
    if (!marks.empty()) ImGui::TextDisabled("Enter or a click goes there,  Delete removes it,  Esc closes");
    if (response.event || is_key_pressed(ImGuiKey_Escape)) {
        ImGui::CloseCurrentPopup();
        open_ = false;
    }
    ImGui::EndPopup();
    return response;
}

void MarksList::keys(Marks marks, Response& response) {
    if (marks.empty()) return;
    const std::size_t before = lit_;
    if (is_key_pressed(ImGuiKey_DownArrow)) lit_ = std::min(lit_ + 1, marks.size() - 1);
    if (is_key_pressed(ImGuiKey_UpArrow)) lit_ -= std::min<std::size_t>(lit_, 1);
    if (is_key_pressed(ImGuiKey_Home)) lit_ = 0;
    if (is_key_pressed(ImGuiKey_End)) lit_ = marks.size() - 1;
    moved_ = moved_ || lit_ != before;
    if (is_key_pressed(ImGuiKey_Enter)) response.event = marks[lit_].event;
    if (is_key_pressed(ImGuiKey_Delete)) response.remove = marks[lit_].event;
}

void MarksList::rows(const Ui& ui, const session::Session& session, Marks marks, Response& response) {
    const float row = ImGui::GetTextLineHeightWithSpacing();
    const auto shown = static_cast<float>(std::min(marks.size(), max_mark_rows));
    ImGui::BeginChild("rows", {0, row * shown + ui.px(2)}, false, ImGuiWindowFlags_NoNav);
    if (moved_) {
        const float top = static_cast<float>(lit_) * row;
        if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
        if (top + row > ImGui::GetScrollY() + row * shown) ImGui::SetScrollY(top + row - row * shown);
        moved_ = false;
    }
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(marks.size()), row);
    while (clipper.Step()) {
        for (int each = clipper.DisplayStart; each < clipper.DisplayEnd; ++each) {
            const trace::Mark& mark = marks[static_cast<std::size_t>(each)];
            const ImVec2 at = ImGui::GetCursorScreenPos();
            const float width = ImGui::GetContentRegionAvail().x;
            ImGui::PushID(each);
            if (ImGui::Selectable("##mark", static_cast<std::size_t>(each) == lit_))
                response.event = mark.event;
            ImGui::PopID();
            const float place = width * 0.42F;
            ImDrawList& list = *ImGui::GetWindowDrawList();
            draw_text(list, ui.fonts.text, at, ui.theme.dim, place_of(session, mark.event),
                      place - ui.px(14));
            draw_text(list, ui.fonts.text, {at.x + place, at.y}, ui.theme.text, mark.text, width - place);
        }
    }
    ImGui::EndChild();
}

}  // namespace loopscope::panels
