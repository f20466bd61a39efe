// SPDX-License-Identifier: MIT
#include "app/timeline/lane_walk.hpp"

#include <algorithm>

namespace loopscope::timeline {

LaneWalk::LaneWalk(LaneTree& tree) : tree_(tree) {
    if (tree_.filter_) shown_ = tree_.shown();
    hides_ = !tree_.filter_ && tree_.groups_.plain_tasks() > LaneTree::max_always &&
             tree_.nodes_.tasks() > LaneTree::max_members;
    needs_window_ = hides_;
    tree_.left_ = tree_.filter_
                      ? static_cast<std::size_t>(std::ranges::count(shown_.begin() + 1, shown_.end(), true))
                      : tree_.nodes_.tasks();
}

void LaneWalk::all() {
    const LaneGroupId library = tree_.groups_.library();
    stack_.push_back({tree_.nodes_[0].first_child, 0});
    visit_all();
    if (!library || tree_.groups_[library].size() == 0) return;
    group(library, 0);
    visit_all();
}

void LaneWalk::visit_all() {
    while (!stack_.empty()) {
        const Stop stop = stack_.back();
        stack_.pop_back();
        visit(stop);
    }
}

void LaneWalk::visit(const Stop& stop) {
    if (stop.task == 0) return;
    const LaneNode& node = tree_.nodes_[stop.task];
    if (!stop.alone) {
        stack_.push_back({node.next_sibling, stop.depth});
        if (node.group) return group(node.group, stop.depth);
    }
    if (tree_.filter_ && !shown_[stop.task]) return;
    if (tree_.positions_[stop.task] != 0) return;  // a guest may stand above the ancestor that it is below
    const bool lives = !hides_ || stop.alone || node.lives(tree_.window_.first, tree_.window_.last);
    const bool is_parent = node.first_child != 0;
    if (lives) {
        Lane lane;
        lane.task = TaskId{stop.task};
        lane.depth = stop.depth;
        lane.is_parent = is_parent;
        lane.is_folded = is_parent && node.is_folded;
        tree_.add_lane(lane);
    }
    if (is_parent && !node.is_folded) stack_.push_back({node.first_child, stop.depth + (lives ? 1 : 0)});
}

// A filter looks for tasks, so it shows them where they would be without groups.
void LaneWalk::group(LaneGroupId id, std::uint32_t depth) {
    const LaneGroup& group = tree_.groups_[id];
    if (tree_.filter_) return push(group.members(tree_.nodes_), depth);
    Lane lane;
    lane.group = id;
    lane.depth = depth;
    lane.is_parent = true;
    lane.is_folded = group.is_folded;
    tree_.add_lane(lane);
    if (!group.is_folded) {
        needs_window_ = needs_window_ || group.size() > LaneTree::max_always;
        return push(tree_.listed(group), depth + 1);
    }
    std::vector<std::uint32_t> guests;
    for (const std::uint32_t guest : group.guests) {
        if (guest != 0 && std::ranges::find(guests, guest) == guests.end()) guests.push_back(guest);
    }
    std::ranges::sort(guests);
    for (const std::uint32_t guest : guests) {
        Lane own;
        own.task = TaskId{guest};
        own.depth = depth + 1;
        tree_.add_lane(own);
    }
}

void LaneWalk::push(const std::vector<std::uint32_t>& tasks, std::uint32_t depth) {
    std::vector<std::uint32_t> sorted = tasks;
    sort(sorted);
    std::ranges::reverse(sorted);  // not views::reverse: clang 14 does not compile that of libstdc++ 12
    for (const std::uint32_t task : sorted) stack_.push_back({task, depth, true});
}

void LaneWalk::sort(std::vector<std::uint32_t>& tasks) const {
    const auto& ranks = tree_.ranks_;
    if (ranks.empty()) return;
    std::ranges::stable_sort(tasks, {},
                             [&](std::uint32_t task) { return task <= ranks.size() ? ranks[task - 1] : 0; });
}

}  // namespace loopscope::timeline
