#include "app/panels/output_panel.hpp"

#include <algorithm>

#include "app/panels/comparison_rows.hpp"

namespace loopscope::panels {

namespace {

/// Draws the output up to the cursor, from the panel's top to `bottom`. Returns the y below it.
float printed(const Ui& ui, const session::Session& session, const Panel& panel, float bottom, bool asks,
              OutputResponse& response) {
    const auto& prints = session.index().prints();
    const PrintIndex after = session.index().print_after(session.cursor());
    ImFont* const font = ui.fonts.mono_bold;
    const float advance = text_width(font, "0") + ui.px(4);
    const float line = font->FontSize + ui.px(14);
    const auto columns = static_cast<std::uint32_t>(std::max(panel.width() / advance, 1.0F));
    const auto rows = static_cast<std::uint32_t>(std::max((bottom - panel.origin().y) / line, 1.0F));
    // If not all rows fit, the last ones are shown, because the latest prints matter most.
    const std::uint32_t all = after.value + (asks ? 1 : 0);
    const std::uint32_t all_rows = (all + columns - 1) / columns;
    const PrintIndex first{all_rows > rows ? (all_rows - rows) * columns : 0};
    for (PrintIndex index = first; index < after; ++index) {
        const trace::PrintInfo& print = prints[index];
        const std::uint32_t row = (index - first) / columns;
        const std::uint32_t column = (index - first) % columns;
        const ImVec2 at(panel.origin().x + static_cast<float>(column) * advance,
                        panel.origin().y + static_cast<float>(row) * line);
        const ImVec2 end(at.x + advance, at.y + line - ui.px(2));
        if (index + 1 == after && !asks)
            panel.list().AddRectFilled({at.x - ui.px(3), at.y - ui.px(2)},
                                       {end.x - ui.px(1), end.y - ui.px(4)}, to_im(ui.theme.line), ui.px(4));
        const timeline::Color color = print.writer ? ui.hue(session, print.writer_task) : ui.theme.text;
        draw_text(panel.list(), font, at, color, session.log().printed_text(print.event), advance);
        const float stroke = std::max(ui.px(2), 1.0F);
        if (print.leak) {
            const float y = at.y + font->FontSize + ui.px(2);
            panel.list().AddRectFilled({at.x, y}, {at.x + advance - ui.px(5), y + stroke},
                                       to_im(ui.hue(session, print.task)));
        }
        if (print.stale) {
            const float y = at.y - ui.px(1);
            const TaskId party = session.index().errand_of_stale(session.log(), index).party.chain;
            panel.list().AddRectFilled({at.x, y}, {at.x + advance - ui.px(5), y + stroke},
                                       to_im(party ? ui.hue(session, party) : ui.theme.text));
        }
        if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, end) &&
            ImGui::IsMouseClicked(ImGuiMouseButton_Left))
            response.print = index;
    }
    if (asks) {
        const std::uint32_t row = (after - first) / columns;
        const std::uint32_t column = (after - first) % columns;
        const ImVec2 at(panel.origin().x + static_cast<float>(column) * advance,
                        panel.origin().y + static_cast<float>(row) * line);
        const ImVec2 from(at.x - ui.px(4), at.y - ui.px(4));
        panel.list().AddRect(from, {from.x + advance + ui.px(3), from.y + font->FontSize + ui.px(8)},
                             to_im(ui.theme.accent), ui.px(4), 0, std::max(ui.px(2), 1.0F));
        draw_text(panel.list(), font, at, ui.theme.text, "?", advance);
    }
    return panel.origin().y + static_cast<float>(std::clamp<std::uint32_t>(all_rows, 1, rows)) * line;
}

using trace::Storage;

constexpr float heading_height = 30;

/// Returns as many storages as fit: those that matter most, in their usual order.
std::vector<Storage> chosen(const session::Session& session, std::size_t rows) {
    std::vector<Storage> wanted = {session.storage(), Storage::global, Storage::contextvar,
                                   Storage::thread_local_, Storage::context_shared};
    wanted.insert(wanted.end(), trace::all_storages.begin(), trace::all_storages.end());
    std::vector<Storage> found;
    for (const Storage storage : wanted) {
        if (found.size() < rows && std::ranges::find(found, storage) == found.end()) found.push_back(storage);
    }
    std::ranges::sort(found);
    return found;
}

/// Draws what the program prints under each storage, from `y` to the panel's bottom.
void compared(const Ui& ui, const session::Session& session, const session::StorageRuns& runs,
              const Panel& panel, float y, OutputResponse& response) {
    draw_text(panel.list(), ui.fonts.small, {panel.origin().x, y}, ui.theme.dim, "COMPARE WITH");
    y += ui.px(heading_height);
    const auto rows =
        static_cast<std::size_t>(std::max((panel.bottom() - y) / ui.px(compared_height(1)), 0.0F));
    const std::vector<Storage> storages = chosen(session, rows);
    std::vector<ComparedOutput> outputs;
    for (const Storage storage : storages) {
        const session::Rerun& run = runs.run(storage);
        outputs.push_back({name(storage), run.side(), run.cut(), storage == session.storage(),
                           runs.first_difference(storage), "Select this storage"});
    }
    const ComparedClick click = comparison_rows(ui, session, outputs, panel, y);
    if (click.row) response.storage = storages[*click.row];
    if (click.print) response.print = click.print;
}

}  // namespace

OutputResponse output_panel(const Ui& ui, const session::Session& session, const session::StorageRuns& runs,
                            HiddenOutput hidden_output, OutputScroll& scroll, timeline::Rect rect) {
    Panel panel(ui, "OUTPUT", {rect.x, rect.y}, {rect.width, rect.height});
    const bool lines = prints_lines(session);
    panel.hint(lines ? "click a line: its moment" : "click a character: its moment");
    OutputResponse response;
    const bool compares = runs.any() && hidden_output == HiddenOutput::none;
    const float room = ui.px(heading_height + compared_height(trace::all_storages.size()));
    const float bottom = panel.bottom() - (compares ? room : 0);
    const bool asks = hidden_output == HiddenOutput::next_print;
    const float below = lines ? output_lines(ui, session, panel, bottom, asks, scroll, response.print)
                              : printed(ui, session, panel, bottom, asks, response);
    if (compares) compared(ui, session, runs, panel, below + ui.px(6), response);
    return response;
}

}  // namespace loopscope::panels
