// SPDX-License-Identifier: MIT
#include "app/panels/text_bar.hpp"

#include "app/panels/imgui_version.hpp"

namespace loopscope::panels {
namespace {

/// Returns whether Enter was pressed in this frame, and is not just held down.
bool pressed_enter() {
    return is_key_pressed(ImGuiKey_Enter, false) || is_key_pressed(keypad_enter, false);
}

/// The width of what stands beside a text to search for, in design pixels.
constexpr float found_width = 230;

}  // namespace

void TextBar::open(Purpose purpose) {
    if (purpose != purpose_ || purpose == Purpose::mark) write({});
    if (purpose == Purpose::search) write(search_text_);
    purpose_ = purpose;
    open_ = focus_ = true;
    frames_to_focus_ = 3;  // create the field, give it the focus, and ImGui reports the focus
}

void TextBar::open(Purpose purpose, std::string_view text) {
    open(purpose);
    write(text);
}

void TextBar::write(std::string_view text) {
    text_ = {};
    text.copy(text_.data(), text_.size() - 1);
}

TextBar::Response TextBar::update(const Ui& ui, timeline::Rect rect, std::string_view place) {
    Response response;
    if (frames_to_focus_ > 0) --frames_to_focus_;
    if (!open_) return response;
    const bool filters = purpose_ == Purpose::filter;
    const float width = std::min(ui.px(searches() ? 560 : 460), rect.width - ui.px(40));
    ImGui::SetNextWindowPos({rect.right() - width - ui.px(20), rect.y + ui.px(8)});
    ImGui::SetNextWindowSize({width, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, std::max(ui.px(1), 1.0F));
    ImGui::Begin("text", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav);
    const bool had_focus = has_focus_;
    const bool entered = field(ui, place, response);
    if (entered && pressed_enter())
        take_entered(response);
    else
        focus_ = entered;  // a held key is not a second Enter, but it takes the focus away
    // Without the focus, the key ends what was opened last.
    if (had_focus && is_key_pressed(ImGuiKey_Escape)) {
        open_ = false;
        if (filters) {
            text_ = {};
            response.filter = std::string();
        }
    }
    ImGui::End();
    ImGui::PopStyleVar();
    return response;
}

bool TextBar::field(const Ui& ui, std::string_view place, Response& response) {
    const bool exports = purpose_ == Purpose::export_;
    const bool saves = purpose_ == Purpose::save || exports;
    const bool filters = purpose_ == Purpose::filter;
    if (focus_) ImGui::SetKeyboardFocusHere();
    focus_ = false;
    const char* const hint = searches() ? "Search: Enter next, Shift Enter previous, Esc closes"
                             : filters  ? "Show lanes by name, chain or state; Esc shows all"
                             : exports  ? "Export as: a file name, then Enter; Esc closes"
                             : saves    ? "Save as: a file name, then Enter; Esc closes"
                                        : "Mark this moment: text, then Enter; no text removes the mark";
    const float room = searches() && text_[0] != 0 ? ui.px(found_width) : 0;
    ImGui::SetNextItemWidth(room > 0 ? -room : -1);
    ImGui::PushID(static_cast<int>(purpose_));
    const ImGuiInputTextFlags flags =
        ImGuiInputTextFlags_EnterReturnsTrue | (saves ? ImGuiInputTextFlags_AutoSelectAll : 0);
    const bool entered = ImGui::InputTextWithHint("##text", hint, text_.data(), text_.size(), flags);
    ImGui::PopID();
    has_focus_ = ImGui::IsItemActive();
    if (filters && ImGui::IsItemEdited()) response.filter = text_.data();
    if (searches()) search_text_ = text_.data();
    if (room > 0) found(ui, place, response);
    return entered;
}

void TextBar::found(const Ui& ui, std::string_view place, Response& response) {
    const float height = ImGui::GetItemRectSize().y;
    const ImVec2 button{ui.px(30), height};
    ImGui::SameLine(0, ui.px(10));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ui.px(found_width) - 2 * button.x - ui.px(14);
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.text,
              {at.x, at.y + (height - ui.fonts.text->FontSize) / 2},
              place == "none" ? ui.theme.text : ui.theme.dim, place, room);
    ImGui::Dummy({room, height});
    const auto goes = [&](const char* label, const char* tooltip, session::Direction direction) {
        ImGui::SameLine(0, 0);
        if (word_button(ui, label, button)) response.search = {search_text_, direction};
        if (ImGui::IsItemHovered()) show_tooltip(tooltip);
    };
    goes("↑##back", "The one before (Shift Enter, Shift F3)", session::Direction::back);
    goes("↓##next", "The next one (Enter, F3)", session::Direction::forward);
}

void TextBar::take_entered(Response& response) {
    switch (purpose_) {
        case Purpose::search: {
            const bool back = ImGui::GetIO().KeyShift;
            response.search = {text_.data(), back ? session::Direction::back : session::Direction::forward};
            focus_ = true;
            break;
        }
        case Purpose::mark: response.mark = text_.data(); break;
        case Purpose::save: response.save = text_.data(); break;
        case Purpose::export_: response.to_export = text_.data(); break;
        case Purpose::filter: break;
    }
    if (!focus_) open_ = false;
}

}  // namespace loopscope::panels
