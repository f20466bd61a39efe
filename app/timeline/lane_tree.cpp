// SPDX-License-Identifier: MIT
#include "app/timeline/lane_tree.hpp"

#include <algorithm>
#include <utility>

#include "app/timeline/lane_walk.hpp"

namespace loopscope::timeline {

void LaneTree::update(const trace::Index& index) {
    const bool callbacks = index.callbacks_print();
    if (serial_ != index.serial()) return rebuild(index);
    if (!groups_.update(index, nodes_) && callbacks == callbacks_) return;
    callbacks_ = callbacks;
    lay_out();
}

void LaneTree::rebuild(const trace::Index& index) {
    serial_ = index.serial();
    ++foldings_;
    callbacks_ = index.callbacks_print();
    // The new trace is usually of the same program, as after a fork, so folded lanes stay folded.
    std::vector<bool> folded(nodes_.size());
    for (std::uint32_t task = 0; task < nodes_.size(); ++task) folded[task] = nodes_[task].is_folded;
    clear_lanes();
    nodes_.clear();
    groups_.clear();
    focus_ = {};
    ranks_.clear();
    groups_.update(index, nodes_);
    for (std::uint32_t task = 0; task < std::min(folded.size(), nodes_.size()); ++task)
        nodes_[task].is_folded = folded[task];
    lay_out();
}

void LaneTree::sort(std::span<const std::uint32_t> ranks) {
    ranks_.assign(ranks.begin(), ranks.end());
    std::vector<std::uint32_t> order;
    for (std::uint32_t task = 1; task < nodes_.size(); ++task) {
        if (nodes_[task].is_listed) order.push_back(task);
    }
    std::ranges::stable_sort(order, {},
                             [&](std::uint32_t task) { return task <= ranks.size() ? ranks[task - 1] : 0; });
    nodes_.list_anew(order);
    lay_out();
}

// Parents are created before their children, so one pass from the last task to the first finds all ancestors.
std::vector<bool> LaneTree::shown() const {
    std::vector<bool> shown(nodes_.size(), false);
    for (std::size_t task = nodes_.size() - 1; task > 0; --task) {
        if (shown[task] || filter_(TaskId{static_cast<std::uint32_t>(task)}))
            shown[task] = shown[nodes_[static_cast<std::uint32_t>(task)].parent] = true;
    }
    return shown;
}

void LaneTree::clear_lanes() {
    for (const Lane& lane : lanes_) {
        if (lane.group)
            group_positions_[lane.group.value - 1] = 0;
        else
            positions_[lane.task.value] = 0;
    }
    lanes_.clear();
}

void LaneTree::lay_out() {
    clear_lanes();
    positions_.resize(nodes_.size());
    group_positions_.resize(groups_.size());
    LaneWalk walk(*this);
    walk.all();
    needs_window_ = walk.needs_window();
    if (callbacks_ && !filter_) add_lane({});
}

void LaneTree::add_lane(const Lane& lane) {
    lanes_.push_back(lane);
    const auto position = static_cast<std::uint32_t>(lanes_.size());
    (lane.group ? group_positions_[lane.group.value - 1] : positions_[lane.task.value]) = position;
}

std::vector<std::uint32_t> LaneTree::listed(const LaneGroup& group) const {
    if (group.size() <= max_always) return group.members(nodes_);
    std::vector<std::uint32_t> listed = group.living(nodes_, window_, max_members);
    for (const std::uint32_t guest : group.guests) {
        const auto place = std::ranges::lower_bound(listed, guest);
        if (guest != 0 && (place == listed.end() || *place != guest)) listed.insert(place, guest);
    }
    return listed;
}

std::size_t LaneTree::tasks_put_away() const {
    if (filter_ || !has_groups()) return 0;
    const auto own = std::ranges::count_if(lanes_, [](const Lane& lane) { return bool{lane.task}; });
    return tasks() - static_cast<std::size_t>(own);
}

std::optional<std::size_t> LaneTree::position_of(TaskId task) const {
    if (task.value >= positions_.size()) return std::nullopt;
    if (!task) return positions_[0] == 0 ? std::nullopt : std::optional<std::size_t>(positions_[0] - 1);
    for (std::uint32_t each = task.value; each != 0;) {
        const LaneNode& node = nodes_[each];
        if (positions_[each] != 0) {
            if (each != task.value && !node.is_folded) return std::nullopt;
            return positions_[each] - 1;
        }
        const bool is_grouped = node.group && !filter_;
        if (is_grouped && group_positions_[node.group.value - 1] != 0)
            return group_positions_[node.group.value - 1] - 1;
        each = is_grouped ? groups_[node.group].home() : node.parent;
    }
    return std::nullopt;
}

std::optional<std::size_t> LaneTree::position_of(const LaneKey& lane) const {
    if (!lane.group) return position_of(lane.task);
    if (lane.group.value > group_positions_.size() || group_positions_[lane.group.value - 1] == 0)
        return std::nullopt;
    return group_positions_[lane.group.value - 1] - 1;
}

bool LaneTree::toggle(const LaneKey& lane) {
    LaneGroupId group = lane.group;
    if (group.value > groups_.size() || lane.task.value >= nodes_.size() || lane.is_callbacks()) return false;
    if (!group) {
        LaneNode& node = nodes_[lane.task.value];
        const LaneGroupId host = filter_ ? LaneGroupId{} : host_of(lane.task.value);
        if (!host && node.first_child != 0) {
            node.is_folded = !node.is_folded;
            ++foldings_;
            lay_out();
            return true;
        }
        group = host ? host : node.group;
        if (!group || filter_) return false;
    }
    groups_.fold(group, !groups_[group].is_folded);
    lay_out();
    return true;
}

bool LaneTree::toggle_all() {
    const bool any = std::ranges::any_of(lanes_, &Lane::is_folded);
    for (std::uint32_t task = 0; task < nodes_.size(); ++task)
        nodes_[task].is_folded = !any && nodes_[task].first_child != 0;
    for (std::uint32_t id = 1; id <= groups_.size(); ++id) groups_.fold(LaneGroupId{id}, !any);
    ++foldings_;
    lay_out();
    return any || std::ranges::any_of(lanes_, &Lane::is_folded);
}

void LaneTree::set_filter(Filter filter) {
    filter_ = std::move(filter);
    lay_out();
}

void LaneTree::set_window(const EventWindow& window) {
    if (window == window_) return;
    window_ = window;
    if (needs_window_) lay_out();
}

LaneGroupId LaneTree::host_of(std::uint32_t task) const {
    LaneGroupId host;
    for (std::uint32_t each = task; each != 0;) {
        const LaneNode& node = nodes_[each];
        // What an ancestor's lane hides by the user's will stays hidden.
        if (!node.group && node.is_folded && each != task) host = {};
        if (node.group && (groups_[node.group].is_folded || positions_[each] == 0)) host = node.group;
        each = node.group ? groups_[node.group].home() : node.parent;
    }
    return host;
}

bool LaneTree::invite(std::uint32_t task, std::size_t seat) {
    const LaneGroupId host = task == 0 || task >= nodes_.size() ? LaneGroupId{} : host_of(task);
    if (!host) return false;
    auto& guests = groups_[host].guests;
    if (std::ranges::find(guests, task) != guests.end()) return false;
    guests.at(seat) = task;
    return true;
}

void LaneTree::set_focus(TaskId running, TaskId writer) {
    if (filter_ || focus_ == std::array{running, writer}) return;
    focus_ = {running, writer};
    const bool writes = invite(writer.value, 1);
    if (invite(running.value, 0) || writes) lay_out();
}

std::vector<TaskId> LaneTree::shown_in(const Lane& lane) const {
    if (lane.is_callbacks()) return {};
    return lane.group || lane.is_folded ? family(lane, max_shown) : std::vector<TaskId>{lane.task};
}

std::vector<TaskId> LaneTree::family(const Lane& lane, std::size_t max) const {
    std::vector<TaskId> family;
    const auto add = [&](std::uint32_t task) { family.push_back(TaskId{task}); };
    const auto add_group = [&](LaneGroupId id) {
        if (groups_[id].size() > max) return family.resize(max + 1);
        std::ranges::for_each(groups_[id].members(nodes_), add);
    };
    if (lane.group)
        add_group(lane.group);
    else if (lane.is_folded)
        add(lane.task.value);
    for (std::size_t each = 0; each < family.size() && family.size() <= max; ++each) {
        std::uint32_t child = nodes_[family[each].value].first_child;
        for (; child != 0 && family.size() <= max; child = nodes_[child].next_sibling) {
            if (nodes_[child].group)
                add_group(nodes_[child].group);
            else
                add(child);
        }
    }
    if (family.size() > max) return {};
    std::ranges::sort(family);
    return family;
}

}  // namespace loopscope::timeline
