#include "app/panels/storage_boxes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/session/words.hpp"

namespace loopscope::panels {
namespace {

using session::Lit;
using session::StorageBox;
using session::StoredValue;

constexpr float column_gap = 12;
constexpr float smallest_column = 116;
constexpr float largest_column = 240;
/// How far a box stands in from the one that it comes from.
constexpr float indentation = 16;

/// How a tree's boxes are drawn, from the one with the most room for each on.
constexpr StorageBoxes::Density densities[] = {
    {70, 30, 28, true, false}, {34, 26, 28, true, true}, {34, 12, 28, false, true}};

/// What was done with a value last, as a caption.
std::string_view caption(const StoredValue& value) {
    if (value.written == Lit::now) return "written now";
    if (value.read == Lit::now) return "read now";
    if (value.written == Lit::last && value.read == Lit::last) return "last write, read";
    if (value.written == Lit::last) return "last write";
    return value.read == Lit::last ? "last read" : std::string_view();
}

bool lit_now(const StorageBox& box) {
    return box.read() == Lit::now || box.written() == Lit::now;
}

}  // namespace

StorageBoxes::StorageBoxes(const Ui& ui, const session::Session& session, const Panel& panel,
                           const session::StorageView& view)
    : ui_(ui), session_(session), panel_(panel), view_(view), top_(panel.origin().y), bottom_(panel.bottom()) {}

timeline::Color StorageBoxes::hue(const StorageBox& box) const {
    return box.owner ? ui_.hue(session_, box.owner) : ui_.theme.dim;
}

bool StorageBoxes::is_lit(const Column& column) const {
    return std::ranges::any_of(column, [&](std::size_t place) { return lit_now(view_.boxes[place]); });
}

std::size_t StorageBoxes::first_shown(std::size_t count, std::size_t fit, std::size_t lit) {
    if (count <= fit || lit < fit) return 0;
    return std::min(lit + 1 - fit, count - fit);
}

void StorageBoxes::left_out(std::size_t count, std::string_view what) {
    if (count == 0) return;
    draw_text(panel_.list(), ui_.fonts.small,
              {panel_.origin().x, panel_.bottom() - ui_.fonts.small->FontSize}, ui_.theme.dim,
              fmt::format("and {} more {}{}", count, what, count == 1 ? "" : "s"), panel_.width());
}

void StorageBoxes::shared() {
    const float gap = ui_.px(column_gap);
    const std::size_t count = view_.boxes.size();
    if (count == 0) return;
    const auto fit = static_cast<std::size_t>(
        std::max((panel_.width() + gap) / (ui_.px(smallest_column) + gap), 1.0F));
    const std::size_t shown = std::min(count, fit);
    if (shown < count) bottom_ -= ui_.px(26);
    const auto lit = static_cast<std::size_t>(std::ranges::find_if(view_.boxes, lit_now) - view_.boxes.begin());
    const std::size_t first = first_shown(count, fit, std::min(lit, count - 1));
    const float width = (panel_.width() - gap * static_cast<float>(shown - 1)) / static_cast<float>(shown);
    for (std::size_t place = 0; place < shown; ++place) {
        const StorageBox& each = view_.boxes[first + place];
        const ImVec2 at(panel_.origin().x + static_cast<float>(place) * (width + gap), panel_.origin().y);
        const float box_width = count == 1 ? std::min(width, ui_.px(340)) : width;
        const ImVec2 size(box_width,
                          ui_.px(72) + ui_.px(28) * static_cast<float>(std::max<std::size_t>(each.values.size(), 1) - 1));
        box(each, at, size, false);
        users(each, {at.x + ui_.px(18), at.y + size.y}, {at.x, at.y + size.y + ui_.px(22)}, width);
    }
    left_out(count - shown, view_.storage == trace::Storage::context_shared ? "dict" : "thread");
}

// The names of the tasks with a line from each row of them up to the box that they point to.
void StorageBoxes::users(const StorageBox& box, ImVec2 from, ImVec2 at, float width) {
    const float row = ui_.px(34);
    const float chip_height = ui_.px(28);
    const float left = at.x + ui_.px(36);
    float x = left;
    float y = at.y;
    float last_row = y;
    for (std::size_t place = 0; place < box.users.size(); ++place) {
        const TaskId task = box.users[place];
        std::string label = session::task_label(session_.log(), session_.index(), task);
        // In a narrow column the name has to do: the dict says whose it is.
        if (text_width(ui_.fonts.text, label) + ui_.px(18) > width - ui_.px(36))
            label = session::task_name(session_.log(), session_.index(), task);
        const float wide = std::min(text_width(ui_.fonts.text, label) + ui_.px(18), width - ui_.px(36));
        if (x > left && x + wide > at.x + width) x = left, y += row;
        if (y + chip_height > bottom_) {
            draw_text(panel_.list(), ui_.fonts.small, {left, bottom_ - ui_.px(6)}, ui_.theme.dim,
                      fmt::format("and {} more", box.users.size() - place), width);
            break;
        }
        const timeline::Color hue = ui_.hue(session_, task);
        draw_card(ui_, panel_.list(), {x, y}, {x + wide, y + chip_height}, ui_.theme.panel, hue.faded(0.6F));
        draw_text(panel_.list(), ui_.fonts.text, {x + ui_.px(9), y + (chip_height - ui_.fonts.text->FontSize) / 2},
                  hue, label, wide - ui_.px(18) + 1);
        last_row = y;
        if (x == left) {
            panel_.list().AddLine({from.x, y + chip_height / 2}, {left - ui_.px(3), y + chip_height / 2},
                                  to_im(ui_.theme.faint), std::max(ui_.px(1.5F), 1.0F));
        }
        x += wide + ui_.px(10);
    }
    if (box.users.empty()) return;
    const float tip = from.y + ui_.px(3);
    const ImU32 color = to_im(ui_.theme.faint);
    panel_.list().AddLine({from.x, last_row + chip_height / 2}, {from.x, tip + ui_.px(4)}, color,
                          std::max(ui_.px(1.5F), 1.0F));
    panel_.list().AddTriangleFilled({from.x - ui_.px(5), tip + ui_.px(8)}, {from.x, tip},
                                    {from.x + ui_.px(5), tip + ui_.px(8)}, to_im(ui_.theme.dim));
}

bool StorageBoxes::is_above_all(const StorageBox& box) const {
    return box.kind == StorageBox::Kind::outside || (box.owner && session_.index().task(box.owner).is_main);
}

std::vector<StorageBoxes::Column> StorageBoxes::columns() const {
    std::vector<Column> columns;
    std::vector<TaskId> chains;
    for (std::size_t place = 0; place < view_.boxes.size(); ++place) {
        if (is_above_all(view_.boxes[place])) continue;
        const TaskId owner = view_.boxes[place].owner;
        const TaskId chain = owner ? session_.index().task(owner).chain : TaskId{};
        const auto found = std::ranges::find(chains, chain);
        if (found == chains.end()) {
            chains.push_back(chain);
            columns.push_back({place});
        } else {
            columns[static_cast<std::size_t>(found - chains.begin())].push_back(place);
        }
    }
    return columns;
}

float StorageBoxes::height(const StorageBox& box, const Density& density) const {
    const std::size_t more = std::max<std::size_t>(box.values.size(), 1) - 1;
    return ui_.px(density.height + density.line * static_cast<float>(more));
}

StorageBoxes::Density StorageBoxes::density(const std::vector<Column>& columns) const {
    for (const Density& each : densities) {
        const bool fits = std::ranges::all_of(columns, [&](const Column& column) {
            float whole = 0;
            for (const std::size_t place : column) whole += height(view_.boxes[place], each) + ui_.px(each.gap);
            return whole - ui_.px(each.gap) <= bottom_ - top_;
        });
        if (fits) return each;
    }
    return densities[2];
}

// What heads no chain, such as a main task, stands above all chains as wide as the panel.
void StorageBoxes::boxes_above_all() {
    for (std::size_t place = 0; place < view_.boxes.size(); ++place) {
        const StorageBox& each = view_.boxes[place];
        if (!is_above_all(each)) continue;
        const float high = height(each, densities[1]);
        box(each, {panel_.origin().x, top_}, {panel_.width(), high}, true);
        top_ += high + ui_.px(26);
        above_all_ = place;
    }
}

void StorageBoxes::one_each() {
    boxes_above_all();
    const std::vector<Column> all = columns();
    if (all.empty()) return;
    const float gap = ui_.px(column_gap);
    const auto fit = static_cast<std::size_t>(
        std::max((panel_.width() + gap) / (ui_.px(smallest_column) + gap), 1.0F));
    const std::size_t shown = std::min(all.size(), fit);
    if (shown < all.size()) bottom_ -= ui_.px(26);
    const auto lit = static_cast<std::size_t>(
        std::ranges::find_if(all, [&](const Column& each) { return is_lit(each); }) - all.begin());
    const std::size_t first = first_shown(all.size(), fit, std::min(lit, all.size() - 1));
    const float width = (panel_.width() - gap * static_cast<float>(shown - 1)) / static_cast<float>(shown);
    const Density dense = density(all);
    for (std::size_t place = 0; place < shown; ++place) {
        column(all[first + place],
               {panel_.origin().x + static_cast<float>(place) * (width + gap), top_},
               std::min(width, ui_.px(largest_column)), dense);
    }
    left_out(all.size() - shown, "chain");
}

void StorageBoxes::column(const Column& boxes, ImVec2 at, float width, const Density& density) {
    const float step = ui_.px(density.height + density.gap);
    const auto fit = static_cast<std::size_t>(
        std::max((bottom_ - at.y + ui_.px(density.gap)) / step, 1.0F));
    const auto lit = static_cast<std::size_t>(
        std::ranges::find_if(boxes, [&](std::size_t each) { return lit_now(view_.boxes[each]); }) -
        boxes.begin());
    const std::size_t first = first_shown(boxes.size(), fit, std::min(lit, boxes.size() - 1));
    std::vector<std::pair<std::size_t, ImVec2>> drawn;  // where the corner below each box is
    for (std::size_t row = first; row < boxes.size(); ++row) {
        const StorageBox& each = view_.boxes[boxes[row]];
        const float high = height(each, density);
        if (at.y + high > bottom_ + 1) break;
        const auto origin = view_.origin_of(boxes[row]);
        const auto from = std::ranges::find_if(drawn, [&](const auto& one) { return one.first == origin; });
        float left = at.x;
        if (from != drawn.end()) {
            const bool next = from == std::prev(drawn.end());
            // A straight arrow where nothing stands between, or a rail at the left of what does.
            left = from->second.x + (next ? 0 : ui_.px(indentation));
            const ImVec2 tip = next ? ImVec2(left + ui_.px(16), at.y) : ImVec2(left, at.y + high / 2);
            arrow({next ? tip.x : from->second.x + ui_.px(7), from->second.y}, tip, density.words && next,
                  ui_.theme.dim);
        }
        if (origin && origin == above_all_ && row == 0)
            arrow({left + ui_.px(16), at.y - ui_.px(26)}, {left + ui_.px(16), at.y}, density.words, ui_.theme.dim);
        box(each, {left, at.y}, {width - (left - at.x), high}, density.one_line);
        drawn.emplace_back(boxes[row], ImVec2(left, at.y + high));
        at.y += high + ui_.px(density.gap);
    }
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
              session::arrow_phrase(view_.storage));
}

void StorageBoxes::box(const StorageBox& box, ImVec2 at, ImVec2 size, bool one_line) {
    const bool lit = lit_now(box);
    const auto shown = std::ranges::find_if(box.values, [](const StoredValue& each) {
        return each.read == Lit::now || each.written == Lit::now;
    });
    const timeline::Color ground = lit && shown->writer_task ? ui_.hue(session_, shown->writer_task) : ui_.theme.dim;
    const timeline::Color edge = hue(box).faded(box.ended ? 0.4F : 0.8F);
    draw_card(ui_, panel_.list(), at, {at.x + size.x, at.y + size.y},
              lit ? ground.faded(0.24F) : ui_.theme.background, lit ? ui_.theme.text : edge,
              std::max(ui_.px(lit ? 2.5F : 1.5F), 1.0F));
    const float pad = ui_.px(12);
    const float inner = size.x - 2 * pad;
    if (one_line) {
        const float half = box.values.empty() ? inner : std::round(inner * 0.52F);
        title(box, {at.x + pad, at.y + ui_.px(8)}, half, hue(box));
        for (std::size_t each = 0; each < box.values.size(); ++each) {
            value(box, box.values[each],
                  {at.x + pad + half + ui_.px(8), at.y + ui_.px(7 + 28 * static_cast<float>(each))},
                  inner - half - ui_.px(8));
        }
        return;
    }
    title(box, {at.x + pad, at.y + ui_.px(9)}, inner, hue(box));
    if (box.values.empty()) {
        draw_text(panel_.list(), ui_.fonts.small, {at.x + pad, at.y + ui_.px(40)}, ui_.theme.faint,
                  "no variable yet", inner);
    }
    for (std::size_t each = 0; each < box.values.size(); ++each)
        value(box, box.values[each], {at.x + pad, at.y + ui_.px(38 + 28 * static_cast<float>(each))}, inner);
}

void StorageBoxes::title(const StorageBox& box, ImVec2 at, float width, timeline::Color hue) {
    std::string_view symbol;
    if (box.kind == StorageBox::Kind::own)
        symbol = session::chain_symbol(session_.log(), session_.index(), box.owner);
    const float wide = text_width(ui_.fonts.mono_bold, symbol);
    const std::string text = box.ended ? box.title + " (ended)" : box.title;
    draw_text(panel_.list(), ui_.fonts.small, at, ui_.theme.dim, text, width - wide - ui_.px(6));
    draw_text(panel_.list(), ui_.fonts.mono_bold, {at.x + width - wide, at.y - ui_.px(2)}, hue, symbol);
}

// The variable's name, its value in the hue of the chain that wrote it, and what was done with it last; of
// these as much as there is room for, the value first.
void StorageBoxes::value(const StorageBox& box, const StoredValue& value, ImVec2 at, float width) {
    if (!value.writer && view_.storage == trace::Storage::context_chainmap)
        return value_above(box, value, at, width);
    const timeline::Color hue = value.writer_task ? ui_.hue(session_, value.writer_task)
                                : value.writer    ? ui_.theme.text
                                                  : ui_.theme.faint;
    const std::string text = value.writer ? fmt::format("'{}'", value.text) : "not set";
    ImFont* const font = value.writer ? ui_.fonts.mono_bold : ui_.fonts.small;
    const float wide = std::min(text_width(font, text), width);
    const std::string_view note = caption(value);
    const bool now = value.read == Lit::now || value.written == Lit::now;
    const float note_width = text_width(ui_.fonts.small, note);
    const float name_width = text_width(ui_.fonts.small, value.name);
    const float room = width - wide - ui_.px(12);
    const bool with_note = !note.empty() && note_width <= room;
    const bool with_name = name_width + (with_note ? note_width + ui_.px(12) : 0) <= room;
    float x = at.x;
    if (with_name) {
        draw_text(panel_.list(), ui_.fonts.small, {x, at.y + ui_.px(2)}, ui_.theme.dim, value.name);
        x += name_width + ui_.px(12);
    }
    draw_text(panel_.list(), font, {x, at.y}, box.ended ? hue.faded(0.6F) : hue, text, wide + 1);
    if (!with_note) return;
    draw_text(panel_.list(), ui_.fonts.small, {at.x + width - note_width, at.y + ui_.px(2)},
              now ? ui_.theme.text : ui_.theme.dim.faded(0.8F), note);
}

// A layer that has no value of its own: what is read through it.
void StorageBoxes::value_above(const StorageBox& box, const StoredValue& value, ImVec2 at, float width) {
    const auto found = view_.box_for_read(box.owner, value.variable);
    if (!found) {
        draw_text(panel_.list(), ui_.fonts.small, at, ui_.theme.faint, "not set", width);
        return;
    }
    const StoredValue& above = view_.boxes[*found].values[value.variable.value - 1];
    const std::string text = fmt::format("↑ '{}'", above.text);
    const float wide = text_width(ui_.fonts.mono_bold, text);
    const float name_width = text_width(ui_.fonts.small, value.name) + ui_.px(12);
    if (name_width + wide <= width) {
        draw_text(panel_.list(), ui_.fonts.small, {at.x, at.y + ui_.px(2)}, ui_.theme.dim, value.name);
        at.x += name_width;
        width -= name_width;
    }
    const timeline::Color hue = above.writer_task ? ui_.hue(session_, above.writer_task) : ui_.theme.text;
    draw_text(panel_.list(), ui_.fonts.mono_bold, at, hue.faded(0.55F), text, width + 1);
}

}  // namespace loopscope::panels
