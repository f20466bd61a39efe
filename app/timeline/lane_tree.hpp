#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/base/id.hpp"
#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// The lane of a task; of callbacks if `task` is none.
struct Lane {
    TaskId task;
    std::uint32_t depth = 0;
    bool is_parent = false;
    bool is_folded = false;  ///< the descendants have no lanes: this lane shows how dense they are together
};

/// The tasks in the order of their lanes. Each task is below its parent; siblings are in the order of
/// creation, or sorted. Descendants of folded tasks, and tasks that the filter hides, have no lane.
class LaneTree {
  public:
    /// Returns whether a task should have a lane. The ancestors of such a task get lanes as well.
    using Filter = std::function<bool(TaskId)>;

    /// Updates the lanes to the tasks of the index. Reads each task once.
    void update(const trace::Index& index);
    /// Returns whether the last update() was with this index.
    [[nodiscard]] bool knows(const trace::Index& index) const { return serial_ == index.serial(); }
    [[nodiscard]] const std::vector<Lane>& lanes() const { return lanes_; }
    /// Returns the index of the lane that shows a task: its own, or that of a folded ancestor. Returns
    /// nothing if no lane shows it.
    [[nodiscard]] std::optional<std::size_t> position_of(TaskId task) const;

    /// Returns the number of tasks.
    [[nodiscard]] std::size_t tasks() const { return nodes_.size() - 1; }
    /// Returns the number of tasks that the filter leaves, with their ancestors.
    [[nodiscard]] std::size_t tasks_left() const { return left_; }

    /// Folds or unfolds a task's lane. Returns false if the task has no children.
    bool toggle(TaskId task);
    /// Folds all lanes, or unfolds all lanes if any is folded. Returns false if there is nothing to fold.
    bool toggle_all();
    /// Sets the filter; an empty function gives all tasks a lane.
    void set_filter(Filter filter);
    /// Sorts siblings by rank. `ranks` holds the rank of each task, in the order of creation; tasks with
    /// equal ranks stay in the order of creation, and tasks beyond its end have rank 0. Tasks that update()
    /// adds later come last among their siblings.
    void sort(std::span<const std::uint32_t> ranks);
    /// Returns the tasks that are drawn one by one in a lane: its own task, or all tasks of a folded family.
    /// Returns nothing if the family is too large; such a lane is always a band.
    [[nodiscard]] std::vector<TaskId> shown_in(const Lane& lane) const;
    /// Returns the tasks of a folded lane in the order of creation, so that a family grows at its end only.
    [[nodiscard]] std::span<const TaskId> family(const Lane& lane) const;

  private:
    /// The relatives of a task; 0: none.
    struct Node {
        std::uint32_t parent = 0;
        std::uint32_t first_child = 0;
        std::uint32_t last_child = 0;
        std::uint32_t next_sibling = 0;
        bool folded = false;
    };

    /// The maximum number of tasks that a folded lane draws one by one.
    static constexpr std::size_t max_shown = 64;

    void add(const trace::TaskInfo& task);
    /// Appends a task to its parent's children.
    void link(std::uint32_t task);
    void lay_out();
    void add_lane(std::uint32_t task, std::uint32_t depth);
    /// Returns a task and all its descendants; nothing if they are more than `most`.
    [[nodiscard]] std::vector<TaskId> family(TaskId task, std::size_t limit) const;
    /// Returns the task whose lane follows that of `task`; 0 if there is none. Its descendants count only if
    /// `below` is true. Adjusts `depth`.
    [[nodiscard]] std::uint32_t next(std::uint32_t task, bool below, std::uint32_t& depth) const;
    [[nodiscard]] std::vector<bool> shown() const;

    bool callbacks_ = false;      // whether callbacks have a lane
    std::uint64_t serial_ = 0;    // serial number of the index that nodes_ were built from
    std::vector<Node> nodes_{1};  // by task; 0 is the parent of all root tasks
    std::size_t left_ = 0;        // number of tasks that the filter leaves
    std::vector<Lane> lanes_;
    std::unordered_map<std::uint32_t, std::vector<TaskId>> families_;  // of folded lanes, by task
    std::vector<std::uint32_t> positions_;  // by task: one more than its index in lanes_; 0: none
    Filter filter_;
};

}  // namespace loopscope::timeline
