#include "app/timeline/lane_tree.hpp"

#include <algorithm>
#include <numeric>

namespace loopscope::timeline {

void LaneTree::update(const trace::Index& index) {
    const auto& tasks = index.tasks();
    if (serial_ != index.serial()) {
        serial_ = index.serial();
        callbacks_ = index.callbacks_print();
        // The new trace is usually of the same program, as after a fork, so folded lanes stay folded.
        const std::size_t known = nodes_.size();
        std::vector<bool> folded(known);
        for (std::size_t each = 0; each < known; ++each) folded[each] = nodes_[each].folded;
        nodes_.assign(1, {});
        for (const trace::TaskInfo& task : tasks) add(task);
        for (std::size_t each = 0; each < std::min(known, nodes_.size()); ++each)
            nodes_[each].folded = folded[each];
        lay_out();
        return;
    }
    const bool callbacks = index.callbacks_print();
    if (nodes_.size() == tasks.size() + 1 && callbacks == callbacks_) return;
    callbacks_ = callbacks;
    while (nodes_.size() <= tasks.size()) add(tasks[nodes_.size() - 1]);
    lay_out();
}

void LaneTree::add(const trace::TaskInfo& task) {
    nodes_.push_back({.parent = task.parent.value});
    link(static_cast<std::uint32_t>(nodes_.size() - 1));
}

void LaneTree::link(std::uint32_t task) {
    Node& parent = nodes_[nodes_[task].parent];
    if (parent.last_child != 0) {
        nodes_[parent.last_child].next_sibling = task;
    } else {
        parent.first_child = task;
    }
    parent.last_child = task;
}

void LaneTree::sort(std::span<const std::uint32_t> ranks) {
    std::vector<std::uint32_t> order(nodes_.size() - 1);
    std::iota(order.begin(), order.end(), 1);
    const auto rank_of = [&](std::uint32_t task) { return task <= ranks.size() ? ranks[task - 1] : 0; };
    std::ranges::stable_sort(order, {}, rank_of);
    for (Node& node : nodes_) node.first_child = node.last_child = node.next_sibling = 0;
    for (const std::uint32_t task : order) link(task);
    lay_out();
}

std::uint32_t LaneTree::next(std::uint32_t task, bool below, std::uint32_t& depth) const {
    if (below && nodes_[task].first_child != 0) {
        ++depth;
        return nodes_[task].first_child;
    }
    while (task != 0 && nodes_[task].next_sibling == 0) {
        task = nodes_[task].parent;
        --depth;
    }
    return task == 0 ? 0 : nodes_[task].next_sibling;
}

// Parents are created before their children, so one pass from the last task to the first finds all ancestors.
std::vector<bool> LaneTree::shown() const {
    std::vector<bool> shown(nodes_.size(), !filter_);
    if (!filter_) return shown;
    for (std::size_t task = nodes_.size() - 1; task > 0; --task) {
        if (shown[task] || filter_(TaskId{static_cast<std::uint32_t>(task)}))
            shown[task] = shown[nodes_[task].parent] = true;
    }
    return shown;
}

void LaneTree::lay_out() {
    const std::vector<bool> shown = this->shown();
    left_ = static_cast<std::size_t>(std::ranges::count(shown.begin() + 1, shown.end(), true));
    lanes_.clear();
    families_.clear();
    positions_.assign(nodes_.size(), 0);
    std::uint32_t depth = 0;
    for (std::uint32_t task = nodes_[0].first_child; task != 0;) {
        if (shown[task]) add_lane(task, depth);
        task = next(task, shown[task] && !nodes_[task].folded, depth);
    }
    if (callbacks_ && !filter_) add_lane(0, 0);
}

void LaneTree::add_lane(std::uint32_t task, std::uint32_t depth) {
    const Node& node = nodes_[task];
    const bool parent = task != 0 && node.first_child != 0;
    lanes_.push_back({TaskId{task}, depth, parent, parent && node.folded});
    positions_[task] = static_cast<std::uint32_t>(lanes_.size());
    if (!lanes_.back().is_folded) return;
    std::vector<TaskId>& all = families_[task] = family(TaskId{task}, SIZE_MAX);
    std::ranges::sort(all);
}

std::optional<std::size_t> LaneTree::position_of(TaskId task) const {
    if (task.value >= positions_.size()) return std::nullopt;
    if (!task) return positions_[0] == 0 ? std::nullopt : std::optional<std::size_t>(positions_[0] - 1);
    for (std::uint32_t each = task.value; each != 0; each = nodes_[each].parent) {
        if (positions_[each] == 0) continue;
        if (each != task.value && !nodes_[each].folded) return std::nullopt;
        return positions_[each] - 1;
    }
    return std::nullopt;
}

bool LaneTree::toggle(TaskId task) {
    if (!task || task.value >= nodes_.size() || nodes_[task.value].first_child == 0) return false;
    nodes_[task.value].folded = !nodes_[task.value].folded;
    lay_out();
    return true;
}

bool LaneTree::toggle_all() {
    const bool any = std::ranges::any_of(lanes_, &Lane::is_folded);
    for (Node& node : nodes_) node.folded = !any && node.first_child != 0;
    lay_out();
    return any || std::ranges::any_of(lanes_, &Lane::is_folded);
}

void LaneTree::set_filter(Filter filter) {
    filter_ = std::move(filter);
    lay_out();
}

std::vector<TaskId> LaneTree::shown_in(const Lane& lane) const {
    if (!lane.task) return {};
    return lane.is_folded ? family(lane.task, max_shown) : std::vector<TaskId>{lane.task};
}

std::vector<TaskId> LaneTree::family(TaskId task, std::size_t limit) const {
    std::vector<TaskId> family{task};
    for (std::size_t each = 0; each < family.size(); ++each) {
        for (std::uint32_t child = nodes_[family[each].value].first_child; child != 0;
             child = nodes_[child].next_sibling) {
            if (family.size() == limit) return {};
            family.push_back(TaskId{child});
        }
    }
    return family;
}

std::span<const TaskId> LaneTree::family(const Lane& lane) const {
    const auto found = families_.find(lane.task.value);
    return found == families_.end() ? std::span<const TaskId>() : found->second;
}

}  // namespace loopscope::timeline
