#include "app/panels/task_lanes.hpp"

#include "app/panels/hover.hpp"
#include "app/timeline/lane_focus.hpp"

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
