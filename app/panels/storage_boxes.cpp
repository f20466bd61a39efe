// SPDX-License-Identifier: MIT
#include "app/panels/storage_boxes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/panels/list_scroll.hpp"
#include "app/panels/task_name.hpp"

namespace loopscope::panels {
namespace {

using explain::StorageBox;

constexpr float column_gap = 12;
constexpr float min_column = 116;
constexpr float max_column = 240;
/// The indentation of a box whose origin is not the box directly above it, in design pixels.
constexpr float indentation = 16;

/// The densities of a tree's boxes, from the most spacious one to the tightest.
constexpr StorageBoxes::Density densities[] = {
    {70, 30, 28, true, false}, {34, 26, 28, true, true}, {34, 12, 28, false, true}};

}  // namespace

void StorageScroll::take_wheel(const session::Session& session) {
    if (cursor != session.cursor()) rows = columns = 0;
    cursor = session.cursor();
    row_room_ = column_room_ = {};
    if (!ImGui::IsWindowHovered()) return;
    const ImGuiIO& io = ImGui::GetIO();
    const auto steps = [](float wheel) { return static_cast<std::ptrdiff_t>(std::lround(wheel)); };
    columns -= steps(io.MouseWheelH);
    (io.KeyShift || !has_rows_ ? columns : rows) -= steps(io.MouseWheel);
}

std::size_t StorageScroll::shift(std::ptrdiff_t by, std::size_t first, std::size_t count, std::size_t fit,
                                 Room& room) {
    const auto most = static_cast<std::ptrdiff_t>(count - std::min(count, fit));
    const auto from = static_cast<std::ptrdiff_t>(first);
    room.back = std::max(room.back, from);
    room.forward = std::max(room.forward, most - from);
    return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(from + by, 0, most));
}

std::size_t StorageScroll::row(std::size_t first, std::size_t count, std::size_t fit) {
    return shift(rows, first, count, fit, row_room_);
}

std::size_t StorageScroll::column(std::size_t first, std::size_t count, std::size_t fit) {
    return shift(columns, first, count, fit, column_room_);
}

void StorageScroll::stop() {
    rows = std::clamp(rows, -row_room_.back, row_room_.forward);
    columns = std::clamp(columns, -column_room_.back, column_room_.forward);
    has_rows_ = row_room_.back + row_room_.forward > 0;
}

StorageBoxes::StorageBoxes(const Ui& ui, const session::Session& session, const Panel& panel,
                           const explain::StorageView& view, StorageScroll& scroll)
    : ui_(ui),
      session_(session),
      panel_(panel),
      view_(view),
      scroll_(scroll),
      boxes_(ui, session, panel.list(), view),
      top_(panel.origin().y),
      bottom_(panel.bottom()) {}

std::size_t StorageBoxes::first_shown(std::size_t count, std::size_t fit, std::size_t highlight) {
    if (count <= fit || highlight < fit) return 0;
    return std::min(highlight + 1 - fit, count - fit);
}

void StorageBoxes::left_out(std::size_t count, std::string_view what) {
    if (count == 0 || panel_.bottom() < top_ + ui_.px(26)) return;
    draw_text(panel_.list(), ui_.fonts.small,
              {panel_.origin().x, panel_.bottom() - ui_.fonts.small->FontSize}, ui_.theme.dim,
              more_text(count, what) + ": the wheel scrolls to them", panel_.width());
}

void StorageBoxes::shared() {
    const float gap = ui_.px(column_gap);
    const std::size_t count = view_.boxes.size();
    if (count == 0) return;
    const auto fit =
        static_cast<std::size_t>(std::max((panel_.width() + gap) / (ui_.px(min_column) + gap), 1.0F));
    const std::size_t shown = std::min(count, fit);
    if (shown < count) bottom_ -= ui_.px(26);
    const std::size_t highlight = view_.highlight.empty() ? count - 1 : view_.highlight.front();
    const std::size_t first = scroll_.column(first_shown(count, fit, highlight), count, fit);
    const float width = (panel_.width() - gap * static_cast<float>(shown - 1)) / static_cast<float>(shown);
    for (std::size_t position = 0; position < shown; ++position) {
        const StorageBox& each = view_.boxes[first + position];
        const ImVec2 at(panel_.origin().x + static_cast<float>(position) * (width + gap), panel_.origin().y);
        const float box_width = count == 1 ? std::min(width, ui_.px(340)) : width;
        const ImVec2 size(
            box_width,
            ui_.px(72) + ui_.px(28) * static_cast<float>(std::max<std::size_t>(each.values.size(), 1) - 1));
        boxes_.draw(each, at, size, false);
        users(each, {at.x + ui_.px(18), at.y + size.y}, {at.x, at.y + size.y + ui_.px(22)}, width);
    }
    left_out(count - shown, view_.storage == trace::Storage::context_shared ? "dict" : "thread");
}

void StorageBoxes::chip(ImVec2 at, ImVec2 size, TaskId task, std::string_view label) {
    const timeline::Color hue = ui_.hue(session_, task);
    draw_card(ui_, panel_.list(), at, {at.x + size.x, at.y + size.y}, ui_.theme.panel, hue.faded(0.6F));
    draw_text(panel_.list(), ui_.fonts.text,
              {at.x + ui_.px(9), at.y + (size.y - ui_.fonts.text->FontSize) / 2},
              timeline::legible(hue, ui_.theme.panel), label, size.x - ui_.px(18) + 1);
}

std::vector<StorageBoxes::Chip> StorageBoxes::chips(const StorageBox& box, float width,
                                                    std::size_t max_rows) const {
    std::vector<Chip> chips;
    float x = 0;
    std::size_t row = 0;
    for (const TaskId task : box.users) {
        const explain::TaskName name = explain::task_name(session_.log(), session_.index(), task);
        std::string label = fit_name(ui_.fonts.text, name, std::max(width - ui_.px(18), 0.0F));
        const float wide = std::min(text_width(ui_.fonts.text, label) + ui_.px(18), width);
        if (x > 0 && x + wide > width) x = 0, ++row;
        if (row == max_rows) break;
        chips.push_back({task, std::move(label), x, wide, row});
        x += wide + ui_.px(10);
    }
    return chips;
}

// Draws the names of the tasks, with a line from each row up to the box that they use.
void StorageBoxes::users(const StorageBox& box, ImVec2 from, ImVec2 at, float width) {
    const float step = ui_.px(34);
    const float height = ui_.px(28);
    const float left = at.x + ui_.px(36);
    const auto rows_above = [&](float bottom) {
        return static_cast<std::size_t>(std::max((bottom - at.y - height) / step + 1, 0.0F));
    };
    // As many as are scrolled to, and a few more: there may be very many.
    const auto scrolled = static_cast<std::size_t>(std::max<std::ptrdiff_t>(scroll_.rows, 0));
    const std::vector<Chip> all = chips(box, width - ui_.px(36), rows_above(bottom_) + scrolled + 10);
    if (all.empty()) return;
    const std::size_t rows = all.back().row + 1;
    // The note is below the rows, and above the note that counts the boxes left out.
    const bool all_fit = rows_above(bottom_) >= rows;
    const std::size_t fit = all_fit ? rows : rows_above(bottom_ - ui_.px(14));
    const std::size_t first = scroll_.row(0, rows, fit);
    std::size_t shown = 0;
    float y = at.y;
    for (const Chip& each : all) {
        if (each.row < first || each.row >= first + fit) continue;
        y = at.y + static_cast<float>(each.row - first) * step;
        chip({left + each.x, y}, {each.width, height}, each.task, each.label);
        ++shown;
        if (each.x > 0) continue;
        panel_.list().AddLine({from.x, y + height / 2}, {left - ui_.px(3), y + height / 2},
                              to_im(ui_.theme.faint), std::max(ui_.px(1.5F), 1.0F));
    }
    if (shown > 0) stem(from, y + height / 2);
    const float note = shown > 0 ? y + height + ui_.px(3) : at.y;
    const float end = bottom_ < panel_.bottom() ? bottom_ + ui_.px(10) : panel_.bottom() + ui_.px(12);
    if (shown == box.users.size() || note + ui_.fonts.small->FontSize > end + 1) return;
    draw_text(panel_.list(), ui_.fonts.small, {left, note}, ui_.theme.dim,
              more_text(box.users.size() - shown, "task"), width - ui_.px(36));
}

// Draws the upright line that joins the lines of the rows, up to the box.
void StorageBoxes::stem(ImVec2 to, float from_y) {
    const float tip = to.y + ui_.px(3);
    panel_.list().AddLine({to.x, from_y}, {to.x, tip + ui_.px(4)}, to_im(ui_.theme.faint),
                          std::max(ui_.px(1.5F), 1.0F));
    panel_.list().AddTriangleFilled({to.x - ui_.px(5), tip + ui_.px(8)}, {to.x, tip},
                                    {to.x + ui_.px(5), tip + ui_.px(8)}, to_im(ui_.theme.dim));
}

float StorageBoxes::height(const StorageBox& box, const Density& density) const {
    const std::size_t more = std::max<std::size_t>(box.values.size(), 1) - 1;
    return ui_.px(density.height + density.line * static_cast<float>(more));
}

// All boxes of a view have the same number of values, so the column with the most boxes is the highest.
StorageBoxes::Density StorageBoxes::density() const {
    const auto count = static_cast<float>(view_.max_column);
    for (const Density& each : densities) {
        const float one = height(view_.boxes.front(), each) + ui_.px(each.gap);
        if (count * one - ui_.px(each.gap) <= bottom_ - top_) return each;
    }
    return densities[2];
}

// Draws the boxes of tasks outside all chains, such as a main task, above all chains and as wide as the
// panel.
void StorageBoxes::boxes_above_all() {
    for (const std::size_t position : view_.above_all) {
        const StorageBox& each = view_.boxes[position];
        const float high = height(each, densities[1]);
        boxes_.draw(each, {panel_.origin().x, top_}, {panel_.width(), high}, true);
        top_ += high + ui_.px(26);
        above_all_ = position;
    }
}

void StorageBoxes::one_each() {
    boxes_above_all();
    const std::vector<Column>& all = view_.columns;
    if (all.empty()) return;
    const float gap = ui_.px(column_gap);
    const auto fit =
        static_cast<std::size_t>(std::max((panel_.width() + gap) / (ui_.px(min_column) + gap), 1.0F));
    const std::size_t shown = std::min(all.size(), fit);
    if (shown < all.size()) bottom_ -= ui_.px(26);
    const std::size_t lit = view_.lit_column.value_or(all.size() - 1);
    const std::size_t first = scroll_.column(first_shown(all.size(), fit, lit), all.size(), fit);
    const float width = (panel_.width() - gap * static_cast<float>(shown - 1)) / static_cast<float>(shown);
    const Density dense = density();
    for (std::size_t position = 0; position < shown; ++position) {
        column(all[first + position],
               {panel_.origin().x + static_cast<float>(position) * (width + gap), top_},
               std::min(width, ui_.px(max_column)), dense);
    }
    left_out(all.size() - shown, "chain");
}

void StorageBoxes::column(const Column& boxes, ImVec2 at, float width, const Density& density) {
    const float step = ui_.px(density.height + density.gap);
    const float note = ui_.px(20);
    const auto rows_above = [&](float bottom) {
        return static_cast<std::size_t>(std::max((bottom - at.y + ui_.px(density.gap)) / step, 1.0F));
    };
    const bool all_fit = rows_above(bottom_) >= boxes.size();
    const float bottom = all_fit ? bottom_ : bottom_ - note;
    const std::size_t fit = rows_above(bottom);
    std::size_t highlight = boxes.size() - 1;
    for (const std::size_t position : view_.highlight) {
        const auto found = std::ranges::lower_bound(boxes, position);
        if (found != boxes.end() && *found == position)
            highlight = std::min(highlight, static_cast<std::size_t>(found - boxes.begin()));
    }
    const std::size_t first = scroll_.row(first_shown(boxes.size(), fit, highlight), boxes.size(), fit);
    std::vector<std::pair<std::size_t, ImVec2>> drawn;  // bottom left of each box that was drawn
    for (std::size_t row = first; row < boxes.size(); ++row) {
        const StorageBox& each = view_.boxes[boxes[row]];
        const float high = height(each, density);
        if (at.y + high > bottom + 1) break;
        const auto origin = view_.origin_of(boxes[row]);
        const auto from = std::ranges::find_if(drawn, [&](const auto& one) { return one.first == origin; });
        float left = at.x;
        if (from != drawn.end()) {
            const bool next = from == std::prev(drawn.end());
            // A straight arrow if the origin is directly above, or a line at the left of the boxes between.
            left = from->second.x + (next ? 0 : ui_.px(indentation));
            const ImVec2 tip = next ? ImVec2(left + ui_.px(16), at.y) : ImVec2(left, at.y + high / 2);
            arrow({next ? tip.x : from->second.x + ui_.px(7), from->second.y}, tip, density.words && next,
                  ui_.theme.dim);
        }
        if (origin && origin == above_all_ && row == 0)
            arrow({left + ui_.px(16), at.y - ui_.px(26)}, {left + ui_.px(16), at.y}, density.words,
                  ui_.theme.dim);
        boxes_.draw(each, {left, at.y}, {width - (left - at.x), high}, density.one_line);
        drawn.emplace_back(boxes[row], ImVec2(left, at.y + high));
        at.y += high + ui_.px(density.gap);
    }
    const std::size_t hidden = boxes.size() - drawn.size();
    if (hidden > 0)
        draw_text(panel_.list(), ui_.fonts.small, {at.x, bottom_ - ui_.fonts.small->FontSize}, ui_.theme.dim,
                  more_text(hidden, "task"), width);
}

void StorageBoxes::arrow(ImVec2 from, ImVec2 to, bool words, timeline::Color hue) {
    const ImU32 color = to_im(hue);
    const float pen = std::max(ui_.px(1.5F), 1.0F);
    const float head = ui_.px(5);
    ImDrawList& list = panel_.list();
    if (from.x == to.x) {
        list.AddLine({from.x, from.y + ui_.px(2)}, {to.x, to.y - ui_.px(3)}, color, pen);
        list.AddTriangleFilled({to.x - head, to.y - ui_.px(8)}, {to.x + head, to.y - ui_.px(8)},
                               {to.x, to.y - ui_.px(1)}, color);
    } else {
        list.AddLine({from.x, from.y + ui_.px(2)}, {from.x, to.y}, color, pen);
        list.AddLine({from.x, to.y}, {to.x - ui_.px(2), to.y}, color, pen);
        list.AddTriangleFilled({to.x - ui_.px(8), to.y - head}, {to.x - ui_.px(1), to.y},
                               {to.x - ui_.px(8), to.y + head}, color);
    }
    if (!words) return;
    const float middle = (from.y + to.y) / 2 - ui_.fonts.small->FontSize / 2;
    draw_text(list, ui_.fonts.small, {from.x + ui_.px(12), middle}, ui_.theme.dim,
              explain::arrow_phrase(view_.storage));
}

}  // namespace loopscope::panels
