#include "app/panels/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "app/panels/ui.hpp"
#include "core/base/excerpt.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::panels {
namespace {

constexpr std::string_view ellipsis = "…";

/// Returns a beginning of the text that is long enough to fill `width` pixels: few characters are narrower
/// than a pixel, and none takes more than four bytes.
std::string_view visible_part(std::string_view text, float width) {
    return beginning_of(text, 64 + 4 * static_cast<std::size_t>(std::clamp(width, 0.0F, max_text_width)));
}

}  // namespace

FittedText fit_text(ImFont* font, std::string_view text, float width) {
    if (text.empty() || width <= 0) return {{}, 0, text.empty()};
    const std::string_view part = visible_part(text, width);
    const std::string_view line = part.substr(0, part.find('\n'));
    if (line.empty()) return {{}, 0, false};  // ImGui takes a null pointer for a C string
    const char* stopped = nullptr;
    // ImGui stops at a text that is exactly as wide as the limit.
    const float limit =
        std::nextafter(std::min(width, max_text_width), std::numeric_limits<float>::infinity());
    const float wide =
        font->CalcTextSizeA(font->FontSize, limit, 0, line.data(), line.data() + line.size(), &stopped).x;
    const auto taken = static_cast<std::size_t>(stopped - line.data());
    return {line.substr(0, taken), wide, taken == text.size()};
}

float text_width(ImFont* font, std::string_view text) {
    return fit_text(font, text, max_text_width).width;
}

float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, timeline::Color color, std::string_view text,
                float width) {
    const FittedText fitted = fit_text(font, text, width);
    if (fitted.whole) {
        if (text.empty()) return 0;
        list.AddText(font, font->FontSize, at, to_im(color), text.data(), text.data() + text.size());
        return fitted.width;
    }
    const float room = width - text_width(font, ellipsis);
    if (room < 0) return 0;
    const FittedText beginning = fit_text(font, fitted.text, room);
    const std::string cut = std::string(beginning.text) + std::string(ellipsis);
    list.AddText(font, font->FontSize, at, to_im(color), cut.data(), cut.data() + cut.size());
    return std::min(width, beginning.width + width - room);
}

std::string_view take_line(ImFont* font, std::string_view& rest, float width) {
    const FittedText fitted = fit_text(font, rest, width);
    std::size_t end = fitted.text.size();
    const auto is_blank = [&](std::size_t at) { return rest[at] == ' ' || rest[at] == '\n'; };
    if (!fitted.whole && end < rest.size() && !is_blank(end)) {
        const std::size_t blank = fitted.text.rfind(' ');
        if (blank != std::string_view::npos && blank > 0) end = blank;
        if (end == 0) end = first_character_bytes(rest).size();
    }
    std::string_view line = rest.substr(0, end);
    while (line.ends_with(' ')) line.remove_suffix(1);
    rest.remove_prefix(end);
    // The number of blanks is limited to what fits on a line, because a text may consist of blanks only.
    for (std::size_t left = visible_part(rest, width).size(); left > 0 && rest.starts_with(' '); --left)
        rest.remove_prefix(1);
    if (rest.starts_with('\n')) rest.remove_prefix(1);
    return line;
}

float draw_lines(ImDrawList& list, ImFont* font, ImVec2 at, timeline::Color color, std::string_view text,
                 float width, float step, float bottom) {
    while (!text.empty() && at.y + step < bottom) {
        // The last line gets all of the text that is left, and is cut.
        const bool is_last = at.y + 2 * step >= bottom;
        draw_text(list, font, at, color, is_last ? text : take_line(font, text, width), width);
        at.y += step;
        if (is_last) break;
    }
    return at.y;
}

int count_lines(ImFont* font, std::string_view text, float width, int max) {
    int lines = 0;
    for (; lines <= max && !text.empty(); ++lines) take_line(font, text, width);
    return lines;
}

void show_tooltip(std::string_view text) {
    ImFont* const font = ImGui::GetFont();
    const float width = ImGui::GetIO().DisplaySize.x * 0.6F;
    constexpr int max_tooltip_lines = 20;
    // The window around it may have no padding.
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {font->FontSize * 0.7F, font->FontSize * 0.5F});
    ImGui::BeginTooltip();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (int line = 0; line < max_tooltip_lines && !text.empty(); ++line) {
        const std::string_view shown = take_line(font, text, width);
        ImGui::TextUnformatted(shown.data(), shown.data() + shown.size());
    }
    ImGui::PopStyleVar();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
}

}  // namespace loopscope::panels
