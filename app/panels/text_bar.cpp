#include "app/panels/text_bar.hpp"

namespace loopscope::panels {
namespace {

/// Returns whether Enter was pressed in this frame, and is not just held down.
bool pressed_enter() {
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false) ||
           ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_KeyPadEnter), false);
}

}  // namespace

void TextBar::open(Purpose purpose) {
    if (purpose != purpose_ || purpose == Purpose::mark) text_ = {};
    purpose_ = purpose;
    open_ = focus_ = true;
    frames_to_focus_ = 3;  // create the field, give it the focus, and ImGui reports the focus
}

void TextBar::open(Purpose purpose, std::string_view text) {
    open(purpose);
    text_ = {};
    text.copy(text_.data(), text_.size() - 1);
}

TextBar::Response TextBar::update(const Ui& ui, timeline::Rect rect) {
    Response response;
    if (frames_to_focus_ > 0) --frames_to_focus_;
    if (!open_) return response;
    const bool searches = purpose_ == Purpose::search;
    const bool filters = purpose_ == Purpose::filter;
    const bool saves = purpose_ == Purpose::save;
    const float width = std::min(ui.px(460), rect.width - ui.px(40));
    ImGui::SetNextWindowPos({rect.right() - width - ui.px(20), rect.y + ui.px(8)});
    ImGui::SetNextWindowSize({width, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, std::max(ui.px(1), 1.0F));
    ImGui::Begin("text", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    if (focus_) ImGui::SetKeyboardFocusHere();
    focus_ = false;
    ImGui::SetNextItemWidth(-1);
    const char* const hint = searches  ? "Search: Enter next, Shift Enter previous, Esc closes"
                             : filters ? "Show lanes by name, chain or state; Esc shows all"
                             : saves   ? "Save as: a file name, then Enter; Esc closes"
                                       : "Mark this moment: text, then Enter; no text removes the mark";
    ImGui::PushID(static_cast<int>(purpose_));
    const ImGuiInputTextFlags flags =
        ImGuiInputTextFlags_EnterReturnsTrue | (saves ? ImGuiInputTextFlags_AutoSelectAll : 0);
    const bool entered = ImGui::InputTextWithHint("##text", hint, text_.data(), text_.size(), flags);
    ImGui::PopID();
    const bool edited = ImGui::IsItemEdited();
    if (filters && edited) response.filter = text_.data();
    if (entered && pressed_enter())
        take_entered(response);
    else
        focus_ = entered;  // a held key is not a second Enter, but it takes the focus away
    if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape))) {
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
        case Purpose::filter: break;
    }
    if (!focus_) open_ = false;
}

}  // namespace loopscope::panels
