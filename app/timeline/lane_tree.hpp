// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "app/timeline/lane_groups.hpp"
#include "core/base/id.hpp"
#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// What has a lane: a task, a group of tasks, or, if neither is named, callbacks.
struct LaneKey {
    TaskId task;
    LaneGroupId group;

    /// Returns whether it is the lane of callbacks.
    [[nodiscard]] bool is_callbacks() const { return !task && !group; }
    friend bool operator==(const LaneKey&, const LaneKey&) = default;
};

/// A lane.
struct Lane : LaneKey {
    std::uint32_t depth = 0;
    bool is_parent = false;  ///< whether it can be folded
    bool is_folded = false;  ///< what is below it has no lanes: this lane shows how dense that is together
};

/// The tasks in the order of their lanes. Each task is below its parent; siblings are in the order of
/// creation, or sorted. Descendants of folded tasks, and tasks that the filter hides, have no lane.
///
/// Groups of tasks (LaneGroups) have one lane, which is folded at first; below it are its guests. Below an
/// unfolded one are its members; of many, those that live in the window. Where many tasks are in no group,
/// those that do not live in the window have no lane either. A filter looks at all tasks, and dissolves
/// groups.
///
/// The layout looks at lanes, and not at the tasks of folded ones.
class LaneTree {
  public:
    /// Returns whether a task should have a lane. The ancestors of such a task get lanes as well.
    using Filter = std::function<bool(TaskId)>;

    /// The number of tasks in no group, and of members of an unfolded group, up to which all have lanes.
    static constexpr std::size_t max_always = 64;
    /// The maximum number of members of a group that have lanes.
    static constexpr std::size_t max_members = 200;

    /// Updates the lanes to the tasks of the index. Looks at each task, and each change of one, once.
    void update(const trace::Index& index);
    /// Returns whether the last update() was with this index.
    [[nodiscard]] bool knows(const trace::Index& index) const { return serial_ == index.serial(); }
    [[nodiscard]] const std::vector<Lane>& lanes() const { return lanes_; }
    /// Returns the index of the lane that shows a task: its own, or that of a folded ancestor or a group.
    /// Returns nothing if no lane shows it.
    [[nodiscard]] std::optional<std::size_t> position_of(TaskId task) const;
    /// Returns the index of a lane; nothing if there is no such lane now.
    [[nodiscard]] std::optional<std::size_t> position_of(const LaneKey& lane) const;

    /// Returns the number of tasks.
    [[nodiscard]] std::size_t tasks() const { return nodes_.tasks(); }
    /// Returns the number of tasks that the filter leaves, with their ancestors.
    [[nodiscard]] std::size_t tasks_left() const { return left_; }
    /// Returns how many tasks have no lane of their own because of groups and of the window.
    [[nodiscard]] std::size_t tasks_put_away() const;
    /// Returns whether lanes come and go, because there are groups or too many tasks.
    [[nodiscard]] bool has_groups() const { return groups_.size() > 0 || needs_window_; }
    [[nodiscard]] const LaneGroup& group(LaneGroupId id) const { return groups_[id]; }

    /// Folds or unfolds a task's lane; if the task is in a group and has no children, or is its guest, folds
    /// or unfolds the group. Returns false if there is nothing to fold.
    bool toggle(TaskId task) { return toggle(LaneKey{task, {}}); }
    /// Folds or unfolds the lane of a task, as toggle(TaskId), or of a group.
    bool toggle(const LaneKey& lane);
    /// Folds all lanes, or unfolds all lanes if any is folded. Returns false if there is nothing to fold.
    bool toggle_all();
    /// Sets the filter; an empty function gives all tasks a lane.
    void set_filter(Filter filter);
    /// Sets which events are in view.
    void set_window(const EventWindow& window);
    /// Has tasks be seen though they are in a folded group: the one that runs, and the one that wrote the
    /// value that it prints, if there is one. Each stays until another one of its group takes its place.
    void set_focus(TaskId running, TaskId writer);
    /// Sorts siblings by rank. `ranks` holds the rank of each task, in the order of creation; tasks with
    /// equal ranks stay in the order of creation, and tasks beyond its end have rank 0. Tasks that update()
    /// adds later come last among their siblings.
    void sort(std::span<const std::uint32_t> ranks);
    /// Returns the tasks that are drawn one by one in a lane: its own task, or all tasks of a folded family
    /// or group. Returns nothing if these are too many; such a lane is always a band.
    [[nodiscard]] std::vector<TaskId> shown_in(const Lane& lane) const;
    /// Returns the tasks of a folded lane in the order of creation; at most `max`, or else nothing.
    [[nodiscard]] std::vector<TaskId> family(const Lane& lane, std::size_t max = SIZE_MAX) const;

    [[nodiscard]] const LaneNodes& nodes() const { return nodes_; }
    [[nodiscard]] const LaneGroups& groups() const { return groups_; }
    /// Returns a number that changes whenever the lanes of tasks, which are no groups, are folded or
    /// unfolded, and with each trace.
    [[nodiscard]] std::uint64_t foldings() const { return foldings_; }

  private:
    /// The maximum number of tasks that a folded lane draws one by one.
    static constexpr std::size_t max_shown = 64;

    void rebuild(const trace::Index& index);
    void lay_out();
    void add_lane(const Lane& lane);
    void clear_lanes();
    /// Returns the members of an unfolded group that have lanes.
    [[nodiscard]] std::vector<std::uint32_t> listed(const LaneGroup& group) const;
    /// Returns the group in which a task can only be seen as a guest; none: it has, or may have, its lane.
    [[nodiscard]] LaneGroupId host_of(std::uint32_t task) const;
    bool invite(std::uint32_t task, std::size_t seat);
    [[nodiscard]] std::vector<bool> shown() const;
    friend class LaneWalk;

    bool callbacks_ = false;    // whether callbacks have a lane
    std::uint64_t serial_ = 0;  // serial number of the index that nodes_ were built from
    std::uint64_t foldings_ = 0;
    LaneNodes nodes_;
    LaneGroups groups_;
    std::size_t left_ = 0;  // number of tasks that the filter leaves
    std::vector<Lane> lanes_;
    std::vector<std::uint32_t> positions_;        // by task: one more than its index in lanes_; 0: none
    std::vector<std::uint32_t> group_positions_;  // by group, as positions_
    std::vector<std::uint32_t> ranks_;
    Filter filter_;
    EventWindow window_{{}, EventIndex{UINT32_MAX}};
    bool needs_window_ = false;  // whether the lanes depend on the window
    std::array<TaskId, 2> focus_;
};

}  // namespace loopscope::timeline
