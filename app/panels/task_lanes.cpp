// SPDX-License-Identifier: MIT
#include "app/panels/task_lanes.hpp"

#include <cmath>

#include <fmt/format.h>

#include "app/panels/hover.hpp"
#include "app/timeline/lane_focus.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"

namespace loopscope::panels {

void TaskLanes::take_in(const session::Session& session, bool is_other) {
    if (is_other) selection_.forget(session.index().tasks().size());
    tree_.update(session.index());
    choice_.apply(session, tree_);
}

timeline::Layout TaskLanes::layout(float width, float height, float scale) const {
    return timeline::Layout::create(width, height, tree_.lanes().size(), scale, tree_.has_groups());
}

void TaskLanes::describe(timeline::Scene& scene) const {
    if (choice_.order() != explain::TaskOrder::creation) scene.sorted = name(choice_.order());
    scene.filter = choice_.filter_text();
    scene.selected = selection_.lane();
}

void TaskLanes::focus(const timeline::Scene& scene, float width) {
    timeline::focus(tree_, scene, width);
}

void TaskLanes::reveal(const timeline::Scene& scene, const timeline::Layout& layout, bool follows,
                       timeline::View& view) {
    selection_.scroll(scene, tree_, layout, view.scroll);
    if (!follows) return;
    const timeline::Axis axis(view.axis, scene.log, scene.index);
    view.reveal(axis.at(scene.cursor), axis.end(), layout.width());
}

void TaskLanes::draw(const timeline::Scene& scene, const timeline::Layout& layout, timeline::DrawList& out) {
    timeline::draw(scene, layout, tree_, tiles_, out);
}

timeline::Hit TaskLanes::hit(const timeline::Scene& scene, const timeline::Layout& layout, float x, float y) {
    return timeline::hit(scene, layout, tree_, tiles_, x, y);
}

std::optional<TimelineContent::Extent> TaskLanes::extent(const session::Session& session,
                                                         const timeline::Axis& axis, EventIndex event) const {
    const auto handle = session.index().handle_at(event);
    if (!handle || session.index().last_event(*handle) < event) return std::nullopt;
    const Extent extent{axis.begin_of(*handle), axis.end_of(*handle)};
    return extent.from < extent.to ? std::optional(extent) : std::nullopt;
}

bool TaskLanes::is_on(const timeline::Scene& scene, const timeline::Hit& hit) const {
    if (!hit.event) return false;
    const auto handle = scene.index.handle_at(*hit.event);
    if (!handle) return false;
    const TaskId owner = scene.log[scene.index.handles().first(*handle)].task();
    if (hit.task && owner != hit.task) return false;
    // A print's tile may be wider than its step, and a step may be narrower than a pixel.
    const auto reach = std::llround(static_cast<double>(scene.px(12)) / scene.view.scale);
    const timeline::Axis axis = scene.axis();
    return hit.tick >= axis.begin_of(*handle) - reach && hit.tick <= axis.end_of(*handle) + reach;
}

ContextMenu::Target TaskLanes::target(const session::Session& session, const timeline::Hit& hit) const {
    using Part = timeline::Hit::Part;
    using Kind = ContextMenu::Kind;
    const bool is_named = hit.task || hit.group;
    if (hit.part == Part::mark) return {Kind::mark, hit.event, "the mark"};
    if (hit.part == Part::fold || hit.part == Part::label || (is_named && !hit.event)) {
        return {Kind::lane,
                {},
                hit.task ? explain::task_label(session.log(), session.index(), hit.task)
                         : excerpt(hit.group_name)};
    }
    if (!hit.event) return {Kind::empty, {}, {}};
    const trace::Kind kind = session.log()[*hit.event].kind();
    const bool prints = kind == trace::Kind::print || kind == trace::Kind::print_value;
    const std::string_view who = hit.part == Part::storage_switch ? "the switch" : std::string_view();
    if (!who.empty()) return {Kind::moment, hit.event, std::string(who)};
    const std::string task =
        explain::task_label(session.log(), session.index(), session.log()[*hit.event].task());
    return {prints ? Kind::print : Kind::step, hit.event,
            prints ? fmt::format("{} prints '{}'", task, excerpt(session.log().printed_text(*hit.event)))
                   : fmt::format("a step of {}", task)};
}

std::string TaskLanes::hover(const session::Session& session, const timeline::Hit& hit) {
    return hover_text(session, hit);
}

void TaskLanes::click(const timeline::Hit& hit) {
    const timeline::LaneKey lane{hit.task, hit.group};
    if (hit.part == timeline::Hit::Part::fold)
        tree_.toggle(lane);
    else if (!lane.is_callbacks())
        selection_.select(lane);
}

void TaskLanes::select_lane(int distance, const session::Session& session) {
    selection_.move(distance, session, tree_);
}

}  // namespace loopscope::panels
