#include "app/panels/why_panel.hpp"

#include "app/session/causes.hpp"
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

/// The verdict on a leak, on a ground of its own; gives the y below it.
float verdict(const Ui& ui, const Panel& panel, const std::string& text, float y) {
    if (text.empty()) return y;
    const float height = ui.fonts.bold->FontSize + ui.px(14);
    const float width = std::min(text_width(ui.fonts.bold, text) + ui.px(28), panel.width());
    const ImVec2 from(panel.origin().x, y + ui.px(2));
    panel.list().AddRectFilled(from, {from.x + width, from.y + height}, to_im(ui.theme.leak), ui.px(7));
    draw_text(panel.list(), ui.fonts.bold, {from.x + ui.px(14), from.y + ui.px(7)}, ui.theme.text, text,
              width - ui.px(28));
    return from.y + height + ui.px(12);
}

/// The list of causes, the latest first, as beads on a line.
std::optional<std::uint32_t> beads(const Ui& ui, const session::Session& session, const Panel& panel,
                                   const std::vector<session::Cause>& causes, float y) {
    const float line = ui.fonts.text->FontSize + ui.px(9);
    if (causes.empty() || y + 2 * line > panel.bottom()) return std::nullopt;
    draw_text(panel.list(), ui.fonts.small, {panel.origin().x, y}, ui.theme.dim, "CAUSES");
    y += line;
    const auto rows = std::min(static_cast<std::size_t>((panel.bottom() - y) / line), causes.size());
    const float x = panel.origin().x + ui.px(6);
    std::optional<std::uint32_t> clicked;
    for (std::size_t row = 0; row < rows; ++row, y += line) {
        const session::Cause& cause = causes[row];
        const ImVec2 from(panel.origin().x, y - ui.px(3));
        const ImVec2 to(from.x + panel.width(), from.y + line);
        const bool hovered = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(from, to);
        if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) clicked = cause.event;
        const float middle = y + ui.fonts.text->FontSize / 2;
        if (row + 1 < rows)
            panel.list().AddLine({x, middle}, {x, middle + line}, to_im(ui.theme.line), ui.px(2));
        panel.list().AddCircleFilled({x, middle}, ui.px(5),
                                     to_im(cause.task ? ui.hue(session, cause.task) : ui.theme.text));
        draw_text(panel.list(), ui.fonts.text, {x + ui.px(18), y}, hovered ? ui.theme.text : ui.theme.dim,
                  cause.text, panel.width() - ui.px(30));
    }
    return clicked;
}

}  // namespace

std::optional<std::uint32_t> why_panel(const Ui& ui, session::Session& session, timeline::Rect rect) {
    const Panel panel(ui, "WHY", {rect.x, rect.y}, {rect.width, rect.height});
    const trace::State& state = session.state();
    const session::Why why = session::why(session.log(), session.index(), state, session.cursor());
    float y = panel.origin().y;
    y = paragraph(ui, panel, ui.fonts.large, ui.theme.text, why.cause, y);
    y = paragraph(ui, panel, ui.fonts.large, ui.theme.text, why.action, y);
    y = verdict(ui, panel, why.leak, y);
    // Before anything has happened: what one is about to see.
    if (session.cursor() == session.first_event())
        paragraph(ui, panel, ui.fonts.text, ui.theme.dim, std::string(session.setup().program->text), y);
    return beads(ui, session, panel, session::causes(session.log(), session.index(), state, session.cursor()),
                 y + ui.px(6));
}

}  // namespace loopscope::panels
