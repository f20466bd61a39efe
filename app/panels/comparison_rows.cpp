// SPDX-License-Identifier: MIT
#include "app/panels/comparison_rows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/utf8.hpp"

namespace loopscope::panels {
namespace {

constexpr float row_height = compared_height(1);
constexpr float name_width = 144;
/// The opacity of prints after the cursor.
constexpr float future = 0.5F;

/// Returns how many prints of an output leak, and how many are stale if any are.
std::string leaks_text(const ComparedOutput& output) {
    const trace::Index& index = output.side.index;
    const EventIndex last = output.side.log.end_index() - 1;
    const char* const more = output.cut ? "+" : "";
    const std::uint32_t stales = index.stales_until(last);
    return fmt::format("leaks {}{}{}", index.leaks_until(last), more,
                       stales > 0 ? fmt::format(", stale {}{}", stales, more) : "");
}

class Rows {
  public:
    Rows(const Ui& ui, const session::Session& session, std::span<const ComparedOutput> outputs,
         const Panel& panel)
        : ui_(ui),
          session_(session),
          outputs_(outputs),
          panel_(panel),
          done_(session.index().print_after(session.cursor())) {
        left_ = panel.origin().x + std::min(ui.px(name_width), panel.width() / 2);
        float leaks = text_width(ui.fonts.small, "leaks 000");
        for (const ComparedOutput& each : outputs) {
            const bool is_long = each.side.index.stales_until(each.side.log.end_index() - 1) > 0;
            if (is_long) leaks = std::max(leaks, text_width(ui.fonts.small, leaks_text(each)));
        }
        right_ = panel.origin().x + panel.width() - leaks - ui.px(10);
        const float character = std::ceil(text_width(ui.fonts.mono_bold, "0"));
        // In a narrow panel there is no room for the leaks, because the prints matter more.
        has_leaks_ = right_ - left_ >= 4 * character;
        if (!has_leaks_) right_ = panel.origin().x + panel.width();
        advance_ = cell_width(character);
        fit_ = static_cast<std::uint32_t>(std::max((right_ - left_) / advance_, 1.0F));
        // The cursor's print stays in view, two thirds of the way to the right.
        PrintIndex end;
        for (const ComparedOutput& each : outputs) end = std::max(end, each.side.index.prints().end_index());
        const std::uint32_t before = fit_ * 2 / 3;
        if (done_ > PrintIndex{before} && end > PrintIndex{fit_})
            first_ = std::min(done_ - before, end - fit_);
    }

    ComparedClick draw(float y) {
        const float row = ui_.px(row_height);
        if (done_ > first_ && done_ <= first_ + fit_) {
            const float x = left_ + static_cast<float>(done_ - 1 - first_) * advance_;
            panel_.list().AddRect({x - 1, y - ui_.px(2)},
                                  {x + advance_ + 1, y + row * static_cast<float>(outputs_.size())},
                                  to_im(ui_.theme.dim), ui_.px(3), 0, std::max(ui_.px(1.5F), 1.0F));
        }
        for (std::size_t position = 0; position < outputs_.size(); ++position, y += row) {
            name_of(position, y);
            output_of(outputs_[position], y);
        }
        return click_;
    }

  private:
    /// Returns the width of a print's cell: that of the longest print near the cursor, and of a space where
    /// that has more than one character; no more than a third of the room.
    [[nodiscard]] float cell_width(float character) const {
        const auto near = static_cast<std::uint32_t>(std::max((right_ - left_) / character, 1.0F));
        const PrintIndex begin = done_ - std::min(done_.value, near);
        std::size_t longest = 1;
        for (const ComparedOutput& each : outputs_) {
            const PrintIndex end = std::min(each.side.index.prints().end_index(), done_ + near);
            for (PrintIndex print = begin; print < end; ++print)
                longest = std::max(longest, characters(cell_text(each.side, print)).size());
        }
        if (longest == 1) return character;
        return std::clamp(character * static_cast<float>(longest + 1), character,
                          std::max((right_ - left_) / 3, character));
    }

    [[nodiscard]] bool hovered(ImVec2 from, ImVec2 to) const {
        return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(from, to);
    }

    void name_of(std::size_t position, float y) {
        const ComparedOutput& output = outputs_[position];
        const ImVec2 from(panel_.origin().x, y);
        const ImVec2 to(left_ - ui_.px(8), y + ui_.px(row_height));
        const bool over = !output.action.empty() && hovered(from, to);
        if (over && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) click_.row = position;
        if (over) show_tooltip(output.action, from, to);
        if (output.on) {
            panel_.list().AddRectFilled({from.x - ui_.px(10), from.y + ui_.px(3)},
                                        {from.x - ui_.px(7), to.y - ui_.px(3)}, to_im(ui_.theme.text));
        }
        draw_text(panel_.list(), ui_.fonts.small, {from.x, y + ui_.px(1)},
                  output.on || over ? ui_.theme.text : ui_.theme.dim, output.name, to.x - from.x);
    }

    void output_of(const ComparedOutput& output, float y) {
        const session::Side& side = output.side;
        const session::Side here = side_of(session_);
        const PrintIndex end = std::min(side.index.prints().end_index(), first_ + fit_);
        for (PrintIndex print = first_; print < end; ++print) {
            const ImVec2 at(left_ + static_cast<float>(print - first_) * advance_, y);
            const bool differs = differ_at(here, side, print);
            if (differs) ground(at, print == output.first);
            draw_print(side, print, at, differs ? ui_.theme.marked : ui_.theme.panel);
        }
        if (!has_leaks_) return;
        const std::string leaks = leaks_text(output);
        const float wide = text_width(ui_.fonts.small, leaks);
        draw_text(panel_.list(), ui_.fonts.small, {panel_.origin().x + panel_.width() - wide, y + ui_.px(1)},
                  ui_.theme.dim, leaks);
    }

    /// Draws the background of a difference; the first difference has a flag.
    void ground(ImVec2 at, bool first) {
        const float bottom = at.y + ui_.px(row_height - 1);
        panel_.list().AddRectFilled({at.x, at.y}, {at.x + advance_ - 1, bottom}, to_im(ui_.theme.marked),
                                    ui_.px(2));
        if (!first) return;
        const float size = ui_.px(6);
        // The flag points left, where it covers no symbol that differs.
        panel_.list().AddLine({at.x, at.y}, {at.x, bottom}, to_im(ui_.theme.text),
                              std::max(ui_.px(1.5F), 1.0F));
        panel_.list().AddTriangleFilled({at.x, at.y}, {at.x, at.y + size}, {at.x - size, at.y + size / 2},
                                        to_im(ui_.theme.text));
    }

    void draw_print(const session::Side& side, PrintIndex print, ImVec2 at, timeline::Color ground) {
        const trace::PrintInfo& info = side.index.prints()[print];
        const timeline::Color hue =
            info.writer ? timeline::hue_of(ui_.theme, side.index, info.writer_task) : ui_.theme.text;
        draw_text(panel_.list(), ui_.fonts.mono_bold, at,
                  timeline::legible(print < done_ ? hue : hue.faded(future), ground), cell_text(side, print),
                  advance_ + 1);
        const ImVec2 to(at.x + advance_, at.y + ui_.px(row_height));
        if (!hovered(at, to)) return;
        show_tooltip("Go to this print", at, to);
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) click_.print = print;
    }

    const Ui& ui_;
    const session::Session& session_;
    std::span<const ComparedOutput> outputs_;
    const Panel& panel_;
    ComparedClick click_;
    PrintIndex done_;  // the first print after the cursor
    float left_ = 0;
    float right_ = 0;
    bool has_leaks_ = true;
    float advance_ = 1;
    std::uint32_t fit_ = 1;
    PrintIndex first_;  // the leftmost print
};

}  // namespace

ComparedClick comparison_rows(const Ui& ui, const session::Session& session,
                              std::span<const ComparedOutput> outputs, const Panel& panel, float y) {
    return Rows(ui, session, outputs, panel).draw(y);
}

}  // namespace loopscope::panels
