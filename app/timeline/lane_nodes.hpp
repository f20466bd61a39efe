// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/id.hpp"
#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// A group of tasks that have one lane together.
using LaneGroupId = Id<struct LaneGroupTag>;

/// What the lanes know of a task: its relatives, its life and its group. Numbers are those of tasks; 0: none.
struct LaneNode {
    std::uint32_t parent = 0;
    std::uint32_t first_child = 0;
    std::uint32_t last_child = 0;
    std::uint32_t previous_sibling = 0;
    std::uint32_t next_sibling = 0;
    std::uint32_t holder = 0;  ///< the task among whose children it is listed; usually its parent
    std::uint32_t home = 0;    ///< the nearest ancestor that runs another coroutine
    StringId coroutine;
    EventIndex spawn;
    EventIndex finish;  ///< none: it has not ended
    trace::Origin origin = trace::Origin::unknown;
    bool is_listed = false;          ///< among the children of `holder`
    bool has_program_tasks = false;  ///< whether a descendant runs the program's own code
    bool is_folded = false;
    LaneGroupId group;        ///< none: it stands for itself
    std::uint32_t place = 0;  ///< among the members of its group

    /// Returns whether the task lives at any time from `first` to `last`.
    [[nodiscard]] bool lives(EventIndex first, EventIndex last) const {
        return spawn <= last && (!finish || finish >= first);
    }
};

/// The nodes of all tasks, and lists of children. Node 0 is above all root tasks.
class LaneNodes {
  public:
    [[nodiscard]] LaneNode& operator[](std::uint32_t task) { return nodes_[task]; }
    [[nodiscard]] const LaneNode& operator[](std::uint32_t task) const { return nodes_[task]; }
    /// Returns the number of nodes: one more than there are tasks.
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }
    [[nodiscard]] std::size_t tasks() const { return nodes_.size() - 1; }

    /// Forgets all tasks.
    void clear() { nodes_.assign(1, {}); }
    /// Adds the next task, which is listed nowhere yet.
    std::uint32_t add(const trace::TaskInfo& task);
    /// Lists a task last among its parent's children.
    void list(std::uint32_t task);
    /// Lists a task among the children of `holder`, before those that were created later.
    void list_as_created(std::uint32_t task, std::uint32_t holder);
    /// Takes a task off the list that it is in. REQUIRES: it is listed.
    void take_off(std::uint32_t task);
    /// Puts `other` into a task's place in the list that it is in. REQUIRES: the task is listed and `other`
    /// is not.
    void replace(std::uint32_t task, std::uint32_t other);
    /// Lists all tasks that are listed now anew, in this order. REQUIRES: `order` has each of them once.
    void list_anew(const std::vector<std::uint32_t>& order);

  private:
    void list_before(std::uint32_t task, std::uint32_t holder, std::uint32_t next);

    std::vector<LaneNode> nodes_{1};  // by task
};

}  // namespace loopscope::timeline
