#include "app/panels/storage_panel.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/session/words.hpp"

namespace loopscope::panels {
namespace {

using trace::Storage;

/// What was read or written last, up to the cursor, in the handle under way.
struct LastAccess {
    TaskId task;
    bool write = false;
};

LastAccess last_access(const session::Session& session) {
    const std::ptrdiff_t handle = session.index().handle_at(session.cursor());
    if (handle < 0) return {};
    const std::uint32_t first = session.index().handles()[static_cast<std::size_t>(handle)].first;
    for (std::uint32_t at = session.cursor() + 1; at-- > first;) {
        const trace::Event& event = session.log()[at];
        if (event.kind() == trace::Kind::get || event.kind() == trace::Kind::set)
            return {event.task(), event.kind() == trace::Kind::set};
    }
    return {};
}

class StorageArtist {
  public:
    StorageArtist(const Ui& ui, session::Session& session, const Panel& panel)
        : ui_(ui), session_(session), state_(session.state()), panel_(panel), access_(last_access(session)) {}

    void one_cell() {
        const float width = std::min(panel_.width(), ui_.px(300));
        const ImVec2 at = panel_.origin();
        box(at, width, ui_.px(84), std::string(name(state_.storage())), {}, cell(TaskId{}), ui_.theme.dim,
            static_cast<bool>(access_.task));
        const ImVec2 below(at.x, at.y + ui_.px(104));
        draw_text(panel_.list(), ui_.fonts.small, below, ui_.theme.dim,
                  "every task reads and writes this one cell:", panel_.width());
        float x = below.x;
        float y = below.y + ui_.px(28);
        for (const TaskId task : living()) {
            const std::string label = session::task_label(session_.log(), session_.index(), task);
            const float wide = text_width(ui_.fonts.text, label);
            if (x + wide > panel_.origin().x + panel_.width()) x = panel_.origin().x, y += ui_.px(28);
            if (y + ui_.px(24) > panel_.bottom()) break;
            draw_text(panel_.list(), ui_.fonts.text, {x, y}, ui_.hue(session_, task), label);
            x += wide + ui_.px(20);
        }
    }

    /// A column for each chain; in it a box for each task, parents above children.
    void cell_per_task() {
        std::vector<std::vector<TaskId>> columns;
        std::vector<TaskId> chains;
        for (const TaskId task : living()) {
            const TaskId chain = session_.index().task(task).chain;
            const auto found = std::ranges::find(chains, chain);
            if (found == chains.end()) {
                chains.push_back(chain);
                columns.push_back({task});
            } else {
                columns[static_cast<std::size_t>(found - chains.begin())].push_back(task);
            }
        }
        if (columns.empty()) return;
        const float gap = ui_.px(12);
        const auto fit =
            static_cast<std::size_t>(std::max((panel_.width() + gap) / (ui_.px(116) + gap), 1.0F));
        const std::size_t shown = std::min(columns.size(), fit);
        const float width =
            (panel_.width() - gap * static_cast<float>(shown - 1)) / static_cast<float>(shown);
        for (std::size_t column = 0; column < shown; ++column) {
            chain(columns[column],
                  {panel_.origin().x + static_cast<float>(column) * (width + gap), panel_.origin().y},
                  std::min(width, ui_.px(220)));
        }
        if (shown < columns.size()) {
            draw_text(panel_.list(), ui_.fonts.small,
                      {panel_.origin().x, panel_.bottom() - ui_.fonts.small->FontSize}, ui_.theme.dim,
                      fmt::format("and {} more chains", columns.size() - shown));
        }
    }

  private:
    [[nodiscard]] std::vector<TaskId> living() const {
        std::vector<TaskId> tasks;
        for (std::uint32_t number = 1; number <= state_.tasks().size(); ++number) {
            if (state_.task(TaskId{number}).phase != trace::TaskStatus::Phase::ended)
                tasks.push_back(TaskId{number});
        }
        return tasks;
    }

    [[nodiscard]] trace::Writer cell(TaskId task) const {
        return state_.variables() == 0 ? trace::Writer{} : state_.cell(state_.storage(), task, VariableId{1});
    }

    void chain(const std::vector<TaskId>& tasks, ImVec2 at, float width) {
        const float height = ui_.px(70);
        const float gap = ui_.px(30);
        for (std::size_t place = 0; place < tasks.size(); ++place) {
            if (at.y + height > panel_.bottom()) break;
            const TaskId task = tasks[place];
            const TaskId parent = session_.index().task(task).parent;
            if (place > 0 && parent == tasks[place - 1])
                arrow({at.x + ui_.px(16), at.y - gap}, at.y, width - ui_.px(26));
            box(at, width, height, std::string(session::task_name(session_.log(), session_.index(), task)),
                session::chain_symbol(session_.log(), session_.index(), task), cell(task),
                ui_.hue(session_, task), task == access_.task);
            at.y += height + gap;
        }
    }

    /// From a parent's box to its child's: how the child came by what it has.
    void arrow(ImVec2 from, float to, float room) {
        const ImU32 color = to_im(ui_.theme.dim);
        panel_.list().AddLine({from.x, from.y + ui_.px(2)}, {from.x, to - ui_.px(3)}, color,
                              std::max(ui_.px(1.5F), 1.0F));
        panel_.list().AddTriangleFilled({from.x - ui_.px(4), to - ui_.px(7)},
                                        {from.x + ui_.px(4), to - ui_.px(7)}, {from.x, to - ui_.px(1)},
                                        color);
        const std::string_view how = state_.storage() == Storage::context_shared     ? "the same dict"
                                     : state_.storage() == Storage::context_chainmap ? "reads through"
                                     : state_.storage() == Storage::argument         ? "passed"
                                                                                     : "copied";
        draw_text(panel_.list(), ui_.fonts.small, {from.x + ui_.px(10), from.y + ui_.px(6)}, ui_.theme.dim,
                  how, room);
    }

    void box(ImVec2 at, float width, float height, const std::string& title, std::string_view symbol,
             trace::Writer writer, timeline::Color hue, bool lit) {
        const trace::Log& log = session_.log();
        const timeline::Color edge = lit ? ui_.theme.text : hue.faded(0.8F);
        const TaskId writer_task = writer ? log[writer].task() : TaskId{};
        const timeline::Color value_hue = writer ? ui_.hue(session_, writer_task) : ui_.theme.faint;
        draw_card(ui_, panel_.list(), at, {at.x + width, at.y + height},
                  lit ? value_hue.faded(0.22F) : ui_.theme.background, edge,
                  std::max(ui_.px(lit ? 2.5F : 1.5F), 1.0F));
        const float pad = ui_.px(12);
        const float symbol_width = text_width(ui_.fonts.mono_bold, symbol);
        draw_text(panel_.list(), ui_.fonts.small, {at.x + pad, at.y + ui_.px(9)}, ui_.theme.dim, title,
                  width - 2 * pad - symbol_width - ui_.px(4));
        draw_text(panel_.list(), ui_.fonts.mono_bold, {at.x + width - pad - symbol_width, at.y + ui_.px(8)},
                  hue, symbol);
        const std::string value =
            writer ? fmt::format("'{}'", log.strings()[StringId{log[writer].a}]) : "not set";
        ImFont* const font = writer ? ui_.fonts.mono_bold : ui_.fonts.small;
        draw_text(panel_.list(), font, {at.x + pad, at.y + ui_.px(36)}, value_hue, value, width - 2 * pad);
        if (writer && width > ui_.px(240)) {
            draw_text(panel_.list(), ui_.fonts.small, {at.x + pad + ui_.px(48), at.y + ui_.px(38)},
                      ui_.theme.dim, "written by " + session::task_label(log, session_.index(), writer_task),
                      width - 2 * pad - ui_.px(48));
        }
        if (lit) {
            const std::string_view what = access_.write ? "written" : "read";
            draw_text(panel_.list(), ui_.fonts.small,
                      {at.x + width - pad - text_width(ui_.fonts.small, what), at.y + height - ui_.px(26)},
                      ui_.theme.text, what);
        }
    }

    const Ui& ui_;
    session::Session& session_;
    const trace::State& state_;
    const Panel& panel_;
    LastAccess access_;
};

}  // namespace

void storage_panel(const Ui& ui, session::Session& session, timeline::Rect rect) {
    Panel panel(ui, "STORAGE", {rect.x, rect.y}, {rect.width, rect.height});
    const Storage storage = session.state().storage();
    panel.note(fmt::format("{}: {}", name(storage), summary(storage)), ui.theme.text);
    StorageArtist artist(ui, session, panel);
    if (storage == Storage::global || storage == Storage::thread_local_)
        artist.one_cell();
    else
        artist.cell_per_task();
}

}  // namespace loopscope::panels
