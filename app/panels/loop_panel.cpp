#include "app/panels/loop_panel.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/session/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

using trace::ReadyHandle;
using trace::TaskStatus;

/// Draws the panel's three cards, one below the other.
class LoopArtist {
  public:
    LoopArtist(const Ui& ui, session::Session& session, const Panel& panel, Language language)
        : ui_(ui),
          session_(session),
          state_(session.state()),
          panel_(panel),
          language_(language),
          y_(panel.origin().y) {}

    void ready() {
        const float height = ui_.px(76);
        card("ready", height);
        const float left = panel_.origin().x + label_width();
        const float right = panel_.origin().x + panel_.width() - ui_.px(14);
        float x = left;
        std::uint32_t place = 0;
        for (const ReadyHandle& handle : state_.ready()) {
            if (place == state_.left_in_iteration() && place > 0) x = next_iteration(x);
            const float width = chip_width(handle);
            const std::size_t more = state_.ready().size() - place;
            const std::string rest = fmt::format("+{}", more);
            if (x + width > right - (more > 1 ? text_width(ui_.fonts.text, rest) + ui_.px(10) : 0)) {
                draw_text(panel_.list(), ui_.fonts.text, {x, y_ + ui_.px(26)}, ui_.theme.dim, rest);
                break;
            }
            chip({x, y_ + ui_.px(18)}, handle, place < state_.left_in_iteration(), false);
            x += width + ui_.px(10);
            ++place;
        }
        note(x, right, height);
        y_ += height + ui_.px(10);
    }

    void runs() {
        const float height = ui_.px(64);
        card("runs", height);
        if (const auto& handle = state_.handle()) {
            const ImVec2 at(panel_.origin().x + label_width(), y_ + ui_.px(12));
            chip(at, *handle, true, true);
            const float x = at.x + chip_width(*handle) + ui_.px(18);
            const float room = panel_.origin().x + panel_.width() - x - ui_.px(12);
            if (room > ui_.px(60))
                draw_text(panel_.list(), ui_.fonts.mono, {x, at.y + ui_.px(9)}, ui_.theme.text,
                          doing(*handle), room);
        } else {
            const std::string_view text = state_.iteration() == 0
                                              ? "nothing yet: the loop has not begun"
                                              : "nothing yet: the iteration has just begun";
            draw_text(panel_.list(), ui_.fonts.small,
                      {panel_.origin().x + label_width(), y_ + (height - ui_.fonts.small->FontSize) / 2},
                      ui_.theme.dim, text);
        }
        y_ += height + ui_.px(10);
    }

    void waits() {
        const float height = std::max(panel_.bottom() - y_, ui_.px(40));
        card("waits", height);
        const float line = ui_.px(25);
        const auto rows = static_cast<std::size_t>((height - ui_.px(16)) / line);
        const std::vector<TaskId> waiting = waiting_tasks();
        const bool cut = waiting.size() > rows;
        for (std::size_t row = 0; row < std::min(waiting.size(), rows); ++row) {
            const float y = y_ + ui_.px(10) + static_cast<float>(row) * line;
            if (cut && rows > 1 && row + 1 == rows) {
                draw_text(panel_.list(), ui_.fonts.small, {panel_.origin().x + label_width(), y + ui_.px(2)},
                          ui_.theme.dim, fmt::format("and {} more", waiting.size() - row));
                break;
            }
            wait_row(waiting[row], y);
        }
    }

  private:
    [[nodiscard]] float label_width() const { return ui_.px(84); }

    void card(std::string_view label, float height) {
        draw_card(ui_, panel_.list(), {panel_.origin().x, y_},
                  {panel_.origin().x + panel_.width(), y_ + height}, ui_.theme.background, ui_.theme.line);
        draw_text(panel_.list(), ui_.fonts.small, {panel_.origin().x + ui_.px(16), y_ + ui_.px(12)},
                  ui_.theme.dim, label);
    }

    [[nodiscard]] std::string chip_text(const ReadyHandle& handle) const {
        if (handle.is_step)
            return std::string(session::task_name(session_.log(), session_.index(), handle.task));
        if (handle.callback == trace::Callback::sleep) return "timer";
        if (handle.callback == trace::Callback::user && handle.name)
            return std::string(session_.log().strings()[handle.name]);
        return std::string(name(handle.callback));
    }

    [[nodiscard]] std::string_view chip_symbol(const ReadyHandle& handle) const {
        return session::chain_symbol(session_.log(), session_.index(), handle.task);
    }

    [[nodiscard]] float chip_width(const ReadyHandle& handle) const {
        const std::string_view symbol = chip_symbol(handle);
        const float space = symbol.empty() ? 0 : text_width(ui_.fonts.mono_bold, symbol) + ui_.px(12);
        return text_width(ui_.fonts.text, chip_text(handle)) + space + ui_.px(26);
    }

    void chip(ImVec2 at, const ReadyHandle& handle, bool now, bool filled) {
        const timeline::Color hue = handle.task ? ui_.hue(session_, handle.task) : ui_.theme.dim;
        const float width = chip_width(handle);
        const float share = now ? 1.0F : 0.45F;
        const bool over = filled && state_.handle_over();
        const timeline::Color fill = filled ? hue.faded(over ? 0.55F : 1.0F) : hue.faded(0.14F * share);
        draw_card(ui_, panel_.list(), at, {at.x + width, at.y + ui_.px(40)}, fill, hue.faded(share),
                  filled ? 0 : std::max(ui_.px(1.5F), 1.0F));
        const timeline::Color ink = filled ? ui_.theme.ink : ui_.theme.text.faded(share);
        const float x = at.x + ui_.px(13);
        const float wide =
            draw_text(panel_.list(), ui_.fonts.text, {x, at.y + (ui_.px(40) - ui_.fonts.text->FontSize) / 2},
                      ink, chip_text(handle));
        draw_text(panel_.list(), ui_.fonts.mono_bold,
                  {x + wide + ui_.px(12), at.y + (ui_.px(40) - ui_.fonts.mono_bold->FontSize) / 2},
                  filled ? ui_.theme.ink : hue.faded(share), chip_symbol(handle));
    }

    float next_iteration(float x) {
        panel_.list().AddLine({x, y_ + ui_.px(12)}, {x, y_ + ui_.px(64)}, to_im(ui_.theme.faint),
                              std::max(ui_.px(1.5F), 1.0F));
        return x + ui_.px(11);
    }

    void note(float x, float right, float height) {
        std::string text;
        if (state_.ready().empty()) {
            text = state_.timers().empty() ? "nothing is ready"
                                           : "nothing is ready: the clock will move to the first timer";
            x = panel_.origin().x + label_width();
        } else if (state_.left_in_iteration() >= state_.ready().size()) {
            text = "← this iteration runs these";
        } else {
            text = state_.left_in_iteration() == 0 ? "← the next iteration runs these" : "← next iteration";
        }
        if (text_width(ui_.fonts.small, text) > right - x) return;
        draw_text(panel_.list(), ui_.fonts.small,
                  {x + ui_.px(4), y_ + (height - ui_.fonts.small->FontSize) / 2}, ui_.theme.dim, text);
    }

    /// The line of source where the task is, or what the callback is for.
    [[nodiscard]] std::string doing(const ReadyHandle& handle) const {
        if (!handle.is_step) {
            return handle.task ? fmt::format("for {}", session::task_label(session_.log(), session_.index(),
                                                                           handle.task))
                               : std::string();
        }
        return std::string(source_line(session_.about(), language_, state_.task(handle.task).line));
    }

    [[nodiscard]] std::vector<TaskId> waiting_tasks() const {
        std::vector<TaskId> waiting;
        for (std::uint32_t number = 1; number <= state_.tasks().size(); ++number) {
            if (state_.task(TaskId{number}).phase == TaskStatus::Phase::waiting)
                waiting.push_back(TaskId{number});
        }
        std::ranges::stable_sort(waiting, {},
                                 [&](TaskId task) { return deadline(task).value_or(Time::max()); });
        return waiting;
    }

    [[nodiscard]] std::optional<Time> deadline(TaskId task) const {
        const TaskStatus& status = state_.task(task);
        if (status.wait != trace::Wait::sleep) return std::nullopt;
        for (const trace::RunningTimer& timer : state_.timers()) {
            if (timer.id.value == status.wait_for) return timer.deadline;
        }
        return std::nullopt;
    }

    void wait_row(TaskId task, float y) {
        const timeline::Color hue = ui_.hue(session_, task);
        const float left = panel_.origin().x + label_width();
        const float middle = y + ui_.fonts.text->FontSize / 2;
        panel_.list().AddCircleFilled({left + ui_.px(5), middle + ui_.px(1)}, ui_.px(5), to_im(hue));
        const float width = panel_.width() - label_width();
        draw_text(panel_.list(), ui_.fonts.text, {left + ui_.px(20), y}, ui_.theme.text,
                  session::task_name(session_.log(), session_.index(), task), width * 0.3F);
        draw_text(panel_.list(), ui_.fonts.mono_bold, {left + width * 0.36F, y}, hue,
                  session::chain_symbol(session_.log(), session_.index(), task), ui_.px(24));
        const TaskStatus& status = state_.task(task);
        const auto due = deadline(task);
        const std::string what = due ? fmt::format("timer {:.3f} s", to_seconds(*due)) : waits_for(status);
        draw_text(panel_.list(), ui_.fonts.mono, {left + width * 0.45F, y}, ui_.theme.dim, what,
                  width * (due ? 0.33F : 0.5F));
        if (due) progress(*due, status, left + width * 0.79F, middle, width * 0.17F);
    }

    [[nodiscard]] std::string waits_for(const TaskStatus& status) const {
        if (status.wait == trace::Wait::task)
            return session::task_label(session_.log(), session_.index(), TaskId{status.wait_for});
        return std::string(name(status.wait));
    }

    /// How much of a sleep is left.
    void progress(Time due, const TaskStatus& status, float x, float middle, float width) {
        const Time begin = session_.index().time(session_.log(), status.since);
        const double whole = std::max(to_seconds(due - begin), 1e-9);
        const auto left = static_cast<float>(std::clamp(to_seconds(due - state_.time()) / whole, 0.0, 1.0));
        const float half = ui_.px(3);
        panel_.list().AddRectFilled({x, middle - half}, {x + width, middle + half}, to_im(ui_.theme.card),
                                    half);
        panel_.list().AddRectFilled({x, middle - half}, {x + std::max(width * left, 2 * half), middle + half},
                                    to_im(ui_.theme.faint), half);
    }

    const Ui& ui_;
    session::Session& session_;
    const trace::State& state_;
    const Panel& panel_;
    Language language_;
    float y_;
};

/// Whose turn it is, where there are several threads: each has a loop of its own.
std::string turn_of(session::Session& session) {
    const std::string_view name =
        session::thread_name(session.log(), session.index(), session.state().thread());
    return name.empty() ? std::string() : fmt::format("of {}  ·  ", name);
}

}  // namespace

void loop_panel(const Ui& ui, session::Session& session, timeline::Rect rect, Language language) {
    Panel panel(ui, "LOOP", {rect.x, rect.y}, {rect.width, rect.height});
    panel.note(fmt::format("{}iteration {}  ·  {}", turn_of(session), session.state().iteration(),
                           trace::time_text(session.state().time())),
               ui.theme.text);
    LoopArtist artist(ui, session, panel, language);
    artist.ready();
    artist.runs();
    artist.waits();
}

}  // namespace loopscope::panels
