#include "app/panels/source_panel.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace loopscope::panels {
namespace {

/// How the first line that matters begins, in either language.
constexpr std::string_view beginnings[] = {"Coro<", "class ", "struct ", "async def "};

/// The first line to show: where the program's own code begins, unless the lit line would not be in view
/// then.
std::size_t first_line(const std::vector<std::string>& lines, std::size_t rows, std::size_t lit) {
    const auto begins = std::ranges::find_if(lines, [](const std::string& line) {
        return std::ranges::any_of(beginnings, [&](std::string_view each) { return line.starts_with(each); });
    });
    const auto first = begins == lines.end() ? 1 : static_cast<std::size_t>(begins - lines.begin()) + 1;
    if (lit >= first + rows) return lit - rows / 2;
    return lit != 0 && lit < first ? lit : first;
}

/// The lines where tasks are, with those tasks.
std::map<std::uint32_t, std::vector<TaskId>> marks_of(const trace::State& state, const session::About& about,
                                                      Language language) {
    std::map<std::uint32_t, std::vector<TaskId>> marks;
    for (std::uint32_t number = 1; number <= state.tasks().size(); ++number) {
        const trace::TaskStatus& task = state.task(TaskId{number});
        const std::uint32_t line = line_number(about, language, task.line);
        if (task.phase != trace::TaskStatus::Phase::ended && line != 0) marks[line].push_back(TaskId{number});
    }
    return marks;
}

/// The line of the trace that the handle at the cursor has reached; 0: none.
std::uint32_t current_line(session::Session& session) {
    const trace::State& state = session.state();
    if (!state.handle()) return 0;
    if (state.handle()->is_step) return state.task(state.handle()->task).line;
    // A callback has no place of its own to be in: the last line that it printed or read from.
    const trace::Log& log = session.log();
    for (std::uint32_t at = session.cursor(); log[at].kind() != trace::Kind::callback && at > 0; --at) {
        if (const trace::Kind kind = log[at].kind(); kind == trace::Kind::get || kind == trace::Kind::set ||
                                                     kind == trace::Kind::print ||
                                                     kind == trace::Kind::print_value)
            return log[at].line();
    }
    return 0;
}

}  // namespace

std::optional<Language> source_panel(const Ui& ui, session::Session& session, timeline::Rect rect,
                                     Language wanted) {
    Panel panel(ui, "SOURCE", {rect.x, rect.y}, {rect.width, rect.height});
    const session::About about = session.about();
    const Language language = about.has_twin() ? wanted : Language::native;
    std::optional<Language> clicked;
    if (about.has_twin()) {
        if (panel.tab("C++", language == Language::native)) clicked = Language::native;
        if (panel.tab("Python", language == Language::python)) clicked = Language::python;
    }
    panel.right_note(source_file(about, language), ui.theme.dim);
    const trace::State& state = session.state();
    const auto& lines = source_lines(about, language);
    ImFont* const font = ui.fonts.mono;
    const float step = font->FontSize + ui.px(3);
    const auto rows = static_cast<std::uint32_t>(std::max((panel.bottom() - panel.origin().y) / step, 1.0F));

    TaskId running;
    if (state.handle() && state.handle()->is_step) running = state.handle()->task;
    const std::uint32_t lit = line_number(about, language, current_line(session));
    const auto marks = marks_of(state, about, language);

    const auto first = static_cast<std::uint32_t>(first_line(lines, rows, lit));
    for (std::uint32_t line = first; line < first + rows && line <= lines.size(); ++line) {
        const float y = panel.origin().y + static_cast<float>(line - first) * step;
        const float left = panel.origin().x;
        if (line == lit) {
            panel.list().AddRectFilled({left - ui.px(12), y - ui.px(3)},
                                       {left + panel.width() + ui.px(8), y + step - ui.px(3)},
                                       to_im(ui.theme.line), ui.px(4));
            panel.list().AddRectFilled({left - ui.px(12), y - ui.px(3)},
                                       {left - ui.px(9), y + step - ui.px(3)},
                                       to_im(ui.hue(session, running)));
        }
        const std::string number = fmt::format("{}", line);
        draw_text(panel.list(), font, {left + ui.px(30) - text_width(font, number), y}, ui.theme.faint,
                  number);
        const auto tasks = marks.find(line);
        const std::size_t dots = tasks == marks.end() ? 0 : std::min<std::size_t>(tasks->second.size(), 8);
        const float reserved = static_cast<float>(dots) * ui.px(15) + ui.px(6);
        draw_text(panel.list(), font, {left + ui.px(48), y},
                  line == lit ? ui.theme.text : ui.theme.text.faded(0.78F), lines[line - 1],
                  panel.width() - ui.px(48) - reserved);
        for (std::size_t dot = 0; dot < dots; ++dot) {
            const float x = left + panel.width() - static_cast<float>(dots - dot) * ui.px(15) + ui.px(7);
            panel.list().AddCircleFilled({x, y + font->FontSize / 2}, ui.px(5),
                                         to_im(ui.hue(session, tasks->second[dot])));
        }
    }
    return clicked;
}

}  // namespace loopscope::panels
