#include "app/panels/ui.hpp"

#include "app/fonts/file.hpp"

namespace loopscope::panels {
namespace {

ImFont* add_font(std::string_view file, float size) {
    static constexpr ImWchar ranges[] = {0x20,   0xFF,   0x100,  0x17F,  0x2010, 0x2026,
                                         0x2190, 0x2193, 0x2212, 0x2212, 0};
    const std::string_view data = fonts::file(file);
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;  // the bytes are part of the program
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.PixelSnapH = false;
    // ImGui takes a pointer to non-const, but only reads it when it does not own it.
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
    style.ScaleAllSizes(scale);
    const auto set = [&](ImGuiCol slot, timeline::Color color) { style.Colors[slot] = to_im_vec(color); };
    set(ImGuiCol_Text, theme.text);
    set(ImGuiCol_TextDisabled, theme.dim);
    set(ImGuiCol_WindowBg, theme.panel);
    set(ImGuiCol_PopupBg, theme.card);
    set(ImGuiCol_Border, theme.line);
    set(ImGuiCol_FrameBg, theme.card);
    set(ImGuiCol_FrameBgHovered, theme.line);
    set(ImGuiCol_FrameBgActive, theme.line);
    set(ImGuiCol_Button, theme.card);
    set(ImGuiCol_ButtonHovered, theme.line);
    set(ImGuiCol_ButtonActive, theme.faint);
    set(ImGuiCol_Header, theme.line);
    set(ImGuiCol_HeaderHovered, theme.line);
    set(ImGuiCol_HeaderActive, theme.faint);
    set(ImGuiCol_ScrollbarBg, theme.panel);
    set(ImGuiCol_ScrollbarGrab, theme.line);
    set(ImGuiCol_Separator, theme.line);
    set(ImGuiCol_ModalWindowDimBg, timeline::Color{0, 0, 0, 140});
    ImGui::GetStyle() = style;
}

// An empty view may have no characters to point at, and ImGui would take that for a C string.
float text_width(ImFont* font, std::string_view text) {
    if (text.empty()) return 0;
    return font->CalcTextSizeA(font->FontSize, 1e9F, 0, text.data(), text.data() + text.size()).x;
}

float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, timeline::Color color, std::string_view text,
                float width) {
    if (text.empty()) return 0;
    const float whole = text_width(font, text);
    if (width <= 0 || whole <= width) {
        list.AddText(font, font->FontSize, at, to_im(color), text.data(), text.data() + text.size());
        return whole;
    }
    std::size_t end = text.size();
    const float ellipsis = text_width(font, "…");
    while (end > 0 && text_width(font, text.substr(0, end)) + ellipsis > width) --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    const std::string cut = std::string(text.substr(0, end)) + "…";
    list.AddText(font, font->FontSize, at, to_im(color), cut.data(), cut.data() + cut.size());
    return width;
}

Panel::Panel(const Ui& ui, const char* heading, ImVec2 position, ImVec2 size, bool scrolls) : ui_(ui) {
    ImGui::SetNextWindowPos(position);
    ImGui::SetNextWindowSize(size);
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                             ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                             ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                             ImGuiWindowFlags_NoFocusOnAppearing;
    if (!scrolls) flags |= ImGuiWindowFlags_NoScrollWithMouse;
    ImGui::Begin(heading, nullptr, flags);
    list_ = ImGui::GetWindowDrawList();
    const float pad = ui.px(24);
    const ImVec2 end(position.x + size.x, position.y + size.y);
    list_->PushClipRect(position, end);  // ImGui would keep us from the edges
    // Rules at the left and the top set panels apart; there are no boxes around boxes.
    list_->AddLine(position, {end.x, position.y}, to_im(ui.theme.line));
    list_->AddLine(position, {position.x, end.y}, to_im(ui.theme.line));
    const ImVec2 at(position.x + pad, position.y + ui.px(14));
    note_at_ = {at.x + draw_text(*list_, ui.fonts.small, at, ui.theme.dim, heading) + ui.px(20), at.y};
    origin_ = {at.x, at.y + ui.px(32)};
    width_ = size.x - 2 * pad;
    bottom_ = end.y - ui.px(14);
}

Panel::~Panel() {
    list_->PopClipRect();
    ImGui::End();
}

bool Panel::tab(std::string_view word, bool on) {
    const float width = text_width(ui_.fonts.small, word);
    const float margin = ui_.px(6);
    const bool hovered = ImGui::IsWindowHovered() &&
                         ImGui::IsMouseHoveringRect(
                             {note_at_.x - margin, note_at_.y - margin},
                             {note_at_.x + width + margin, note_at_.y + ui_.fonts.small->FontSize + margin});
    const timeline::Color color = on || hovered ? ui_.theme.text : ui_.theme.dim;
    draw_text(*list_, ui_.fonts.small, note_at_, color, word);
    note_at_.x += width + ui_.px(14);
    return hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
}

void Panel::note(std::string_view text, timeline::Color color) {
    draw_text(*list_, ui_.fonts.small, note_at_, color, text, origin_.x + width_ - note_at_.x);
}

void Panel::right_note(std::string_view text, timeline::Color color) {
    const float width = text_width(ui_.fonts.small, text);
    const float left = std::max(origin_.x + width_ - width, note_at_.x);
    draw_text(*list_, ui_.fonts.small, {left, note_at_.y}, color, text, origin_.x + width_ - left + 1);
}

void draw_card(const Ui& ui, ImDrawList& list, ImVec2 from, ImVec2 to, timeline::Color fill,
               timeline::Color edge, float border) {
    const float radius = ui.px(7);
    list.AddRectFilled(from, to, to_im(fill), radius);
    if (border > 0) list.AddRect(from, to, to_im(edge), radius, 0, border);
}

}  // namespace loopscope::panels
