// SPDX-License-Identifier: MIT
#include "app/panels/output_panel.hpp"

#include <algorithm>
#include <utility>

#include "app/panels/comparison_rows.hpp"

namespace loopscope::panels {

namespace {

/// The minimum number of rows of output that stay above what other storages print, where there are so many.
constexpr std::uint32_t min_rows = 4;

/// Draws the prints of a program that prints single characters, in rows.
class CharacterGrid {
  public:
    CharacterGrid(const Ui& ui, const OutputScene& scene, const Panel& panel)
        : ui_(ui),
          scene_(scene),
          session_(scene.session),
          panel_(panel),
          font_(ui.fonts.mono_bold),
          after_(session_.index().print_after(session_.cursor())),
          advance_(text_width(font_, "0") + ui.px(4)),
          line_(font_->FontSize + ui.px(14)),
          columns_(static_cast<std::uint32_t>(std::max(panel.width() / advance_, 1.0F))),
          all_rows_((after_.value + (scene.asks ? 1 : 0) + columns_ - 1) / columns_) {}

    [[nodiscard]] std::uint32_t all_rows() const { return all_rows_; }
    [[nodiscard]] float line() const { return line_; }

    /// Draws the rows down to `bottom`: the last ones, because the latest prints matter most, or those that
    /// are scrolled to. Returns the y below it.
    float draw(float bottom, OutputScroll& scroll, OutputResponse& response) {
        const float top = panel_.origin().y;
        const auto rows = static_cast<std::uint32_t>(std::max((bottom - top) / line_, 1.0F));
        scroll.take_wheel(session_, top, bottom);
        scroll.lines = std::min(scroll.lines, all_rows_ - std::min(all_rows_, rows));
        first_ = PrintIndex{(all_rows_ - std::min(all_rows_, rows) - scroll.lines) * columns_};
        scroll.first = first_;
        scroll.end = std::min(after_, first_ + rows * columns_);
        for (PrintIndex index = first_; index < scroll.end; ++index) print(index, response);
        if (scene_.asks && scroll.lines == 0) question();
        return top + static_cast<float>(std::clamp<std::uint32_t>(all_rows_, 1, rows)) * line_;
    }

  private:
    [[nodiscard]] ImVec2 place(PrintIndex index) const {
        const std::uint32_t row = (index - first_) / columns_;
        const std::uint32_t column = (index - first_) % columns_;
        return {panel_.origin().x + static_cast<float>(column) * advance_,
                panel_.origin().y + static_cast<float>(row) * line_};
    }

    void print(PrintIndex index, OutputResponse& response) {
        const trace::PrintInfo print = session_.index().prints()[index];
        const ImVec2 at = place(index);
        const ImVec2 end(at.x + advance_, at.y + line_ - ui_.px(2));
        const ImVec2 from(at.x - ui_.px(3), at.y - ui_.px(2));
        const ImVec2 to(end.x - ui_.px(1), end.y - ui_.px(4));
        const bool is_last = index + 1 == after_ && !scene_.asks;
        const timeline::Color ground = is_last ? ui_.theme.marked : ui_.theme.panel;
        if (is_last) panel_.list().AddRectFilled(from, to, to_im(ground), ui_.px(4));
        if (scene_.hits.has(print.event))
            panel_.list().AddRect(from, to, to_im(ui_.theme.accent.faded(0.8F)), ui_.px(4), 0,
                                  std::max(ui_.px(1.5F), 1.0F));
        const timeline::Color color =
            print.writer ? ui_.hue_on(ground, session_, print.writer_task) : ui_.theme.text;
        draw_text(panel_.list(), font_, at, color, session_.log().printed_text(print.event), advance_);
        if (print.leak) stroke(at.x, at.y + font_->FontSize + ui_.px(2), ui_.hue(session_, print.task));
        if (print.stale) {
            const TaskId party = session_.index().errand_of_stale(session_.log(), index).party.chain;
            stroke(at.x, at.y - ui_.px(1), party ? ui_.hue(session_, party) : ui_.theme.text);
        }
        if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(at, end)) return;
        show_tooltip("Go to where this is printed", at, end);
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) response.print = index;
    }

    void stroke(float x, float y, timeline::Color color) {
        panel_.list().AddRectFilled({x, y}, {x + advance_ - ui_.px(5), y + std::max(ui_.px(2), 1.0F)},
                                    to_im(color));
    }

    void question() {
        const ImVec2 at = place(after_);
        const ImVec2 from(at.x - ui_.px(4), at.y - ui_.px(4));
        panel_.list().AddRect(from, {from.x + advance_ + ui_.px(3), from.y + font_->FontSize + ui_.px(8)},
                              to_im(ui_.theme.accent), ui_.px(4), 0, std::max(ui_.px(2), 1.0F));
        draw_text(panel_.list(), font_, at, ui_.theme.text, "?", advance_);
    }

    const Ui& ui_;
    const OutputScene& scene_;
    const session::Session& session_;
    const Panel& panel_;
    ImFont* font_;
    PrintIndex after_;  // the first print after the cursor
    float advance_;
    float line_;
    std::uint32_t columns_;
    std::uint32_t all_rows_;
    PrintIndex first_;  // that is shown
};

using trace::Storage;

constexpr float heading_height = 30;

/// Returns all storages: in their usual order, or, where not all fit, those first that matter most.
std::vector<Storage> in_order(bool all_fit) {
    if (all_fit) return {trace::all_storages.begin(), trace::all_storages.end()};
    return {Storage::global,   Storage::contextvar,   Storage::thread_local_,   Storage::context_shared,
            Storage::argument, Storage::context_copy, Storage::context_chainmap};
}

/// Draws what the program prints under each storage, from `y` to the panel's bottom.
void compared(const Ui& ui, const session::Session& session, const session::StorageRuns& runs,
              const Panel& panel, float y, OutputScroll& output, OutputResponse& response) {
    ListScroll& scroll = output.storages;
    const float row = ui.px(compared_height(1));
    const float top = y + ui.px(heading_height);
    const auto fit = static_cast<std::size_t>(std::max((panel.bottom() - top) / row, 0.0F));
    if (fit == 0) return;
    const bool all_fit = fit >= trace::all_storages.size();
    const std::vector<Storage> storages = in_order(all_fit);
    const timeline::Rect area{panel.origin().x, top, panel.width(), panel.bottom() - top};
    const std::pair selection{session.storage(), all_fit};
    if (std::exchange(output.selection, selection) != selection) {
        const auto selected = std::ranges::find(storages, session.storage());
        scroll.show(static_cast<std::size_t>(selected - storages.begin()));
    }
    scroll.update(area, storages.size(), fit);
    std::string heading = "UNDER EACH STORAGE";
    if (scroll.hidden() > 0) heading += "   " + scroll.note();
    draw_text(panel.list(), ui.fonts.small, {panel.origin().x, y}, ui.theme.dim, heading, panel.width());
    std::vector<ComparedOutput> outputs;
    for (std::size_t each = scroll.first(); each < scroll.end(); ++each) {
        const session::Rerun& run = runs.run(storages[each]);
        outputs.push_back({name(storages[each]), run.side(), run.cut(), storages[each] == session.storage(),
                           runs.first_difference(storages[each]), "Select this storage"});
    }
    const ComparedClick click = comparison_rows(ui, session, outputs, panel, top);
    scroll.draw_bar(ui, panel.list(), {area.x + ui.px(6), area.y, area.width, area.height});
    if (click.row) response.storage = storages[scroll.first() + *click.row];
    if (click.print) response.print = click.print;
}

}  // namespace

OutputResponse output_panel(const Ui& ui, const OutputScene& scene, const session::StorageRuns* runs,
                            OutputScroll& scroll, timeline::Rect rect) {
    Panel panel(ui, "OUTPUT", {rect.x, rect.y}, {rect.width, rect.height});
    const session::Session& session = scene.session;
    const bool lines = prints_lines(session);
    panel.hint(lines ? "click a line: its moment" : "click a character: its moment");
    OutputResponse response;
    const PrintIndex after = session.index().print_after(session.cursor());
    CharacterGrid grid(ui, scene, panel);
    const std::uint32_t rows = std::min(lines ? after.value : grid.all_rows(), min_rows);
    const float least = static_cast<float>(rows) * (lines ? output_line_height(ui) : grid.line());
    const float compared_room = ui.px(heading_height + compared_height(trace::all_storages.size()) + 6);
    const float bottom =
        runs ? std::min(std::max(panel.bottom() - compared_room, panel.origin().y + least), panel.bottom())
             : panel.bottom();
    const float below = lines ? output_lines(ui, scene, panel, bottom, scroll, response.print)
                              : grid.draw(bottom, scroll, response);
    panel.right_note(scroll.note(after), ui.theme.dim);
    if (runs) compared(ui, session, *runs, panel, below + ui.px(6), scroll, response);
    return response;
}

}  // namespace loopscope::panels
