// SPDX-License-Identifier: MIT
#include "app/panels/task_name.hpp"

#include <algorithm>

namespace loopscope::panels {
namespace {

ImFont* font_of_symbol(const Ui& ui, ImFont* font) {
    return font == ui.fonts.text ? ui.fonts.bold : font;
}

/// Returns the text of a name, or as much of it as fits into `width` pixels with an ellipsis behind it.
std::string cut(ImFont* font, std::string_view text, float width) {
    const FittedText whole = fit_text(font, text, width);
    if (whole.whole) return std::string(whole.text);
    const FittedText fitted = fit_text(font, text, std::max(width - text_width(font, "…"), 0.0F));
    return std::string(fitted.text) + "…";
}

}  // namespace

std::string fit_name(ImFont* font, const explain::TaskName& name, float width) {
    const std::string behind = name.symbol_part() + name.number_part();
    return cut(font, name.text, std::max(width - text_width(font, behind), 0.0F)) + behind;
}

float width_of_name(const Ui& ui, ImFont* font, const explain::TaskName& name) {
    return text_width(font, name.text) + text_width(font_of_symbol(ui, font), name.symbol_part()) +
           text_width(font, name.number_part());
}

float draw_name(const Ui& ui, ImDrawList& list, ImFont* font, ImVec2 at, const NameInk& ink,
                const explain::TaskName& name, float width) {
    const float right = at.x + width;
    const float left = at.x;
    ImFont* const bold = font_of_symbol(ui, font);
    const std::string symbol = name.symbol_part();
    const std::string number = name.number_part();
    // A symbol that is long itself leaves half of the room to the text.
    const float number_width = text_width(font, number);
    const float symbol_width = std::min(text_width(bold, symbol), std::max(width / 2 - number_width, 0.0F));
    const float room = std::max(width - symbol_width - number_width, 0.0F);
    at.x += draw_text(list, font, at, ink.text, cut(font, name.text, room), right - at.x);
    at.x += draw_text(list, bold, at, ink.symbol, symbol, std::min(symbol_width + 1, right - at.x));
    at.x += draw_text(list, font, at, ink.text, number, right - at.x);
    return at.x - left;
}

}  // namespace loopscope::panels
