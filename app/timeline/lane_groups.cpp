// SPDX-License-Identifier: MIT
#include "app/timeline/lane_groups.hpp"

#include <algorithm>
#include <utility>

namespace loopscope::timeline {

std::vector<std::uint32_t> LaneGroup::living(const LaneNodes& nodes, const EventWindow& window,
                                             std::size_t max) const {
    std::vector<std::uint32_t> found;
    for (std::size_t block = blocks_.size(); block-- > 0 && found.size() < max;) {
        const Block& its = blocks_[block];
        if (its.first_spawn > window.last || (its.living == 0 && its.last_finish < window.first)) continue;
        const std::size_t begin = block * block_size;
        for (std::size_t place = std::min(begin + block_size, places_.size());
             place-- > begin && found.size() < max;) {
            const std::uint32_t task = places_[place];
            if (task != 0 && nodes[task].lives(window.first, window.last)) found.push_back(task);
        }
    }
    std::ranges::sort(found);
    return found;
}

std::vector<std::uint32_t> LaneGroup::members(const LaneNodes& nodes) const {
    return living(nodes, {EventIndex{}, EventIndex{UINT32_MAX}}, SIZE_MAX);
}

void LaneGroups::clear() {
    is_crowd_ = has_library_ = false;
    taken_ = plain_tasks_ = 0;
    library_ = {};
    groups_.clear();
    kin_.clear();
    moved_.clear();
}

bool LaneGroups::update(const trace::Index& index, LaneNodes& nodes) {
    const std::size_t before = nodes.size();
    const auto& tasks = index.tasks();
    if (nodes.tasks() == tasks.size() && taken_ == index.task_changes().size()) return false;
    while (nodes.tasks() < tasks.size()) {
        const std::uint32_t task = nodes.add(tasks[nodes.tasks()]);
        nodes.list(task);
        ++plain_tasks_;
        Kin& kin = kin_[key_of(nodes[task])];
        ++kin.plain;
        if (!kin.group) kin.tasks.push_back(task);
    }
    const bool was_settled = is_crowd_ && has_library_ == (index.program_tasks() > 0);
    is_crowd_ = nodes.tasks() > max_plain_tasks;
    has_library_ = index.program_tasks() > 0;
    const std::size_t taken = taken_;
    take_changes(index, nodes);
    if (!is_crowd_) return true;
    const auto from = static_cast<std::uint32_t>(was_settled ? before : 1);
    for (std::uint32_t task = from; task < nodes.size(); ++task) settle(nodes, task);
    if (!was_settled) return true;
    for (std::size_t each = taken; each < taken_; ++each) settle(nodes, index.task_changes()[each].value);
    return true;
}

void LaneGroups::take_changes(const trace::Index& index, LaneNodes& nodes) {
    for (; taken_ < index.task_changes().size(); ++taken_) {
        const std::uint32_t task = index.task_changes()[taken_].value;
        const trace::TaskInfo& info = index.task(TaskId{task});
        if (info.finish && !nodes[task].finish) note_end(nodes, task, info.finish);
        if (nodes[task].origin == info.origin) continue;
        nodes[task].origin = info.origin;
        if (info.origin == trace::Origin::program) note_program(nodes, task);
    }
}

void LaneGroups::note_end(LaneNodes& nodes, std::uint32_t task, EventIndex finish) {
    LaneNode& node = nodes[task];
    node.finish = finish;
    if (!node.group) return;
    LaneGroup::Block& block = (*this)[node.group].blocks_[node.place / LaneGroup::block_size];
    --block.living;
    block.last_finish = std::max(block.last_finish, finish);
}

// The ancestors of a task that is noted are noted already, so each is visited once.
void LaneGroups::note_program(LaneNodes& nodes, std::uint32_t task) {
    for (std::uint32_t each = nodes[task].parent; each != 0; each = nodes[each].parent) {
        if (std::exchange(nodes[each].has_program_tasks, true)) return;
        if (is_crowd_ && nodes[each].group && nodes[each].group == library_) settle(nodes, each);
    }
}

bool LaneGroups::is_library(const LaneNode& node) const {
    return has_library_ && node.origin == trace::Origin::library && !node.has_program_tasks;
}

void LaneGroups::settle(LaneNodes& nodes, std::uint32_t task) {
    if (is_library(nodes[task])) {
        if (!library_) library_ = add_group({}, 0);
        return move(nodes, task, library_);
    }
    Kin& kin = kin_[key_of(nodes[task])];
    move(nodes, task, kin.group);
    if (!kin.group && kin.plain > handful && nesting(nodes, nodes[task].home) < max_nesting) form(nodes, kin);
}

void LaneGroups::form(LaneNodes& nodes, Kin& kin) {
    const LaneNode& first = nodes[kin.tasks.front()];
    kin.group = add_group(first.coroutine, first.home);
    for (const std::uint32_t task : std::exchange(kin.tasks, {})) {
        if (!is_library(nodes[task])) move(nodes, task, kin.group);
    }
}

std::size_t LaneGroups::nesting(const LaneNodes& nodes, std::uint32_t home) const {
    std::size_t levels = 0;
    // As many generations as matter: above them the picture has no room for levels.
    for (int each = 0; home != 0 && each < 64; ++each) {
        if (nodes[home].group) ++levels;
        home = nodes[home].parent;
    }
    return levels;
}

LaneGroupId LaneGroups::add_group(StringId coroutine, std::uint32_t home) {
    groups_.emplace_back(coroutine, home);
    const auto chosen = folded_.find(std::uint64_t{home} << 32 | coroutine.value);
    if (chosen != folded_.end()) groups_.back().is_folded = chosen->second;
    return LaneGroupId{static_cast<std::uint32_t>(groups_.size())};
}

void LaneGroups::fold(LaneGroupId id, bool folded) {
    LaneGroup& group = (*this)[id];
    group.is_folded = folded;
    folded_[std::uint64_t{group.home_} << 32 | group.coroutine_.value] = folded;
}

void LaneGroups::move(LaneNodes& nodes, std::uint32_t task, LaneGroupId to) {
    if (nodes[task].group == to) return;
    leave(nodes, task);
    join(nodes, task, to);
    moved_.push_back(TaskId{task});
}

void LaneGroups::leave(LaneNodes& nodes, std::uint32_t task) {
    LaneNode& node = nodes[task];
    if (!node.group) {
        --plain_tasks_;
        --kin_[key_of(node)].plain;
        return nodes.take_off(task);
    }
    LaneGroup& group = (*this)[node.group];
    group.places_[node.place] = 0;
    --group.size_;
    if (!node.finish) --group.blocks_[node.place / LaneGroup::block_size].living;
    if (group.leader_ != task) return;
    // All before the leader have left already.
    const auto next = std::find_if(group.places_.begin() + node.place, group.places_.end(),
                                   [](std::uint32_t each) { return each != 0; });
    group.leader_ = next == group.places_.end() ? 0 : *next;
    if (group.leader_ != 0)
        nodes.replace(task, group.leader_);
    else
        nodes.take_off(task);
}

void LaneGroups::join(LaneNodes& nodes, std::uint32_t task, LaneGroupId to) {
    LaneNode& node = nodes[task];
    node.group = to;
    if (!to) {
        ++plain_tasks_;
        ++kin_[key_of(node)].plain;
        return nodes.list_as_created(task, node.parent);
    }
    LaneGroup& group = (*this)[to];
    node.place = static_cast<std::uint32_t>(group.places_.size());
    group.places_.push_back(task);
    ++group.size_;
    if (node.place / LaneGroup::block_size == group.blocks_.size())
        group.blocks_.push_back({node.spawn, {}, 0});
    LaneGroup::Block& block = group.blocks_.back();
    block.first_spawn = std::min(block.first_spawn, node.spawn);
    block.last_finish = std::max(block.last_finish, node.finish);
    if (!node.finish) ++block.living;
    if (group.leader_ != 0 || group.is_library()) return;
    group.leader_ = task;
    nodes.list_as_created(task, group.home_);
}

}  // namespace loopscope::timeline
