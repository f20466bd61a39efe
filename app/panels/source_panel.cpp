#include "app/panels/source_panel.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/panels/source.hpp"

namespace loopscope::panels {
namespace {

/// The first line to show: that of the first coroutine, unless the lit line would not be in view then.
std::size_t first_line(const std::vector<std::string_view>& lines, std::size_t rows, std::size_t lit) {
    const auto coroutine =
        std::ranges::find_if(lines, [](std::string_view line) { return line.starts_with("Coro<"); });
    const auto first = coroutine == lines.end() ? 1 : static_cast<std::size_t>(coroutine - lines.begin()) + 1;
    if (lit >= first + rows) return lit - rows / 2;
    return lit != 0 && lit < first ? lit : first;
}

}  // namespace

void source_panel(const Ui& ui, session::Session& session, timeline::Rect rect) {
    Panel panel(ui, "SOURCE", {rect.x, rect.y}, {rect.width, rect.height});
    const session::About about = session.about();
    panel.note(about.source_file, ui.theme.text);
    const trace::State& state = session.state();
    const auto lines = source_lines(about);
    ImFont* const font = ui.fonts.mono;
    const float step = font->FontSize + ui.px(3);
    const auto rows = static_cast<std::uint32_t>(std::max((panel.bottom() - panel.origin().y) / step, 1.0F));

    TaskId running;
    if (state.handle() && state.handle()->is_step) running = state.handle()->task;
    const std::uint32_t lit = running ? state.task(running).line : 0;
    std::map<std::uint32_t, std::vector<TaskId>> marks;
    for (std::uint32_t number = 1; number <= state.tasks().size(); ++number) {
        const trace::TaskStatus& task = state.task(TaskId{number});
        if (task.phase != trace::TaskStatus::Phase::ended && task.line != 0)
            marks[task.line].push_back(TaskId{number});
    }

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
}

}  // namespace loopscope::panels
