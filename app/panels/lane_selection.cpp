// SPDX-License-Identifier: MIT
#include "app/panels/lane_selection.hpp"

#include <algorithm>

#include "app/timeline/lane_focus.hpp"

namespace loopscope::panels {

void LaneSelection::move(int distance, const session::Session& session, const timeline::LaneTree& tree) {
    const auto& lanes = tree.lanes();
    if (lanes.empty()) return;
    const TaskId running = timeline::focus_at(session.log(), session.index(), session.cursor()).running;
    std::optional<std::size_t> from;
    if (lane_) from = tree.position_of(*lane_);
    if (!from && running) from = tree.position_of(running);
    const auto last = static_cast<std::ptrdiff_t>(lanes.size()) - 1;
    const std::ptrdiff_t wanted = from ? static_cast<std::ptrdiff_t>(*from) + distance : 0;
    lane_ = wanted_ = lanes[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, last))];
}

bool LaneSelection::fold(timeline::LaneTree& tree) {
    if (!lane_ || !tree.toggle(*lane_)) return false;
    wanted_ = lane_;
    return true;
}

void LaneSelection::forget(std::size_t tasks) {
    if (lane_ && (lane_->group || lane_->task.value > tasks)) lane_.reset();
    wanted_.reset();
    seen_ = {};
}

void LaneSelection::scroll(const timeline::Scene& scene, const timeline::LaneTree& tree,
                           const timeline::Layout& layout, float& scroll) {
    const auto reveal = [&](std::optional<std::size_t> position) {
        if (position) scroll = timeline::scroll_to(layout, *position, scroll);
    };
    if (follows_ && seen_ != scene.cursor) {
        const timeline::Focus focus = timeline::focus_at(scene.log, scene.index, scene.cursor);
        if (focus.writer) reveal(tree.position_of(focus.writer));
        if (focus.running) reveal(tree.position_of(focus.running));
    }
    seen_ = scene.cursor;
    if (wanted_) reveal(tree.position_of(*wanted_));
    wanted_.reset();
}

}  // namespace loopscope::panels
