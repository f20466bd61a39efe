// SPDX-License-Identifier: MIT
#include "app/panels/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

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

namespace {

/// Returns where a tooltip of a size stands, in a window of a size.
ImVec2 tooltip_at(ImVec2 size, const timeline::Rect& about, ImVec2 window, float gap) {
    const float right = std::max(window.x - size.x - gap, gap);
    const float x = std::clamp(about.x, gap, right);
    const float below = about.bottom() + gap;
    const float above = about.y - gap - size.y;
    if (below + size.y <= window.y - gap) return {x, below};
    if (above >= gap) return {x, above};
    // Where it is too high for both, it stands beside what it is about, as far as there is room.
    const float y = std::max(window.y - size.y - gap, gap);
    const float beside = about.right() + 2 * gap;
    return {beside + size.x <= window.x - gap ? beside : std::max(about.x - size.x - 2 * gap, gap), y};
}

}  // namespace

void show_tooltip(std::string_view text, std::optional<timeline::Rect> about) {
    if (auto* const kept = static_cast<std::string*>(ImGui::GetIO().UserData)) *kept = text;
    ImFont* const font = ImGui::GetFont();
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    constexpr std::size_t max_tooltip_lines = 20;
    std::vector<std::string_view> lines;
    float wide = 0;
    while (lines.size() < max_tooltip_lines && !text.empty()) {
        lines.push_back(take_line(font, text, window.x * 0.6F));
        wide = std::max(wide, text_width(font, lines.back()));
    }
    if (!about) {
        const ImVec2 from = ImGui::GetItemRectMin();
        const ImVec2 size = ImGui::GetItemRectSize();
        about = timeline::Rect{from.x, from.y, size.x, size.y};
    }
    const ImVec2 padding(std::round(font->FontSize * 0.7F), std::round(font->FontSize * 0.5F));
    const ImVec2 size(std::ceil(wide) + 2 * padding.x,
                      font->FontSize * static_cast<float>(lines.size()) + 2 * padding.y);
    const ImVec2 at = tooltip_at(size, *about, window, std::round(font->FontSize * 0.4F));
    ImGui::SetNextWindowPos({std::round(at.x), std::round(at.y)});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    ImGui::BeginTooltip();
    for (const std::string_view line : lines) ImGui::TextUnformatted(line.data(), line.data() + line.size());
    ImGui::EndTooltip();
    ImGui::PopStyleVar(2);
}

void show_tooltip(std::string_view text, ImVec2 from, ImVec2 to) {
    show_tooltip(text, timeline::Rect{from.x, from.y, to.x - from.x, to.y - from.y});
}

}  // namespace loopscope::panels
