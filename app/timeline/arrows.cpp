// SPDX-License-Identifier: MIT
#include "app/timeline/arrows.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/timeline/curve.hpp"

namespace loopscope::timeline {
namespace {

/// The maximum number of arrows that are drawn: more could not be told apart.
constexpr std::uint32_t max_arrows = 120;
/// The maximum number of handles in view that are searched for those of callbacks.
constexpr std::uint32_t max_handles = 20'000;

/// Returns the print at the cursor, or the last one before it in the same handle.
std::optional<trace::PrintInfo> print_at_cursor(const Scene& scene) {
    const std::optional<PrintIndex> last = scene.index.last_print(scene.cursor);
    if (!last) return std::nullopt;
    const trace::PrintInfo& print = scene.index.prints()[*last];
    if (scene.index.handle_at(print.event) != scene.index.handle_at(scene.cursor)) return std::nullopt;
    return print;
}

std::optional<float> lane_middle(const LaneTree& tree, const Layout& layout, float scroll, TaskId task) {
    const auto position = tree.position_of(task);
    if (!position) return std::nullopt;
    return layout.lane_top(*position, scroll) + layout.lane_height / 2;
}

void draw_provenance(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                     const trace::PrintInfo& print, float strength, DrawList& out) {
    if (!print.writer) return;
    const auto from = lane_middle(tree, layout, scene.view.scroll, print.writer_task);
    const auto to = lane_middle(tree, layout, scene.view.scroll, print.task);
    if (!from || !to) return;
    const Axis axis = scene.axis();
    const float half = window.tile / 2;
    const float x0 = layout.gutter + scene.view.x(axis.at(print.writer));
    const float x1 = layout.gutter + scene.view.x(axis.at(print.event));
    if (x1 < layout.gutter || x0 > layout.gutter + layout.width()) return;
    const bool up = *from < *to;
    const float y0 = *from + (up ? half : -half);
    const float y1 = *to + (up ? -half : half) * 1.25F;
    const float reach = (y1 - y0) * 0.6F;
    const Color color = scene.hue(print.writer_task).faded(strength);
    const float left = std::max(x0, layout.gutter);
    Layer& layer = out[DrawList::arrows];
    add_curve(layer, {left, y0, left, y0 + reach, x1, y1 - reach, x1, y1}, std::max(scene.px(1.8F), 1.0F),
              color);
    layer.quads.push_back(
        {{left - scene.px(4), y0 - scene.px(4), scene.px(8), scene.px(8)}, scene.px(4), 0, 0, color, {}});
    const float head = scene.px(5) * (up ? -1.0F : 1.0F);
    layer.segments.push_back({x1, y1, x1 - scene.px(5), y1 + head, scene.px(1.8F), 0, color});
    layer.segments.push_back({x1, y1, x1 + scene.px(5), y1 + head, scene.px(1.8F), 0, color});
}

/// Draws an arrow from a task's lane down to the lane of a task that it spawned.
void draw_spawn(const Scene& scene, const Layout& layout, const LaneTree& tree, TaskId child, DrawList& out) {
    if (!child) return;
    const trace::TaskInfo& task = scene.index.task(child);
    const float x = std::round(layout.gutter + scene.view.x(scene.axis().at(task.spawn)));
    const auto from = lane_middle(tree, layout, scene.view.scroll, task.parent);
    const auto to = lane_middle(tree, layout, scene.view.scroll, child);
    if (!from || !to || *to <= *from || x < layout.gutter || x > layout.gutter + layout.width()) return;
    const Color color = scene.at(task.spawn, scene.hue(child).faded(0.6F));
    const float head = scene.px(4);
    const float width = std::max(scene.px(1.2F), 1.0F);
    auto& segments = out[DrawList::lanes].segments;
    segments.push_back({x, *from, x, *to, width, 0, color});
    segments.push_back({x, *to, x - head, *to - head, width, 0, color});
    segments.push_back({x, *to, x + head, *to - head, width, 0, color});
}

/// Draws an upright arrow at an event, from the lane of the task that woke or cancelled another one to that
/// task's lane. Without an actor it begins at the lane of callbacks, if there is one. The arrow is dotted for
/// waking, as waits are, and ends in a cross for cancelling.
void draw_interaction(const Scene& scene, const Layout& layout, const LaneTree& tree, TaskId actor,
                      EventIndex event, DrawList& out) {
    const trace::Event& interaction = scene.log[event];
    if (interaction.task() == actor) return;
    const float x = std::round(layout.gutter + scene.view.x(scene.axis().at(event)));
    const auto from = lane_middle(tree, layout, scene.view.scroll, actor);
    const auto to = lane_middle(tree, layout, scene.view.scroll, interaction.task());
    if (!from || !to || *from == *to || x < layout.gutter || x > layout.gutter + layout.width()) return;
    const bool cancels = interaction.kind() == trace::Kind::cancel;
    const Color color = scene.at(event, cancels || !actor ? scene.theme.text : scene.hue(actor));
    const float width = std::max(scene.px(1.5F), 1.0F);
    const float arm = scene.px(cancels ? 4.5F : 4);
    const float back = *to > *from ? -arm : arm;
    auto& segments = out[DrawList::arrows].segments;
    segments.push_back({x, *from, x, *to, width, cancels ? 0 : scene.px(3), color});
    segments.push_back({x - arm, *to + back, x, *to, width, 0, color});
    segments.push_back({x, *to, x + arm, *to + back, width, 0, color});
    if (!cancels) return;
    segments.push_back({x - arm, *to - back, x, *to, width, 0, color});
    segments.push_back({x, *to, x + arm, *to - back, width, 0, color});
}

/// Returns whether a handle that begins with this event is a step of a task or a callback of the program
/// itself, so that what it does can be ascribed to it.
bool has_actor(const trace::Event& begin) {
    return begin.kind() == trace::Kind::step || (begin.kind() == trace::Kind::callback && !begin.task());
}

/// Draws an arrow for each task that was woken or cancelled in a handle.
void draw_interactions(const Scene& scene, const Layout& layout, const LaneTree& tree, HandleIndex handle,
                       DrawList& out) {
    // More events than this are no readable picture.
    constexpr std::uint32_t max_events = 256;
    const EventIndex first = scene.index.handles().first(handle);
    const EventIndex last = std::min(scene.index.last_event(handle), first + max_events);
    if (!has_actor(scene.log[first])) return;
    const TaskId task = scene.log[first].task();
    trace::Running running;
    for (EventIndex event = first; event <= last; ++event) {
        const trace::Kind kind = scene.log[event].kind();
        // Events after the end of the step, such as waking the tasks that wait for this one, still belong to
        // it.
        const TaskId actor = running.task() ? running.task() : task;
        running.apply(scene.log[event]);
        if (kind == trace::Kind::wake || kind == trace::Kind::cancel)
            draw_interaction(scene, layout, tree, actor, event, out);
    }
}

/// Draws the arrow from the handle that woke the task at the cursor, and those to the tasks that the handle
/// at the cursor woke or cancelled.
void draw_interactions_at_cursor(const Scene& scene, const Layout& layout, const LaneTree& tree,
                                 DrawList& out) {
    const std::optional<HandleIndex> handle = scene.index.handle_at(scene.cursor);
    if (!handle) return;
    draw_interactions(scene, layout, tree, *handle, out);
    const trace::Event& begin = scene.log[scene.index.handles().first(*handle)];
    if (begin.kind() != trace::Kind::step) return;
    const EventIndex ready = scene.index.handles()[*handle].ready;
    if (scene.log[ready].kind() != trace::Kind::wake) return;
    const std::optional<HandleIndex> waker = scene.index.handle_at(ready);
    if (!waker || ready > scene.index.last_event(*waker)) return;
    const trace::Event& cause = scene.log[scene.index.handles().first(*waker)];
    if (has_actor(cause)) draw_interaction(scene, layout, tree, cause.task(), ready, out);
}

void draw_interactions_of_callbacks(const Scene& scene, const Layout& layout, const LaneTree& tree,
                                    const LaneWindow& window, DrawList& out) {
    // Handles of lanes that are not in view count as well, and there may be any number of them.
    if (window.last_handle - window.first_handle > max_handles) return;
    for (HandleIndex handle = window.first_handle; handle < window.last_handle; ++handle) {
        if (scene.log[scene.index.handles().first(handle)].kind() == trace::Kind::callback)
            draw_interactions(scene, layout, tree, handle, out);
    }
}

/// Draws the arrows of all steps and callbacks in view.
void draw_all_interactions(const Scene& scene, const Layout& layout, const LaneTree& tree,
                           const LaneWindow& window, DrawList& out) {
    for (std::size_t position = window.first_lane; position < window.last_lane; ++position) {
        const Lane& lane = tree.lanes()[position];
        if (lane.is_callbacks()) draw_interactions_of_callbacks(scene, layout, tree, window, out);
        if (!lane.task) continue;
        const auto& steps = scene.index.task(lane.task).steps;
        auto step = std::ranges::lower_bound(steps, window.first_handle);
        for (; step != steps.end() && *step < window.last_handle; ++step)
            draw_interactions(scene, layout, tree, *step, out);
    }
}

}  // namespace

void draw_arrows(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                 DrawList& out) {
    if (scene.arrows == Arrows::none) return;
    if (scene.arrows == Arrows::all && !window.merged) {
        const PrintIndex last = std::min(window.last_print, window.first_print + max_arrows);
        for (PrintIndex index = window.first_print; index < last; ++index) {
            const trace::PrintInfo& print = scene.index.prints()[index];
            if (print.event <= scene.cursor) draw_provenance(scene, layout, tree, window, print, 0.35F, out);
        }
        for (std::size_t position = window.first_lane; position < window.last_lane; ++position)
            draw_spawn(scene, layout, tree, tree.lanes()[position].task, out);
        draw_all_interactions(scene, layout, tree, window, out);
    } else {
        draw_interactions_at_cursor(scene, layout, tree, out);
    }
    if (const auto print = print_at_cursor(scene))
        draw_provenance(scene, layout, tree, window, *print, 1, out);
}

}  // namespace loopscope::timeline
