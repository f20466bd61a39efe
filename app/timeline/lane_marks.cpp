// SPDX-License-Identifier: MIT
#include "app/timeline/lane_marks.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <fmt/format.h>

#include "app/timeline/lane_label.hpp"
#include "app/timeline/print_marks.hpp"
#include "core/explain/output_line.hpp"
#include "core/trace/text.hpp"

namespace loopscope::timeline {
namespace {

float middle_of(const Layout& layout, float top) {
    return std::round(top + layout.lane_height / 2);
}

/// Draws one lane. Coordinates are pixels of the timeline.
class LanePainter {
  public:
    /// Where the tiles of a lane stand that several tasks share.
    using Tiled = std::set<float>;

    LanePainter(const Scene& scene, const Layout& layout, const LaneWindow& window, const Lane& lane,
                float top, DrawList& out, Tiled* tiled = nullptr)
        : scene_(scene),
          layout_(layout),
          window_(window),
          axis_(scene.axis()),
          id_(lane.task),
          task_(lane.task ? scene.index.task(lane.task) : no_task()),
          hue_(scene.hue(lane.task)),
          middle_(middle_of(layout, top)),
          tile_(window.tile),
          out_(out),
          tiled_(tiled) {}

    /// Draws the lifeline, from the task's creation to its end; bands are drawn on it.
    void life() {
        const float begin = std::max(x(axis_.at(task_.spawn)), layout_.gutter);
        const float end = std::min(x(task_.finish ? axis_.at(task_.finish) : axis_.end()),
                                   layout_.gutter + layout_.width());
        if (end - begin < 1) return;
        out_[DrawList::grid].quads.push_back(
            {{begin, std::floor(middle_), end - begin, 1}, 0, 0, 0, scene_.theme.faint.faded(0.6F), {}});
    }

    void waits() {
        const auto [first, last] = visible_steps();
        for (std::size_t step = first; step < last; ++step) {
            if (step > 0) wait(step - 1);
        }
        if (last == task_.steps.size() && last > 0) wait(last - 1);
        if (first < task_.steps.size() && first == 0) {
            ready_line(x(axis_.at(task_.spawn)), x(axis_.begin_of(task_.steps[0])), task_.spawn);
        }
    }

    void steps() {
        const auto [first, last] = visible_steps();
        float drawn_to = -1e9F;
        for (std::size_t index = first; index < last; ++index) {
            const HandleIndex handle = task_.steps[index];
            const float begin = x(axis_.begin_of(handle));
            const float end = x(axis_.end_of(handle));
            if (end < drawn_to + 1 && begin < drawn_to) continue;
            step(handle, begin, end);
            drawn_to = std::max(begin + 1, drawn_to);
        }
        if (task_.finish) finish();
    }

    void prints() {
        const auto& prints = scene_.index.prints();
        const auto event_of = [&](PrintIndex index) { return prints.event(index); };
        const EventIndex from = axis_.event_near(scene_.view.tick(-tile_));
        auto next = std::ranges::lower_bound(task_.prints, from ? from - 1 : from, {}, event_of);
        while (next != task_.prints.end()) {
            const float at = x(axis_.at(event_of(*next)));
            if (at > layout_.gutter + layout_.width() + tile_) break;
            // Prints within two pixels are drawn as one, and so are those of one line.
            explain::OutputLine line = explain::line_of_print(scene_.log, scene_.index, *next);
            line.first = *next;
            auto after = std::next(next);
            PrintSigns signs;
            signs.add(prints, *next);
            while (after != task_.prints.end() &&
                   (*after < line.end || x(axis_.at(event_of(*after))) < at + 2))
                signs.add(prints, *after++);
            print(line, at, signs, room_after(event_of(*next), after));
            next = after;
        }
    }

    /// Draws the prints that no task made.
    void callback_prints() {
        const std::uint32_t all = window_.last_print - window_.first_print;
        const std::uint32_t stride = 1 + all / static_cast<std::uint32_t>(LaneWindow::max_callback_prints);
        float drawn_to = -1e9F;
        for (PrintIndex index = window_.first_print; index < window_.last_print; index = index + stride) {
            const EventIndex event = scene_.index.prints().event(index);
            if (scene_.log[event].task()) continue;
            const float at = x(axis_.at(event));
            if (at < drawn_to + 2) continue;
            PrintSigns signs;
            signs.add(scene_.index.prints(), index);
            print({index, index + 1}, at, signs, tile_);
            drawn_to = at;
        }
    }

  private:
    static const trace::TaskInfo& no_task() {
        static const trace::TaskInfo none;
        return none;
    }
    [[nodiscard]] float x(std::int64_t tick) const { return layout_.gutter + scene_.view.x(tick); }

    /// Returns the range of steps that overlap the view, as indices into task_.steps.
    [[nodiscard]] std::pair<std::size_t, std::size_t> visible_steps() const {
        const auto& steps = task_.steps;
        const auto first = std::ranges::lower_bound(steps, window_.first_handle);
        const auto last = std::ranges::lower_bound(first, steps.end(), window_.last_handle);
        const auto index = first - steps.begin();
        return {static_cast<std::size_t>(std::max<std::ptrdiff_t>(index - 1, 0)),
                std::min(static_cast<std::size_t>(last - steps.begin()) + 1, steps.size())};
    }

    /// Draws the line from the end of a step to the next step, or to the end of the axis if there is none.
    void wait(std::size_t step) {
        const EventIndex end_of_step = scene_.index.end_of_step(id_, step);
        if (end_of_step && end_of_step == task_.finish) return;
        const HandleIndex from = task_.steps[step];
        const EventIndex suspended = end_of_step ? end_of_step : scene_.index.last_event(from);
        const float begin = x(axis_.end_of(from));
        if (step + 1 == task_.steps.size()) return dotted(begin, x(axis_.end()), suspended);
        const HandleIndex to = task_.steps[step + 1];
        const float end = x(axis_.begin_of(to));
        const EventIndex ready = scene_.index.handles()[to].ready;
        const float woken = ready > suspended ? x(axis_.at(ready)) : begin;
        dotted(begin, std::min(woken, end), suspended);
        ready_line(std::max(woken, begin), end, ready);
    }

    void dotted(float begin, float end, EventIndex suspended) {
        begin = std::max(begin, layout_.gutter);
        end = std::min(end, layout_.gutter + layout_.width());
        if (end - begin < 2) return;
        const float dot = scene_.px(1.5F);
        out_[DrawList::lanes].segments.push_back(
            {begin, middle_, end, middle_, dot, scene_.px(3.5F), scene_.at(suspended, scene_.theme.faint)});
        wait_label(begin, end, suspended);
    }

    /// Writes until when a task sleeps, if there is room. The suspension names the timer.
    void wait_label(float begin, float end, EventIndex suspended) {
        if (end - begin < scene_.px(190) || layout_.lane_height < scene_.px(34)) return;
        const trace::Event& suspend = scene_.log[suspended];
        if (suspend.kind() != trace::Kind::suspend || suspend.tag<trace::Wait>() != trace::Wait::sleep)
            return;
        const EventIndex timer = scene_.index.start_of(TimerId{suspend.a});
        if (!timer) return;
        const std::string text =
            fmt::format("sleeps until {:.3f} s", to_seconds(trace::timer_deadline(scene_.log[timer])));
        add_text(out_[DrawList::lanes], scene_.text, text, begin + scene_.px(16), middle_ - scene_.px(7),
                 Face::sans, scene_.px(12),
                 scene_.text_at(suspended, scene_.theme.hint, scene_.theme.background));
    }

    void ready_line(float begin, float end, EventIndex event) {
        begin = std::max(begin, layout_.gutter);
        end = std::min(end, layout_.gutter + layout_.width());
        if (end - begin < 1) return;
        out_[DrawList::lanes].segments.push_back(
            {begin, middle_, end, middle_, scene_.px(2), 0, scene_.at(event, hue_.faded(0.65F))});
    }

    /// Draws the block of a step. A step without prints is a narrow block; a step with prints is a frame
    /// behind the tile if it is wide enough.
    void step(HandleIndex handle, float begin, float end) {
        const trace::HandleInfo& info = scene_.index.handles()[handle];
        const bool prints = has_print(info.first, scene_.index.last_event(handle));
        const float width = end - begin;
        if (prints && width < tile_ * 1.5F) return;
        const float gap = std::min(width * 0.14F, scene_.px(4));
        const float height = block_height(scene_, layout_);
        const float wide = std::max(
            prints ? width - gap : std::min(width - gap, std::max(scene_.px(12), width * 0.86F)), 1.0F);
        const Color fill = prints ? hue_.faded(0.16F) : hue_;
        Quad quad{
            {std::round(begin), std::round(middle_ - height / 2), std::max(std::round(wide), 1.0F), height},
            std::min(scene_.px(3), wide / 2),
            0,
            0,
            scene_.at(info.first, fill),
            {}};
        if (prints) quad.border = 1, quad.edge = scene_.at(info.first, hue_.faded(0.45F));
        out_[DrawList::lanes].quads.push_back(quad);
    }

    [[nodiscard]] bool has_print(EventIndex first, EventIndex last) const {
        if (task_.prints.empty()) return false;
        const auto& prints = scene_.index.prints();
        const PrintIndex from = first ? scene_.index.print_after(first - 1) : PrintIndex{};
        const auto next = std::ranges::lower_bound(task_.prints, from);
        return next != task_.prints.end() && prints.event(*next) <= last;
    }

    /// Draws the end of a task as a short upright stroke.
    void finish() {
        const float at = x(axis_.end_of(scene_.index.handle_at(task_.finish).value_or(HandleIndex{})));
        if (at < layout_.gutter || at > layout_.gutter + layout_.width()) return;
        const float half = std::min(layout_.lane_height * 0.3F, scene_.px(12));
        out_[DrawList::lanes].segments.push_back({at + scene_.px(3), middle_ - half, at + scene_.px(3),
                                                  middle_ + half, scene_.px(1.5F), 0,
                                                  scene_.at(task_.finish, hue_.faded(0.7F))});
    }

    /// Returns how much room the tile of a print has, up to the lane's next step or print, in pixels.
    template <class Prints>
    [[nodiscard]] float room_after(EventIndex print, const Prints& next) const {
        float end = layout_.gutter + layout_.width();
        if (next != task_.prints.end())
            end = std::min(end, x(axis_.at(scene_.index.prints().event(*next))) - tile_ / 2);
        const auto handle = scene_.index.handle_at(print);
        const auto step = handle ? std::ranges::upper_bound(task_.steps, *handle) : task_.steps.end();
        if (step != task_.steps.end()) end = std::min(end, x(axis_.begin_of(*step)));
        return end - scene_.px(3) - (x(axis_.at(print)) - tile_ / 2);
    }

    void print(const explain::OutputLine& line, float at, const PrintSigns& signs, float room) {
        // Of tiles that tasks have at one place only the first has a letter: letters would stand on others.
        const bool is_free = !tiled_ || take_place(at);
        draw_print(scene_, line, signs,
                   {at, middle_, is_free ? tile_ : 0, tiled_ ? tile_ : room, layout_.lane_height, hue_},
                   out_);
    }

    bool take_place(float at) {
        const auto next = tiled_->lower_bound(at);
        if (next != tiled_->end() && *next - at < tile_) return false;
        if (next != tiled_->begin() && at - *std::prev(next) < tile_) return false;
        tiled_->insert(next, at);
        return true;
    }

    const Scene& scene_;
    const Layout& layout_;
    const LaneWindow& window_;
    Axis axis_;
    TaskId id_;
    const trace::TaskInfo& task_;
    Color hue_;
    float middle_;
    float tile_;
    DrawList& out_;
    Tiled* tiled_;  // null: the lane is one task's
};

}  // namespace

void draw_callback_lane(const Scene& scene, const Layout& layout, const LaneTree& tree,
                        const LaneWindow& window, const Lane& lane, float top, DrawList& out) {
    LanePainter artist(scene, layout, window, lane, top, out);
    draw_lane_label(scene, layout, tree, lane, middle_of(layout, top), out);
    artist.life();
    artist.callback_prints();
}

void draw_lane(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
               const Lane& lane, float top, std::span<const TaskId> shown, DrawList& out) {
    LanePainter artist(scene, layout, window, lane, top, out);
    draw_lane_label(scene, layout, tree, lane, middle_of(layout, top), out);
    if (shown.empty() || lane.is_folded || lane.group) artist.life();
    LanePainter::Tiled tiled;
    for (const TaskId task : shown) {
        const Lane own{{task, {}}, lane.depth};
        LanePainter each(scene, layout, window, own, top, out, shown.size() > 1 ? &tiled : nullptr);
        if (!lane.is_folded && !lane.group) each.waits();
        each.steps();
        each.prints();
    }
}

}  // namespace loopscope::timeline
