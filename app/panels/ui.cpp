// SPDX-License-Identifier: MIT
#include "app/panels/ui.hpp"

#include <algorithm>

#include "app/fonts/file.hpp"

namespace loopscope::panels {
namespace {

ImFont* add_font(std::string_view file, float size) {
    static constexpr ImWchar ranges[] = {0x20,   0xFF,   0x100,  0x17F,  0x2010, 0x2026,
                                         0x2190, 0x2193, 0x2212, 0x2212, 0};
    const std::string_view data = fonts::file(file);
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;  // the data is part of the program
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.PixelSnapH = false;
    // ImGui takes a pointer to non-const, but only reads data that it does not own.
    void* const bytes = const_cast<char*>(data.data());
    return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(bytes, static_cast<int>(data.size()), size, &config,
                                                      ranges);
}

}  // namespace

Fonts Fonts::load(float scale) {
    ImGui::GetIO().Fonts->Clear();
    Fonts fonts;
    fonts.text = add_font("Inter-Regular.otf", 19 * scale);
    fonts.small = add_font("Inter-Regular.otf", 16 * scale);
    fonts.bold = add_font("Inter-SemiBold.otf", 19 * scale);
    fonts.large = add_font("Inter-Regular.otf", 23 * scale);
    fonts.mono = add_font("JetBrainsMono-Regular.ttf", 19 * scale);
    fonts.mono_bold = add_font("JetBrainsMono-Bold.ttf", 20 * scale);
    return fonts;
}

void apply_style(const timeline::Theme& theme, float scale) {
    ImGuiStyle style;
    style.WindowRounding = 0;
    style.WindowBorderSize = 0;
    style.PopupRounding = 6;
    style.FrameRounding = 5;
    style.WindowPadding = {12, 10};
    style.FramePadding = {12, 6};
    style.ItemSpacing = {8, 8};
    style.ScrollbarSize = 10;
    style.DisabledAlpha = 1;  // what is out of use has an ink of its own, which can be read
    style.ScaleAllSizes(scale);
    const auto set = [&](ImGuiCol slot, timeline::Color color) { style.Colors[slot] = to_im_vec(color); };
    set(ImGuiCol_Text, theme.text);
    set(ImGuiCol_TextDisabled, theme.dim);
    set(ImGuiCol_WindowBg, theme.panel);
    set(ImGuiCol_PopupBg, theme.card);
    set(ImGuiCol_Border, theme.line);
    set(ImGuiCol_FrameBg, theme.card);
    set(ImGuiCol_FrameBgHovered, theme.marked);
    set(ImGuiCol_FrameBgActive, theme.marked);
    set(ImGuiCol_Button, theme.card);
    set(ImGuiCol_ButtonHovered, theme.marked);
    set(ImGuiCol_ButtonActive, theme.background);
    set(ImGuiCol_Header, theme.marked);
    set(ImGuiCol_HeaderHovered, theme.marked);
    set(ImGuiCol_HeaderActive, theme.background);
    set(ImGuiCol_ScrollbarBg, theme.panel);
    set(ImGuiCol_ScrollbarGrab, theme.line);
    set(ImGuiCol_Separator, theme.line);
    set(ImGuiCol_NavHighlight, theme.accent);
    set(ImGuiCol_ModalWindowDimBg, timeline::Color{0, 0, 0, 140});
    ImGui::GetStyle() = style;
}

Panel::Panel(const Ui& ui, const char* heading, ImVec2 position, ImVec2 size, Content content)
    : ui_(ui), position_(position), size_(size) {
    ImGui::SetNextWindowPos(position);
    ImGui::SetNextWindowSize(size);
    const ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoScrollWithMouse;
    ImGui::Begin(heading, nullptr, flags);
    list_ = ImGui::GetWindowDrawList();
    const float pad = ui.px(24);
    const ImVec2 end = this->end();
    list_->PushClipRect(position, end);  // ImGui would clip at its own margins
    // Lines at the left and the top separate panels; there are no frames around them.
    list_->AddLine(position, {end.x, position.y}, to_im(ui.theme.line));
    list_->AddLine(position, {position.x, end.y}, to_im(ui.theme.line));
    const ImVec2 at(position.x + pad, position.y + ui.px(14));
    origin_ = {at.x, at.y + ui.px(32)};
    width_ = std::max(size.x - 2 * pad, 0.0F);
    note_at_ = {at.x + draw_text(*list_, ui.fonts.small, at, ui.theme.dim, heading, width_) + ui.px(20),
                at.y};
    bottom_ = end.y - ui.px(14);
    const float top = content == Content::below_head ? std::min(origin_.y - ui.px(10), end.y) : position.y;
    list_->PushClipRect({position.x, top}, end);
}

Panel::~Panel() {
    list_->PopClipRect();
    draw_notes();
    list_->PopClipRect();
    ImGui::End();
}

bool Panel::tab(std::string_view word, bool on, std::string_view tip) {
    const float room = origin_.x + width_ - note_at_.x;
    const float width = std::min(text_width(ui_.fonts.small, word), room);
    if (width <= 0) return false;
    const float margin = ui_.px(6);
    const bool hovered = ImGui::IsWindowHovered() &&
                         ImGui::IsMouseHoveringRect(
                             {note_at_.x - margin, note_at_.y - margin},
                             {note_at_.x + width + margin, note_at_.y + ui_.fonts.small->FontSize + margin});
    const timeline::Color color = on || hovered ? ui_.theme.text : ui_.theme.dim;
    list_->PushClipRect(position_, end());
    draw_text(*list_, ui_.fonts.small, note_at_, color, word, room);
    list_->PopClipRect();
    note_at_.x += width + ui_.px(14);
    if (hovered) {
        const ImVec2 from(note_at_.x - width - ui_.px(14), note_at_.y);
        show_tooltip(tip, from, {from.x + width, from.y + ui_.fonts.small->FontSize});
    }
    return hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
}

// The right note comes first: it is short, and nothing else says the same.
void Panel::draw_notes() {
    ImFont* const font = ui_.fonts.small;
    const float gap = ui_.px(14);
    float end = origin_.x + width_;
    if (!right_note_.text.empty()) {
        const float left = std::max(end - text_width(font, right_note_.text), note_at_.x);
        draw_text(*list_, font, {left, note_at_.y}, right_note_.color, right_note_.text, end - left + 1);
        end = left - gap;
    }
    const float room = end - note_at_.x;
    if (note_.all_or_nothing && text_width(font, note_.text) > room) return;
    draw_text(*list_, font, note_at_, note_.color, note_.text, room);
}

void draw_card(const Ui& ui, ImDrawList& list, ImVec2 from, ImVec2 to, timeline::Color fill,
               timeline::Color edge, float border) {
    const float radius = ui.px(7);
    list.AddRectFilled(from, to, to_im(fill), radius);
    if (border > 0) list.AddRect(from, to, to_im(edge), radius, 0, border);
}

bool word_button(const Ui& ui, const char* label, ImVec2 size, std::optional<timeline::Color> ink) {
    ImGui::PushStyleColor(ImGuiCol_Button, to_im_vec(ui.theme.panel));
    if (ink) ImGui::PushStyleColor(ImGuiCol_Text, to_im_vec(*ink));
    const bool clicked = ImGui::Button(label, size);
    ImGui::PopStyleColor(ink ? 2 : 1);
    return clicked;
}

}  // namespace loopscope::panels
