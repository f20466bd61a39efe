// SPDX-License-Identifier: MIT
#include "app/panels/output_lines.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
#include "core/base/utf8.hpp"
#include "core/explain/output_line.hpp"
#include "core/explain/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

/// The number of prints at the start, and before the cursor, that tell how a program prints.
constexpr std::uint32_t looked_at = 64;

bool is_long(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    return first_character_bytes(text).size() < text.size();
}

/// Draws the lines of one frame.
class LinePainter {
  public:
    LinePainter(const Ui& ui, const OutputScene& scene, const Panel& panel)
        : ui_(ui),
          session_(scene.session),
          hits_(scene.hits),
          panel_(panel),
          step_(output_line_height(ui)),
          who_(std::min(ui.px(190), panel.width() * 0.34F)) {}

    [[nodiscard]] float step() const { return step_; }

    /// Draws a line. Returns the print of it that was clicked.
    std::optional<PrintIndex> line(const explain::OutputLine& line, float y, bool is_last) {
        const trace::PrintInfo print = session_.index().prints()[line.first];
        const ImVec2 at(panel_.origin().x, y);
        const ImVec2 end(at.x + panel_.width(), y + step_);
        if (is_last)
            panel_.list().AddRectFilled({at.x - ui_.px(4), y}, {end.x + ui_.px(4), end.y},
                                        to_im(ui_.theme.marked), ui_.px(4));
        const timeline::Color own = print.task ? ui_.hue(session_, print.task) : ui_.theme.dim;
        panel_.list().AddRectFilled({at.x, y + ui_.px(4)}, {at.x + ui_.px(3), end.y - ui_.px(4)}, to_im(own));
        const std::string who = name_of(print.task);
        const float middle = y + (step_ - ui_.fonts.small->FontSize) / 2;
        draw_text(panel_.list(), ui_.fonts.small, {at.x + ui_.px(10), middle}, ui_.theme.dim,
                  end_of(who, who_ - ui_.px(18)), who_ - ui_.px(18));
        const timeline::Color ground = is_last ? ui_.theme.marked : ui_.theme.panel;
        const PrintIndex under = pieces(line, {at.x + who_, y}, end.x, own, ground);
        if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(at, end)) return std::nullopt;
        show_whole(line, who, at, end);
        if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return std::nullopt;
        return under;
    }

    void question(float y) {
        draw_text(panel_.list(), ui_.fonts.mono, {panel_.origin().x + who_, y}, ui_.theme.text, "?");
    }

  private:
    [[nodiscard]] std::string name_of(TaskId task) const {
        return task ? explain::task_label(session_.log(), session_.index(), task) : "a callback";
    }

    /// Returns as much of the end of a name as fits into `width` pixels: its number tells more than its
    /// beginning.
    [[nodiscard]] std::string end_of(const std::string& name, float width) const {
        if (fit_text(ui_.fonts.small, name, width).whole) return name;
        std::size_t low = 0;
        std::size_t high = name.size();
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (fit_text(ui_.fonts.small, "…" + name.substr(middle), width).whole)
                high = middle;
            else
                low = middle + 1;
        }
        while (high < name.size() && continues_character(name[high])) ++high;
        return "…" + name.substr(high);
    }

    /// Draws the pieces of a line side by side. Returns the one that the mouse is on, or else the one that
    /// tells most.
    PrintIndex pieces(const explain::OutputLine& line, ImVec2 at, float right, timeline::Color own,
                      timeline::Color ground) {
        PrintIndex under = explain::main_print_of(session_.index(), line);
        const float text_y = at.y + (step_ - ui_.fonts.mono->FontSize) / 2;
        for (PrintIndex each = line.first; each < line.end && at.x < right; ++each) {
            const trace::PrintInfo print = session_.index().prints()[each];
            std::string_view text = session_.log().printed_text(print.event);
            if (text.ends_with('\n')) text.remove_suffix(1);
            const timeline::Color color =
                print.writer ? ui_.hue_on(ground, session_, print.writer_task) : ui_.theme.text;
            if (hits_.has(print.event)) {
                const float found = std::min(text_width(ui_.fonts.mono, text), right - at.x);
                panel_.list().AddRect(
                    {at.x - 2, at.y + ui_.px(1)}, {at.x + found + 2, at.y + step_ - ui_.px(1)},
                    to_im(ui_.theme.accent.faded(0.8F)), ui_.px(3), 0, std::max(ui_.px(1.5F), 1.0F));
            }
            const float width =
                draw_text(panel_.list(), ui_.fonts.mono, {at.x, text_y}, color, text, right - at.x);
            if (print.leak) {
                const float below = at.y + step_ - ui_.px(3);
                panel_.list().AddRectFilled({at.x, below}, {at.x + width, below + std::max(ui_.px(2), 1.0F)},
                                            to_im(own));
            }
            if (ImGui::IsMouseHoveringRect(at, {at.x + width, at.y + step_})) under = each;
            at.x += width;
        }
        return under;
    }

    void show_whole(const explain::OutputLine& line, std::string_view who, ImVec2 from, ImVec2 to) const {
        constexpr std::size_t max_bytes = 4096;
        const std::string text = explain::text_of(session_.log(), session_.index(), line, max_bytes);
        const float room = panel_.width() - who_;
        const bool is_whole = fit_text(ui_.fonts.mono, text, room).whole &&
                              fit_text(ui_.fonts.small, who, who_ - ui_.px(18)).whole;
        const EventIndex event = session_.index().prints().event(line.first);
        const std::string time = trace::time_text(session_.index().time(session_.log(), event));
        ImGui::PushFont(ui_.fonts.small);
        show_tooltip(is_whole ? fmt::format("Go to where {} prints this  ·  {}", who, time)
                              : fmt::format("{}  ·  {}\n{}", who, time, text),
                     from, to);
        ImGui::PopFont();
    }

    const Ui& ui_;
    const session::Session& session_;
    const session::Hits& hits_;
    const Panel& panel_;
    float step_;
    float who_;  // width of the names
};

/// Returns the lines that `rows` rows show of those up to a print, in order: the last ones, or those that are
/// scrolled to. Scrolls no further than to the first line.
std::vector<explain::OutputLine> lines_shown(const session::Session& session, PrintIndex after,
                                             std::uint32_t rows, OutputScroll& scroll) {
    std::vector<explain::OutputLine> lines;
    const std::size_t wanted = std::size_t{rows} + scroll.lines;
    while (after.value > 0 && lines.size() < wanted) {
        explain::OutputLine line = explain::line_of_print(session.log(), session.index(), after - 1);
        line.end = std::min(line.end, after);
        lines.push_back(line);
        after = line.first;
    }
    const auto above = static_cast<std::uint32_t>(lines.size() - std::min<std::size_t>(lines.size(), rows));
    scroll.lines = std::min(scroll.lines, above);
    lines.erase(lines.begin(), lines.begin() + scroll.lines);
    std::ranges::reverse(lines);
    return lines;
}

}  // namespace

bool prints_lines(const session::Session& session) {
    const auto& prints = session.index().prints();
    const PrintIndex after = session.index().print_after(session.cursor());
    const auto any = [&](PrintIndex from, PrintIndex until) {
        for (; from < until; ++from) {
            if (is_long(session.log().printed_text(prints.event(from)))) return true;
        }
        return false;
    };
    return any({}, std::min(prints.end_index(), PrintIndex{looked_at})) ||
           any(PrintIndex{after.value - std::min(after.value, looked_at)}, after);
}

void OutputScroll::take_wheel(const session::Session& session, float top, float bottom) {
    if (cursor != session.cursor()) lines = 0;
    cursor = session.cursor();
    constexpr float lines_a_turn = 3;
    const float y = ImGui::GetIO().MousePos.y;
    const float wheel = ImGui::IsWindowHovered() && y >= top && y < bottom ? ImGui::GetIO().MouseWheel : 0;
    const float wanted = static_cast<float>(lines) + std::round(wheel * lines_a_turn);
    lines = std::min(static_cast<std::uint32_t>(std::max(wanted, 0.0F)), max_lines);
}

std::string OutputScroll::note(PrintIndex after) const {
    std::string text;
    if (first.value > 0) text = fmt::format("{} more above", explain::count_text(first.value));
    if (end < after)
        text += fmt::format("{}{} below", text.empty() ? "" : ", ", explain::count_text(after - end));
    return text;
}

float output_line_height(const Ui& ui) {
    return std::round(ui.fonts.mono->FontSize + ui.px(8));
}

float output_lines(const Ui& ui, const OutputScene& scene, const Panel& panel, float bottom,
                   OutputScroll& scroll, std::optional<PrintIndex>& clicked) {
    LinePainter painter(ui, scene, panel);
    const PrintIndex after = scene.session.index().print_after(scene.session.cursor());
    const float top = panel.origin().y;
    const auto rows = static_cast<std::uint32_t>(std::max((bottom - top) / painter.step(), 1.0F));
    scroll.take_wheel(scene.session, top, bottom);
    const auto lines = lines_shown(scene.session, after, rows - (scene.asks && rows > 1 ? 1 : 0), scroll);
    scroll.first = lines.empty() ? after : lines.front().first;
    scroll.end = lines.empty() ? after : lines.back().end;
    float y = top;
    for (const explain::OutputLine& line : lines) {
        if (const auto print = painter.line(line, y, line.end == after && !scene.asks)) clicked = print;
        y += painter.step();
    }
    if (scene.asks) painter.question(y), y += painter.step();
    return y;
}

}  // namespace loopscope::panels
