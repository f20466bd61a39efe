// SPDX-License-Identifier: MIT
#include "app/panels/why_panel.hpp"

#include <algorithm>
#include <utility>

namespace loopscope::panels {
namespace {

/// How many causes of the history are looked for at first, more than a screen has rows: as many again when
/// they have been scrolled through.
constexpr std::size_t causes_at_once = 100;

constexpr float line_spacing = 1.35F;  // of the font's size
constexpr float paragraph_gap = 8;     // design pixels

/// Draws a paragraph. Returns the y below it.
float paragraph(const Ui& ui, const Panel& panel, ImFont* font, timeline::Color color,
                const std::string& text, float y) {
    if (text.empty()) return y;
    return draw_lines(panel.list(), font, {panel.origin().x, y}, color, text, panel.width(),
                      font->FontSize * line_spacing, panel.bottom()) +
           ui.px(paragraph_gap);
}

/// Returns the height of the band with the verdict, and of the gap below it.
float verdict_height(const Ui& ui) {
    return ui.fonts.bold->FontSize + ui.px(14);
}
constexpr float verdict_gap = 14;  // design pixels, above and below

/// Returns whether all sentences of WHY fit into a panel in a font.
bool fits(const Ui& ui, const Panel& panel, ImFont* font, const explain::Why& why) {
    const float step = font->FontSize * line_spacing;
    float room = panel.bottom() - panel.origin().y;
    if (!why.verdict.empty()) room -= verdict_height(ui) + ui.px(verdict_gap);
    for (const std::string* text : {&why.cause, &why.action, &why.way}) {
        if (text->empty()) continue;
        const int max = static_cast<int>(std::max(room, 0.0F) / step);
        room -=
            static_cast<float>(count_lines(font, *text, panel.width(), max)) * step + ui.px(paragraph_gap);
    }
    // draw_lines leaves a line out that would touch the bottom; the gap after the last sentence may be cut.
    return room + ui.px(paragraph_gap) > 0;
}

/// Returns the font of the sentences: the largest in which all of them fit, or else the smallest. The last
/// line often has what matters most: the file and the line.
ImFont* sentence_font(const Ui& ui, const Panel& panel, const explain::Why& why) {
    for (ImFont* const font : {ui.fonts.large, ui.fonts.text}) {
        if (fits(ui, panel, font, why)) return font;
    }
    return ui.fonts.small;
}

/// Draws the verdict on a leak or a stale read with a background of its own. Returns the y below it.
float verdict(const Ui& ui, const Panel& panel, const std::string& text, float y) {
    if (text.empty()) return y;
    const float height = verdict_height(ui);
    const float width = std::min(text_width(ui.fonts.bold, text) + ui.px(28), panel.width());
    const ImVec2 from(panel.origin().x, y + ui.px(2));
    panel.list().AddRectFilled(from, {from.x + width, from.y + height}, to_im(ui.theme.leak), ui.px(7));
    draw_text(panel.list(), ui.fonts.bold, {from.x + ui.px(14), from.y + ui.px(7)}, ui.theme.text, text,
              width - ui.px(28));
    return from.y + height + ui.px(verdict_gap - 2);
}

/// Draws lists of causes as beads on a line, from `y` down.
class CauseList {
  public:
    CauseList(const Ui& ui, const session::Session& session, const Panel& panel, float y)
        : ui_(ui), session_(session), panel_(panel), line_(ui.fonts.text->FontSize + ui.px(9)), y_(y) {}

    /// Returns the number of rows that fit below a title.
    [[nodiscard]] std::size_t room() const {
        return static_cast<std::size_t>(std::max((panel_.bottom() - y_) / line_ - 1, 0.0F));
    }

    /// Draws a list, from where it is scrolled to. Returns the event of the cause that was clicked.
    std::optional<EventIndex> list(std::string_view title, const std::vector<explain::Cause>& causes,
                                   ListScroll& scroll, bool goes_on = false) {
        const std::size_t rows = std::min(room(), causes.size());
        if (rows == 0) return std::nullopt;
        const timeline::Rect area{panel_.origin().x, y_, panel_.width(),
                                  line_ * static_cast<float>(rows + 1)};
        scroll.update(area, causes.size(), rows, goes_on);
        const std::string note = scroll.hidden() > 0 ? "   " + scroll.note() : std::string();
        draw_text(panel_.list(), ui_.fonts.small, {panel_.origin().x, y_}, ui_.theme.dim,
                  std::string(title) + note, panel_.width());
        y_ += line_;
        std::optional<EventIndex> clicked;
        for (std::size_t at = scroll.first(); at < scroll.end(); ++at, y_ += line_) {
            if (row(causes[at], at + 1 < scroll.end())) clicked = causes[at].event;
        }
        scroll.draw_bar(ui_, panel_.list(), {area.x, area.y + line_, area.width, area.height - line_});
        y_ += ui_.px(8);
        return clicked;
    }

  private:
    /// Draws a row. Returns whether it was clicked.
    bool row(const explain::Cause& cause, bool goes_on) const {
        const float x = panel_.origin().x + ui_.px(6);
        const ImVec2 from(panel_.origin().x, y_ - ui_.px(3));
        const ImVec2 to(from.x + panel_.width(), from.y + line_);
        const bool hovered = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(from, to);
        const float middle = y_ + ui_.fonts.text->FontSize / 2;
        if (goes_on)
            panel_.list().AddLine({x, middle}, {x, middle + line_}, to_im(ui_.theme.line), ui_.px(2));
        panel_.list().AddCircleFilled({x, middle}, ui_.px(5),
                                      to_im(cause.task ? ui_.hue(session_, cause.task) : ui_.theme.text));
        draw_text(panel_.list(), ui_.fonts.text, {x + ui_.px(18), y_},
                  hovered ? ui_.theme.text : ui_.theme.dim, cause.text, panel_.width() - ui_.px(30));
        if (hovered) show_tooltip("Go to this event", from, to);
        return hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
    }

    const Ui& ui_;
    const session::Session& session_;
    const Panel& panel_;
    float line_;
    float y_;
};

}  // namespace

const explain::Why& WhyPanel::why(const session::Session& session) {
    return why_.get(session, [&] { return explain::why(session.facts()); });
}

std::optional<EventIndex> WhyPanel::update(const Ui& ui, const session::Session& session,
                                           timeline::Rect rect) {
    const Panel panel(ui, "WHY", {rect.x, rect.y}, {rect.width, rect.height});
    const explain::Why& why = this->why(session);
    ImFont* const font = sentence_font(ui, panel, why);
    float y = panel.origin().y;
    y = paragraph(ui, panel, font, ui.theme.text, why.cause, y);
    y = paragraph(ui, panel, font, ui.theme.text, why.action, y);
    y = verdict(ui, panel, why.verdict, y);
    y = paragraph(ui, panel, font, ui.theme.text, why.way, y);
    // Before the first event, the panel says what the program is about.
    if (session.cursor() == session.first_event() && session.setup())
        y = paragraph(ui, panel, ui.fonts.text, ui.theme.dim, std::string(session.setup()->program->text), y);
    CauseList beads(ui, session, panel, y + ui.px(6));
    if (std::exchange(scrolled_at_, session.cursor()) != session.cursor()) {
        scrolls_ = {};
        wanted_history_ = causes_at_once;
    }
    if (session.index().is_of_tracks()) {
        const explain::Surroundings& around =
            surroundings_.get(session, [&] { return explain::surroundings(session.facts()); });
        const auto flow = beads.list("FLOWS", around.flows, scrolls_[0]);
        const auto outer = beads.list("INSIDE OF", around.inside_of, scrolls_[1]);
        return flow ? flow : outer;
    }
    const auto& causes = causes_.get(session, [&] { return explain::causes(session.facts()); });
    std::optional<EventIndex> clicked = beads.list("CAUSES", causes, scrolls_[0]);
    const auto& back =
        history_.get(session, [&] { return explain::history(session.facts(), wanted_history_); });
    // The first cause of the history is among the causes already.
    const bool goes_back = std::min(beads.room(), back.size()) > 1;
    const bool goes_on = back.size() == wanted_history_;
    if (const auto event =
            goes_back ? beads.list("BACK TO THE START", back, scrolls_[1], goes_on) : std::nullopt)
        clicked = event;
    if (goes_on && scrolls_[1].end() == back.size()) {
        wanted_history_ *= 2;
        history_ = {};
    }
    return clicked;
}

void WhyPanel::line(const Ui& ui, const session::Session& session, timeline::Rect rect) {
    const Panel panel(ui, "WHY", {rect.x, rect.y}, {rect.width, rect.height}, Panel::Content::anywhere);
    const explain::Why& why = this->why(session);
    ImFont* const font = ui.fonts.large;
    const float y = rect.y + (rect.height - font->FontSize) / 2;
    float x = panel.origin().x + ui.px(64);
    const float end = panel.origin().x + panel.width();
    const float wide =
        why.verdict.empty() ? 0 : std::min(text_width(ui.fonts.bold, why.verdict) + ui.px(32), (end - x) / 2);
    x += draw_text(panel.list(), font, {x, y}, ui.theme.text, why.action.empty() ? why.cause : why.action,
                   end - x - wide);
    if (why.verdict.empty()) return;
    x += ui.px(16);
    panel.list().AddRectFilled({x, rect.y + ui.px(14)}, {x + wide - ui.px(8), rect.bottom() - ui.px(14)},
                               to_im(ui.theme.leak), ui.px(7));
    draw_text(panel.list(), ui.fonts.bold,
              {x + ui.px(12), rect.y + (rect.height - ui.fonts.bold->FontSize) / 2}, ui.theme.text,
              why.verdict, wide - ui.px(32) + 1);
}

}  // namespace loopscope::panels
