// SPDX-License-Identifier: MIT
#include "app/timeline/lane_focus.hpp"

#include <algorithm>

namespace loopscope::timeline {

Focus focus_at(const trace::Log& log, const trace::Index& index, EventIndex cursor) {
    Focus focus;
    const std::optional<HandleIndex> handle = index.handle_at(cursor);
    if (handle) {
        const trace::Event& first = log[index.handles().first(*handle)];
        if (first.kind() == trace::Kind::step) focus.running = first.task();
        const std::optional<PrintIndex> print = index.last_print(cursor);
        if (print && index.handle_at(index.prints().event(*print)) == handle)
            focus.writer = index.prints().writer_task(*print);
    }
    if (log[cursor].kind() == trace::Kind::spawn) focus.running = log[cursor].task();
    return focus;
}

void focus(LaneTree& tree, const Scene& scene, float width) {
    const Focus focus = focus_at(scene.log, scene.index, scene.cursor);
    tree.set_focus(focus.running, focus.writer);
    const Axis axis = scene.axis();
    tree.set_window({axis.event_near(scene.view.tick(0)), axis.event_near(scene.view.tick(width))});
}

float scroll_to(const Layout& layout, std::size_t position, float scroll) {
    const float top = static_cast<float>(position) * layout.lane_height;
    return std::max(std::min(scroll, top), top + layout.lane_height - layout.lanes.height);
}

}  // namespace loopscope::timeline
