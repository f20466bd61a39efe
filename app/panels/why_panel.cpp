#include "app/panels/why_panel.hpp"

#include "app/session/why.hpp"

namespace loopscope::panels {
namespace {

/// A paragraph; gives the y below it.
float paragraph(const Ui& ui, const Panel& panel, ImFont* font, timeline::Color color,
                const std::string& text, float y) {
    if (text.empty()) return y;
    const float line = font->FontSize * 1.35F;
    const char* begin = text.data();
    const char* const end = begin + text.size();
    while (begin < end && y + line < panel.bottom()) {
        const char* const cut =
            std::max(font->CalcWordWrapPositionA(1, begin, end, panel.width()), begin + 1);
        draw_text(panel.list(), font, {panel.origin().x, y}, color,
                  {begin, static_cast<std::size_t>(cut - begin)});
        y += line;
        begin = cut;
        while (begin < end && *begin == ' ') ++begin;
    }
    return y + ui.px(8);
}

}  // namespace

void why_panel(const Ui& ui, session::Session& session, timeline::Rect rect) {
    const Panel panel(ui, "WHY", {rect.x, rect.y}, {rect.width, rect.height});
    const session::Why why = session::why(session.log(), session.index(), session.state(), session.cursor());
    float y = panel.origin().y;
    y = paragraph(ui, panel, ui.fonts.large, ui.theme.text, why.cause, y);
    y = paragraph(ui, panel, ui.fonts.large, ui.theme.text, why.action, y);
    if (why.leak.empty()) return;
    const float height = ui.fonts.bold->FontSize + ui.px(14);
    const float width = text_width(ui.fonts.bold, why.leak) + ui.px(28);
    const ImVec2 from(panel.origin().x, y + ui.px(4));
    panel.list().AddRectFilled(from, {from.x + std::min(width, panel.width()), from.y + height},
                               to_im(ui.theme.leak), ui.px(7));
    draw_text(panel.list(), ui.fonts.bold, {from.x + ui.px(14), from.y + ui.px(7)}, ui.theme.text, why.leak,
              panel.width() - ui.px(28));
}

}  // namespace loopscope::panels
