// SPDX-License-Identifier: MIT
#include "app/timeline/lane_nodes.hpp"

namespace loopscope::timeline {

std::uint32_t LaneNodes::add(const trace::TaskInfo& task) {
    LaneNode node;
    node.parent = task.parent.value;
    node.coroutine = task.coroutine;
    node.spawn = task.spawn;
    const LaneNode& parent = nodes_[node.parent];
    const bool is_again = node.parent != 0 && parent.coroutine == node.coroutine;
    node.home = is_again ? parent.home : node.parent;
    nodes_.push_back(node);
    return static_cast<std::uint32_t>(nodes_.size() - 1);
}

void LaneNodes::list(std::uint32_t task) {
    list_before(task, nodes_[task].parent, 0);
}

void LaneNodes::list_as_created(std::uint32_t task, std::uint32_t holder) {
    std::uint32_t next = 0;
    std::uint32_t before = nodes_[holder].last_child;
    while (before > task) {
        next = before;
        before = nodes_[before].previous_sibling;
    }
    list_before(task, holder, next);
}

void LaneNodes::list_before(std::uint32_t task, std::uint32_t holder, std::uint32_t next) {
    LaneNode& node = nodes_[task];
    node.holder = holder;
    node.is_listed = true;
    node.next_sibling = next;
    node.previous_sibling = next != 0 ? nodes_[next].previous_sibling : nodes_[holder].last_child;
    (next != 0 ? nodes_[next].previous_sibling : nodes_[holder].last_child) = task;
    (node.previous_sibling != 0 ? nodes_[node.previous_sibling].next_sibling : nodes_[holder].first_child) =
        task;
}

void LaneNodes::take_off(std::uint32_t task) {
    LaneNode& node = nodes_[task];
    LaneNode& holder = nodes_[node.holder];
    (node.previous_sibling != 0 ? nodes_[node.previous_sibling].next_sibling : holder.first_child) =
        node.next_sibling;
    (node.next_sibling != 0 ? nodes_[node.next_sibling].previous_sibling : holder.last_child) =
        node.previous_sibling;
    node.previous_sibling = node.next_sibling = 0;
    node.is_listed = false;
}

void LaneNodes::replace(std::uint32_t task, std::uint32_t other) {
    const std::uint32_t holder = nodes_[task].holder;
    const std::uint32_t next = nodes_[task].next_sibling;
    take_off(task);
    list_before(other, holder, next);
}

void LaneNodes::list_anew(const std::vector<std::uint32_t>& order) {
    for (LaneNode& node : nodes_) node.first_child = node.last_child = 0;
    for (const std::uint32_t task : order) list_before(task, nodes_[task].holder, 0);
}

}  // namespace loopscope::timeline
