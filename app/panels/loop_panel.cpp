// SPDX-License-Identifier: MIT
#include "app/panels/loop_panel.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "app/panels/task_name.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

using explain::LoopCard;
using explain::LoopView;
using timeline::Color;
using timeline::Rect;
using trace::ReadyHandle;
using trace::TaskStatus;

/// The maximum width of a card's name, in design pixels.
constexpr float max_name = 340;
/// How much of its colour has what does not run in this iteration.
constexpr float later_share = 0.5F;

/// Returns a card's name: a task's, or what a callback is, with the symbol of the chain that it is for.
explain::TaskName card_name(const session::Session& session, const ReadyHandle& handle) {
    explain::TaskName task = explain::task_name(session.log(), session.index(), handle.task);
    if (handle.is_step) return task;
    task.number = 0;
    task.text = name(handle.callback);
    if (handle.callback == trace::Callback::sleep) task.text = "timer";
    if (handle.callback == trace::Callback::user && handle.name)
        task.text = beginning_of(session.log().strings()[handle.name], max_excerpt);
    return task;
}

float card_width(const Ui& ui, const session::Session& session, const ReadyHandle& handle) {
    const float name = width_of_name(ui, ui.fonts.text, card_name(session, handle));
    return std::ceil(std::min(name, ui.px(max_name)) + ui.px(26));
}

/// Draws the panel's boxes and notes, and the cards at their present places.
class LoopPainter {
  public:
    LoopPainter(const Ui& ui, const session::Session& session, const Panel& panel, Language language,
                const FileLine& now, const LoopView& view, const LoopLayout& layout, const ListScroll& scroll)
        : ui_(ui),
          session_(session),
          state_(session.state()),
          panel_(panel),
          language_(language),
          now_(now),
          view_(view),
          layout_(layout),
          scroll_(scroll) {}

    void boxes() {
        box(layout_.due);
        box(layout_.ready);
        box(layout_.runs);
        box(layout_.waits);
    }

    void notes() {
        label(layout_.due, "due");
        label(layout_.ready, "ready");
        label(layout_.runs, "runs");
        label(layout_.waits, "waits");
        if (layout_.due.rect.height > 0) due_notes();
        if (layout_.ready.rect.height > 0) ready_notes();
        if (layout_.runs.rect.height > 0) runs_notes();
        if (layout_.waits.rect.height > 0) waits_notes();
    }

    /// Draws the cards that rest, or those that move.
    void cards(const std::vector<CardMotion::Shown>& shown, bool moving) {
        for (std::size_t position = 0; position < shown.size(); ++position) {
            if (shown[position].moving == moving && shown[position].strength > 0)
                card(layout_.cards[position], shown[position]);
        }
    }

  private:
    [[nodiscard]] float left() const { return panel_.origin().x + ui_.px(LoopLayout::label); }

    void box(const LoopLayout::Box& box) {
        const Rect& rect = box.rect;
        if (rect.height <= 0) return;
        draw_card(ui_, panel_.list(), {rect.x, rect.y}, {rect.right(), rect.bottom()}, ui_.theme.background,
                  ui_.theme.line);
    }

    /// Draws a text on a ground of its own, which covers the cards that fly past behind it.
    void words(ImFont* font, ImVec2 at, Color color, std::string_view text, float room = max_text_width) {
        if (text.empty()) return;
        const float wide = std::min(text_width(font, text), room);
        const float pad = ui_.px(3);
        panel_.list().AddRectFilled({at.x - pad, at.y - pad},
                                    {at.x + wide + pad, at.y + font->FontSize + pad},
                                    to_im(ui_.theme.background));
        draw_text(panel_.list(), font, at, color, text, room);
    }

    void label(const LoopLayout::Box& box, std::string_view label) {
        const Rect& rect = box.rect;
        if (rect.height <= 0) return;
        // The label is in the middle of a row of cards, or beside the first of several rows.
        const bool is_row = rect.height < ui_.px(60);
        const float down = is_row ? (rect.height - ui_.fonts.small->FontSize) / 2 : ui_.px(11);
        words(ui_.fonts.small, {rect.x + ui_.px(16), rect.y + down}, ui_.theme.dim, label);
    }

    /// Draws a note in the middle of a box's height, if it fits.
    void note(const LoopLayout::Box& box, float x, std::string_view text) {
        if (text_width(ui_.fonts.small, text) > box.rect.right() - ui_.px(LoopLayout::margin) - x) return;
        words(ui_.fonts.small, {x, box.rect.y + (box.rect.height - ui_.fonts.small->FontSize) / 2},
              ui_.theme.dim, text);
    }

    /// Says how many cards are before and behind those that are shown, of which the first is at `begin`.
    void left_out(const LoopLayout::Box& box, float begin) {
        if (box.before > 0) note(box, begin, fmt::format("+{}", box.before));
        if (box.left_out > 0) note(box, box.end, fmt::format("+{}", box.left_out));
    }

    void due_notes() {
        if (view_.due.empty()) return note(layout_.due, left(), "no timer is running");
        const std::string when = view_.due_now ? std::string("now") : trace::time_text(view_.due_at);
        words(ui_.fonts.mono,
              {left(), layout_.due.rect.y + (layout_.due.rect.height - ui_.fonts.mono->FontSize) / 2},
              view_.due_now ? ui_.theme.text : ui_.theme.dim, when);
        left_out(layout_.due, left() + ui_.px(LoopLayout::moment));
    }

    void ready_notes() {
        const LoopLayout::Box& box = layout_.ready;
        if (layout_.next_iteration > 0) {
            panel_.list().AddLine({layout_.next_iteration, box.rect.y + ui_.px(8)},
                                  {layout_.next_iteration, box.rect.bottom() - ui_.px(8)},
                                  to_im(ui_.theme.faint), std::max(ui_.px(1.5F), 1.0F));
        }
        left_out(box, left());
        if (box.left_out > 0) return;
        if (view_.ready.empty()) {
            const std::string_view whole = "nothing is ready: the clock will move to the first timer";
            const bool fits =
                text_width(ui_.fonts.small, whole) <= box.rect.right() - ui_.px(LoopLayout::margin) - left();
            note(box, left(), view_.due.empty() || !fits ? "nothing is ready" : whole);
        } else if (view_.snapshot == view_.all_ready) {
            note(box, box.end + ui_.px(4), "← this iteration runs these");
        } else {
            note(box, box.end + ui_.px(4),
                 view_.snapshot == 0 ? "← the next iteration runs these" : "← next iteration");
        }
    }

    void runs_notes() {
        const LoopLayout::Box& box = layout_.runs;
        if (!view_.runs) {
            return note(box, left(),
                        state_.iteration() == 0 ? "nothing yet: the loop has not begun"
                                                : "nothing yet: the iteration has just begun");
        }
        const float room = box.rect.right() - box.end - ui_.px(12);
        if (room <= ui_.px(60)) return;
        words(ui_.fonts.mono, {box.end, box.rect.y + (box.rect.height - ui_.fonts.mono->FontSize) / 2},
              ui_.theme.text, doing(view_.runs->handle), room);
    }

    void waits_notes() {
        const LoopLayout::Box& box = layout_.waits;
        if (view_.waits.empty()) {
            words(ui_.fonts.small, {left(), box.rect.y + ui_.px(11)}, ui_.theme.dim, "no task waits");
        } else if (box.left_out > 0) {
            words(ui_.fonts.small, {left(), box.bottom + ui_.px(3)}, ui_.theme.dim, scroll_.note(),
                  box.rect.right() - ui_.px(LoopLayout::margin) - left());
            const float inset = ui_.px(6);
            scroll_.draw_bar(
                ui_, panel_.list(),
                {box.rect.x, box.rect.y + inset, box.rect.width - inset, box.rect.height - 2 * inset});
        }
    }

    void card(const PlacedCard& placed, const CardMotion::Shown& shown) {
        const Color hue =
            placed.card.handle.task ? ui_.hue(session_, placed.card.handle.task) : ui_.theme.dim;
        if (placed.section == Section::waits && !shown.crosses) return wait_row(placed, shown.rect, hue);
        const bool runs = placed.section == Section::runs;
        const bool later = placed.section == Section::due ? !view_.due_now : is_after_snapshot(placed);
        const float share = shown.strength * (later ? later_share : 1.0F);
        const Rect& at = shown.rect;
        // An opaque background keeps cards behind a moving one from showing through.
        if (shown.moving) {
            draw_card(ui_, panel_.list(), {at.x, at.y}, {at.right(), at.bottom()},
                      ui_.theme.background.faded(shown.strength), {}, 0);
        }
        // What ran last stands back once all is over.
        const bool is_full = runs && !view_.over;
        const float filled = is_full ? 1.0F : runs || shown.moving ? 0.3F : 0.14F;
        const Color fill = hue.faded(filled * share);
        draw_card(ui_, panel_.list(), {at.x, at.y}, {at.right(), at.bottom()}, fill, hue.faded(share),
                  runs ? 0 : std::max(ui_.px(1.5F), 1.0F));
        const Color ground =
            timeline::over(hue.faded(filled * (later ? later_share : 1.0F)), ui_.theme.background);
        const auto ink = [&](Color color) {
            return timeline::legible(later ? color.faded(later_share) : color, ground).faded(shown.strength);
        };
        const Color text = ink(is_full ? ui_.theme.ink : ui_.theme.text);
        draw_name(ui_, panel_.list(), ui_.fonts.text,
                  {at.x + ui_.px(13), at.y + (at.height - ui_.fonts.text->FontSize) / 2},
                  {text, is_full ? text : ink(hue)}, card_name(session_, placed.card.handle),
                  at.width - ui_.px(26) + 1);
    }

    [[nodiscard]] bool is_after_snapshot(const PlacedCard& placed) const {
        if (placed.section != Section::ready) return false;
        const auto at = std::ranges::find(view_.ready, placed.card.id, &LoopCard::id);
        return view_.first.ready + static_cast<std::size_t>(at - view_.ready.begin()) >= view_.snapshot;
    }

    /// Returns the line of source where the task is, or what the callback is for.
    [[nodiscard]] std::string doing(const ReadyHandle& handle) const {
        if (!handle.is_step) {
            return handle.task ? fmt::format("for {}", explain::task_label(session_.log(), session_.index(),
                                                                           handle.task))
                               : std::string();
        }
        return excerpt(source_line(session_.about(), language_, now_.line, now_.file));
    }

    void wait_row(const PlacedCard& placed, const Rect& at, Color hue) {
        const TaskId task = placed.card.handle.task;
        const float middle = at.y + at.height / 2;
        const float y = middle - ui_.fonts.text->FontSize / 2;
        panel_.list().AddCircleFilled({at.x + ui_.px(5), middle + ui_.px(1)}, ui_.px(5), to_im(hue));
        const float width = layout_.waits.rect.width - ui_.px(LoopLayout::label);
        draw_name(ui_, panel_.list(), ui_.fonts.text, {at.x + ui_.px(20), y},
                  {ui_.theme.text, ui_.hue_on(ui_.theme.background, session_, task)},
                  explain::task_name(session_.log(), session_.index(), task), width * 0.43F - ui_.px(20));
        const TaskStatus& status = state_.task(task);
        const auto due = placed.card.deadline;
        const std::string what = due ? fmt::format("timer {:.3f} s", to_seconds(*due)) : waits_for(status);
        draw_text(panel_.list(), ui_.fonts.mono, {at.x + width * 0.45F, y}, ui_.theme.dim, what,
                  width * (due ? 0.33F : 0.5F));
        if (due) progress(*due, status, at.x + width * 0.79F, middle, width * 0.17F);
    }

    [[nodiscard]] std::string waits_for(const TaskStatus& status) const {
        if (status.wait == trace::Wait::task)
            return explain::task_label(session_.log(), session_.index(), TaskId{status.wait_for});
        // A sleep whose timer is still pending is described by its deadline instead.
        return status.wait == trace::Wait::sleep ? "its timer is due"
                                                 : std::string(explain::wait_phrase(status.wait));
    }

    /// Draws a bar with the part of a sleep that is left.
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
    const session::Session& session_;
    const trace::State& state_;
    const Panel& panel_;
    Language language_;
    const FileLine& now_;  // what WHY speaks of
    const LoopView& view_;
    const LoopLayout& layout_;
    const ListScroll& scroll_;  // of the tasks that wait
};

/// Returns which thread's loop runs, if there are several threads.
std::string turn_of(const session::Session& session) {
    const std::string_view name =
        explain::thread_name(session.log(), session.index(), session.state().thread());
    return name.empty() ? std::string() : fmt::format("of {}  ·  ", excerpt(name));
}

/// Moves the first card that is made to where a list is scrolled to, if those that were made, `count` from
/// `made_from` on, do not reach there. Returns whether they did not.
bool make_in_time(const ListScroll& scroll, std::size_t count, std::size_t& made_from) {
    if (scroll.first() >= made_from && scroll.end() <= made_from + count) return false;
    made_from = scroll.first() - std::min(scroll.first(), LoopView::max_cards / 2);
    return true;
}

}  // namespace

const LoopView& LoopPanel::view(const session::Session& session) {
    return view_.get(session, [&] { return explain::loop_view(session.state(), made_from_); });
}

bool LoopPanel::lay_out(const Ui& ui, const session::Session& session, const Rect& area, LoopLayout& layout) {
    if (std::exchange(scrolled_at_, session.cursor()) != session.cursor()) {
        scrolls_ = {};
        made_from_ = {};
    }
    const auto create = [&] {
        return LoopLayout::create(
            view(session), area, ui.scale,
            [&](const LoopCard& card) { return card_width(ui, session, card.handle); }, scrolls_.first());
    };
    layout = create();
    const explain::LoopPlaces before = scrolls_.first();
    const LoopView& known = view(session);
    scrolls_.due.update(layout.due.rect, known.all_due, layout.due.shown);
    scrolls_.ready.update(layout.ready.rect, known.all_ready, layout.ready.shown);
    scrolls_.waits.update(layout.waits.rect, known.all_waits, layout.waits.shown);
    if (scrolls_.first() == before) return false;
    const bool due = make_in_time(scrolls_.due, known.due.size(), made_from_.due);
    const bool ready = make_in_time(scrolls_.ready, known.ready.size(), made_from_.ready);
    const bool waits = make_in_time(scrolls_.waits, known.waits.size(), made_from_.waits);
    if (due || ready || waits) view_ = {};
    layout = create();
    return true;
}

void LoopPanel::update(const Ui& ui, const session::Session& session, timeline::Rect rect, Language language,
                       double passed, bool at_once) {
    Panel panel(ui, "LOOP", {rect.x, rect.y}, {rect.width, rect.height});
    panel.note(fmt::format("{}iteration {}  ·  {}", turn_of(session), session.state().iteration(),
                           trace::time_text(session.state().time())),
               ui.theme.text);
    const Rect area{panel.origin().x, panel.origin().y, panel.width(), panel.bottom() - panel.origin().y};
    LoopLayout layout;
    const bool scrolls = lay_out(ui, session, area, layout);
    const LoopView& view = this->view(session);
    // Cards jump when the panel's rectangle changes or its list is scrolled, because the loop has not moved
    // then.
    motion_.update(layout.cards, passed, at_once || scrolls || !(rect_ == rect));
    rect_ = rect;
    const FileLine& now = now_.get(session, [&] { return told_line(session.facts()); });
    LoopPainter artist(ui, session, panel, language, now, view, layout, scrolls_.waits);
    artist.boxes();
    artist.cards(motion_.shown(), true);  // they fly past behind the labels
    artist.notes();
    artist.cards(motion_.shown(), false);
}

}  // namespace loopscope::panels
