// SPDX-License-Identifier: MIT
#include "app/panels/storage_box.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/panels/task_name.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"

namespace loopscope::panels {
namespace {

using explain::Highlight;
using explain::StorageBox;
using explain::StoredValue;

/// Returns a caption for what was last done with a value.
std::string_view caption(const StoredValue& value) {
    if (value.written == Highlight::now) return "written now";
    if (value.read == Highlight::now) return "read now";
    if (value.written == Highlight::last && value.read == Highlight::last) return "last write, read";
    if (value.written == Highlight::last) return "last write";
    return value.read == Highlight::last ? "last read" : std::string_view();
}

}  // namespace

bool is_lit_now(const explain::StorageBox& box) {
    return box.read() == Highlight::now || box.written() == Highlight::now;
}

timeline::Color StorageBoxPainter::hue(const StorageBox& box) const {
    return box.owner ? ui_.hue(session_, box.owner) : ui_.theme.dim;
}

void StorageBoxPainter::draw(const StorageBox& box, ImVec2 at, ImVec2 size, bool one_line) {
    const bool highlight = is_lit_now(box);
    const auto shown = std::ranges::find_if(box.values, [](const StoredValue& each) {
        return each.read == Highlight::now || each.written == Highlight::now;
    });
    const timeline::Color ground =
        highlight && shown->writer_task ? ui_.hue(session_, shown->writer_task) : ui_.theme.dim;
    const timeline::Color edge = hue(box).faded(box.ended ? 0.4F : 0.8F);
    ground_ = highlight ? timeline::over(ground.faded(0.24F), ui_.theme.panel) : ui_.theme.background;
    draw_card(ui_, list_, at, {at.x + size.x, at.y + size.y}, ground_, highlight ? ui_.theme.text : edge,
              std::max(ui_.px(highlight ? 2.5F : 1.5F), 1.0F));
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
        draw_text(list_, ui_.fonts.small, {at.x + pad, at.y + ui_.px(40)}, ink(ui_.theme.hint),
                  "no variable yet", inner);
    }
    for (std::size_t each = 0; each < box.values.size(); ++each)
        value(box, box.values[each], {at.x + pad, at.y + ui_.px(38 + 28 * static_cast<float>(each))}, inner);
}

void StorageBoxPainter::title(const StorageBox& box, ImVec2 at, float width, timeline::Color hue) {
    std::string_view ended = box.ended ? " (ended)" : "";
    float room = std::max(width - text_width(ui_.fonts.small, ended), width / 2);
    if (box.kind == StorageBox::Kind::own) {
        const explain::TaskName name = explain::task_name(session_.log(), session_.index(), box.owner);
        // The name tells boxes apart; that the task has ended is seen by the faded edge as well.
        if (width_of_name(ui_, ui_.fonts.small, name) > room) {
            ended = {};
            room = width;
        }
        at.x += draw_name(ui_, list_, ui_.fonts.small, at, {ink(ui_.theme.dim), ink(hue)}, name, room);
    } else {
        at.x += draw_text(list_, ui_.fonts.small, at, ink(ui_.theme.dim), box.title, room);
    }
    draw_text(list_, ui_.fonts.small, at, ink(ui_.theme.dim), ended, width - room + 1);
}

// Draws the variable's name, its value in the hue of the chain that wrote it, and what was last done with it.
// The value takes precedence, then the note, then the name.
void StorageBoxPainter::value(const StorageBox& box, const StoredValue& value, ImVec2 at, float width) {
    if (!value.writer && !value.elsewhere && view_.storage == trace::Storage::context_chainmap)
        return value_above(box, value, at, width);
    const timeline::Color hue = value.writer_task ? ui_.hue(session_, value.writer_task)
                                : value.writer    ? ui_.theme.text
                                                  : ui_.theme.hint;
    const std::string text = value.writer      ? fmt::format("'{}'", excerpt(value.text))
                             : value.elsewhere ? "kept elsewhere"
                                               : "not set";
    ImFont* const font = value.writer ? ui_.fonts.mono_bold : ui_.fonts.small;
    const float wide = std::min(text_width(font, text), width);
    const std::string_view note = caption(value);
    const bool now = value.read == Highlight::now || value.written == Highlight::now;
    const float note_width = text_width(ui_.fonts.small, note);
    const float name_width = text_width(ui_.fonts.small, value.name);
    const float room = width - wide - ui_.px(12);
    const bool with_note = !note.empty() && note_width <= room;
    const bool with_name = name_width + (with_note ? note_width + ui_.px(12) : 0) <= room;
    float x = at.x;
    if (with_name) {
        draw_text(list_, ui_.fonts.small, {x, at.y + ui_.px(2)}, ink(ui_.theme.dim), value.name);
        x += name_width + ui_.px(12);
    }
    draw_text(list_, font, {x, at.y}, ink(box.ended ? hue.faded(0.6F) : hue), text, wide + 1);
    if (!with_note) return;
    draw_text(list_, ui_.fonts.small, {at.x + width - note_width, at.y + ui_.px(2)},
              ink(now ? ui_.theme.text : ui_.theme.hint), note);
}

// Draws a layer's missing value: what is read through the layer.
void StorageBoxPainter::value_above(const StorageBox& box, const StoredValue& value, ImVec2 at, float width) {
    const auto found = view_.box_for_read(box.owner, value.variable);
    if (!found) {
        draw_text(list_, ui_.fonts.small, at, ink(ui_.theme.hint), "not set", width);
        return;
    }
    const StoredValue& above = view_.boxes[*found].values[value.variable.value - 1];
    const std::string text = fmt::format("↑ '{}'", excerpt(above.text));
    const float wide = text_width(ui_.fonts.mono_bold, text);
    const float name_width = text_width(ui_.fonts.small, value.name) + ui_.px(12);
    if (name_width + wide <= width) {
        draw_text(list_, ui_.fonts.small, {at.x, at.y + ui_.px(2)}, ink(ui_.theme.dim), value.name);
        at.x += name_width;
        width -= name_width;
    }
    const timeline::Color hue = above.writer_task ? ui_.hue(session_, above.writer_task) : ui_.theme.text;
    draw_text(list_, ui_.fonts.mono_bold, at, ink(hue.faded(0.55F)), text, width + 1);
}

}  // namespace loopscope::panels
