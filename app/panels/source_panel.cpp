// SPDX-License-Identifier: MIT
#include "app/panels/source_panel.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "app/panels/command.hpp"
#include "app/panels/frame_budget.hpp"

namespace loopscope::panels {
namespace {

/// Beginnings of the first line of a program's own code, in either language.
constexpr std::string_view beginnings[] = {"Coro<", "class ", "struct ", "async def "};

/// Returns the number of the line where the program's own code begins.
std::size_t first_of_code(const std::vector<std::string>& lines) {
    const auto begins = std::ranges::find_if(lines, [](const std::string& line) {
        return std::ranges::any_of(beginnings, [&](std::string_view each) { return line.starts_with(each); });
    });
    return begins == lines.end() ? 1 : static_cast<std::size_t>(begins - lines.begin()) + 1;
}

/// Returns the number of the first line to show: the first of the code, unless the highlighted line would not
/// be in view then.
std::size_t first_line(std::size_t first, std::size_t rows, std::size_t highlight) {
    if (highlight >= first + rows) return highlight - rows / 2;
    return highlight != 0 && highlight < first ? highlight : first;
}

/// The maximum number of dots at a line.
constexpr std::size_t max_dots = 8;

/// Returns the number of the line of a file, as it is shown in a language.
std::uint32_t shown_line(const feed::About& about, Language language, std::uint32_t file,
                         std::uint32_t line) {
    return file == 1 ? line_number(about, language, line) : line;
}

/// Returns the lines of a file where tasks are, with the first of those tasks.
SourceMarks marks_of(const trace::State& state, const feed::About& about, Language language,
                     std::uint32_t file) {
    SourceMarks marks;
    for (std::uint32_t number = 1; number <= state.tasks().size(); ++number) {
        const trace::TaskStatus& task = state.task(TaskId{number});
        if (task.phase == trace::TaskStatus::Phase::ended || task.file != file) continue;
        const std::uint32_t line = shown_line(about, language, file, task.line);
        if (line == 0) continue;
        std::vector<TaskId>& tasks = marks[line];
        if (tasks.size() < max_dots) tasks.push_back(TaskId{number});
    }
    return marks;
}

/// Returns "3 of 10 times": how often the line has run up to the cursor, and in the trace so far.
std::string times_text(const session::LineRuns& runs, const session::Session& session) {
    const std::size_t all = runs.events().size();
    const double done = runs.progress();
    if (done < 1) return fmt::format("{} times, {:.0f} % searched", all, 100 * done);
    if (all == 0) return "has not run";
    return fmt::format("{} of {} {}", runs.until(session.cursor()), all, all == 1 ? "time" : "times");
}

/// Draws the lines, one below the other.
class LinePainter {
  public:
    LinePainter(const Ui& ui, const session::Session& session, const Panel& panel, Language language,
                std::uint32_t file, const FileLine& now, const SourceMarks& marks,
                const session::LineRuns& runs, std::size_t code)
        : ui_(ui),
          session_(session),
          panel_(panel),
          font_(ui.fonts.mono),
          lines_(source_lines(session.about(), language, file)),
          step_(font_->FontSize + ui.px(3)),
          marks_(marks),
          runs_(runs) {
        if (now.file == file) lit_ = shown_line(session.about(), language, file, now.line);
        if (!runs.lines().empty() && runs.file() == file)
            chosen_ = shown_line(session.about(), language, file, runs.lines().front());
        rows_ = static_cast<std::uint32_t>(std::max((panel.bottom() - panel.origin().y) / step_, 1.0F));
        first_ = static_cast<std::uint32_t>(first_line(code, rows_, lit_));
    }

    /// Scrolls so many lines down from what is shown by itself, but no further than to the first or the last
    /// line. Returns how many lines that are.
    std::ptrdiff_t scroll(std::ptrdiff_t down) {
        const auto from = static_cast<std::ptrdiff_t>(first_);
        const auto last = static_cast<std::ptrdiff_t>(lines_.size()) - rows_ + 1;
        const std::ptrdiff_t to =
            std::clamp<std::ptrdiff_t>(from + down, 1, std::max<std::ptrdiff_t>(last, from));
        first_ = static_cast<std::uint32_t>(to);
        return to - from;
    }

    void draw() {
        for (std::uint32_t line = first_; line < first_ + rows_ && line <= lines_.size(); ++line) row(line);
    }

    /// Returns the line under the mouse; 0 if there is none.
    [[nodiscard]] std::uint32_t hovered() const {
        if (!ImGui::IsWindowHovered()) return 0;
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        const float down = (mouse.y - panel_.origin().y + ui_.px(3)) / step_;
        if (down < 0 || down >= static_cast<float>(rows_)) return 0;
        const std::uint32_t line = first_ + static_cast<std::uint32_t>(down);
        return line <= lines_.size() ? line : 0;
    }

  private:
    void row(std::uint32_t line) {
        const float y = panel_.origin().y + static_cast<float>(line - first_) * step_;
        const float left = panel_.origin().x;
        if (line == lit_) ground(y, ui_.theme.marked);
        if (line != lit_ && line == hovered()) ground(y, ui_.theme.card);
        if (line == lit_) {
            panel_.list().AddRectFilled({left - ui_.px(12), y - ui_.px(3)},
                                        {left - ui_.px(9), y + step_ - ui_.px(3)},
                                        to_im(ui_.hue(session_, running())));
        }
        const std::string number = fmt::format("{}", line);
        draw_text(panel_.list(), font_, {left + ui_.px(30) - text_width(font_, number), y},
                  line == chosen_ || line == lit_ ? ui_.theme.text : ui_.theme.hint, number);
        float right = dots(line, y) - ui_.px(6);
        if (line == chosen_) right = times(y, right) - ui_.px(10);
        draw_text(panel_.list(), font_, {left + ui_.px(48), y},
                  line == lit_ ? ui_.theme.text : ui_.theme.text.faded(0.78F), lines_[line - 1],
                  right - left - ui_.px(48));
    }

    void ground(float y, timeline::Color color) {
        const float left = panel_.origin().x;
        panel_.list().AddRectFilled({left - ui_.px(12), y - ui_.px(3)},
                                    {left + panel_.width() + ui_.px(8), y + step_ - ui_.px(3)}, to_im(color),
                                    ui_.px(4));
    }

    [[nodiscard]] TaskId running() const {
        const auto& handle = session_.state().handle();
        return handle && handle->is_step ? handle->task : TaskId();
    }

    /// Draws a dot for each task at a line. Returns the x where the dots begin.
    float dots(std::uint32_t line, float y) {
        const float end = panel_.origin().x + panel_.width();
        const auto tasks = marks_.find(line);
        if (tasks == marks_.end()) return end;
        const std::size_t count = tasks->second.size();
        const float begin = end - static_cast<float>(count) * ui_.px(15);
        for (std::size_t dot = 0; dot < count; ++dot) {
            const float x = begin + static_cast<float>(dot) * ui_.px(15) + ui_.px(7);
            panel_.list().AddCircleFilled({x, y + font_->FontSize / 2}, ui_.px(5),
                                          to_im(ui_.hue(session_, tasks->second[dot])));
        }
        return begin;
    }

    /// Draws how often the chosen line ran. Returns the x where the text begins.
    float times(float y, float right) {
        const std::string text = times_text(runs_, session_);
        const float begin = right - text_width(ui_.fonts.small, text);
        draw_text(panel_.list(), ui_.fonts.small,
                  {begin, y + (font_->FontSize - ui_.fonts.small->FontSize) / 2}, ui_.theme.text, text);
        return begin;
    }

    const Ui& ui_;
    const session::Session& session_;
    const Panel& panel_;
    ImFont* font_;
    const std::vector<std::string>& lines_;
    float step_;
    const SourceMarks& marks_;
    std::uint32_t lit_ = 0;     // line of the handle at the cursor; 0: none
    std::uint32_t chosen_ = 0;  // the line that was clicked; 0: none
    const session::LineRuns& runs_;
    std::uint32_t rows_ = 1;
    std::uint32_t first_ = 1;
};

}  // namespace

const FileLine& SourcePanel::now(const session::Session& session) {
    return now_.get(session, [&] { return told_line(session.facts()); });
}

/// Shows the file that the handle at the cursor is in, if its text is known; else what was shown.
void SourcePanel::follow(const session::Session& session) {
    const feed::About about = session.about();
    if (code_ && std::get<0>(*code_) != session.index().serial()) file_ = 1;
    const FileLine now = this->now(session);
    if (now.line != 0 && !source_lines(about, Language::native, now.file).empty()) file_ = now.file;
}

/// Looks for where a line ran, to go there.
void SourcePanel::look_at(std::uint32_t line, const session::Session& session, Language language,
                          Response& response) {
    if (file_ == 1)
        runs_.look_at(native_lines(session.about(), language, line));
    else
        runs_.look_at({line}, file_);
    response.nowhere = runs_.lines().empty();
    seen_ = is_over(runs_.poll(session, frame_slice));
    wanted_ = ImGui::GetIO().KeyShift ? session::Direction::back : session::Direction::forward;
    wanted_from_ = session.cursor();
}

SourcePanel::Response SourcePanel::update(const Ui& ui, const session::Session& session, timeline::Rect rect,
                                          Language wanted) {
    Panel panel(ui, "SOURCE", {rect.x, rect.y}, {rect.width, rect.height});
    const feed::About about = session.about();
    const Language language = about.has_twin() ? wanted : Language::native;
    Response response;
    if (about.has_twin()) {
        const std::string tip = tip_of(Action::language);
        if (panel.tab("C++", language == Language::native, tip)) response.language = Language::native;
        if (panel.tab("Python", language == Language::python, tip)) response.language = Language::python;
    }
    follow(session);
    if (source_lines(about, language, file_).empty()) {
        panel.note("this recording has no source", ui.theme.hint);
        return response;
    }
    panel.hint("click a line: where it ran");
    const std::string_view other =
        file_ == 1 ? std::string_view() : session.log().strings()[session.index().files()[file_ - 1]];
    panel.right_note(file_ == 1 ? source_file(about, language) : other.substr(other.rfind('/') + 1),
                     ui.theme.dim);
    seen_ = is_over(runs_.poll(session, frame_slice));
    const SourceMarks& marks = marks_.at(language == Language::native ? 0 : 1).get(session, [&] {
        return marks_of(session.state(), about, language, file_);
    });
    if (const Code now{session.index().serial(), language, file_}; !code_ || now != *code_) {
        code_ = now;
        code_line_ = first_of_code(source_lines(about, language, file_));
    }
    LinePainter artist(ui, session, panel, language, file_, now(session), marks, runs_, code_line_);
    if (scrolled_at_ != session.cursor()) scrolled_ = 0;
    scrolled_at_ = session.cursor();
    constexpr float lines_a_turn = 3;
    const float wheel = ImGui::IsWindowHovered() ? ImGui::GetIO().MouseWheel : 0;
    scrolled_ = artist.scroll(scrolled_ - std::lround(wheel * lines_a_turn));
    artist.draw();
    const std::uint32_t hovered = artist.hovered();
    if (hovered != 0 && ImGui::IsMouseClicked(ImGuiMouseButton_Left))
        look_at(hovered, session, language, response);
    if (wanted_from_ != session.cursor()) wanted_.reset();  // the user has moved the cursor meanwhile
    if (wanted_ && seen_) response.event = runs_.next(session.cursor(), *std::exchange(wanted_, {}));
    return response;
}

}  // namespace loopscope::panels
