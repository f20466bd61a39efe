#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "app/timeline/scene.hpp"

namespace loopscope::timeline {

/// A task's lane.
struct Lane {
    TaskId task;
    std::uint32_t depth = 0;
    bool is_parent = false;
    bool is_folded = false;  ///< its descendants have no lanes: it shows how dense they are together
};

/// Tasks in the order of their lanes: each below its parent, siblings in order of creation or sorted; without
/// those below a folded one, and without what a filter leaves out.
class LaneTree {
  public:
    /// Whether a task is to have a lane. Its ancestors have one too.
    using Filter = std::function<bool(TaskId)>;

    /// Brings it up to date with the tasks that there are. Reads each of them once.
    void update(const trace::Index& index);
    /// Whether it was last brought up to date with this index.
    [[nodiscard]] bool knows(const trace::Index& index) const { return serial_ == index.serial(); }
    [[nodiscard]] const std::vector<Lane>& lanes() const { return lanes_; }
    /// Where a task's lane is: its own, or that of the folded ancestor that shows it; none: it is left out.
    [[nodiscard]] std::optional<std::size_t> place_of(TaskId task) const;

    /// How many tasks there are, and how many of them the filter leaves: those with their ancestors.
    [[nodiscard]] std::size_t tasks() const { return nodes_.size() - 1; }
    [[nodiscard]] std::size_t tasks_left() const { return left_; }

    /// Folds or unfolds a task's lane. Gives false if nothing is below it.
    bool toggle(TaskId task);
    /// Folds all lanes of root tasks, or unfolds all lanes if any is folded. Gives false if there is nothing
    /// to fold.
    bool toggle_all();
    /// None: all tasks have lanes.
    void set_filter(Filter filter);
    /// Sorts siblings by a number of each task, in order of creation; those of equal ones, or of none, stay
    /// as they were created. Holds for the tasks that there are; those that come later come last.
    void sort(std::span<const std::uint32_t> ranks);
    /// The tasks that are drawn one by one in a lane: its own, and in a folded one its family, unless that is
    /// too large; then none, and it is always a band.
    [[nodiscard]] std::vector<TaskId> shown_in(const Lane& lane) const;
    /// The tasks of a folded lane, in order of creation: a family that grows does so at its end.
    [[nodiscard]] std::span<const TaskId> family(const Lane& lane) const;

  private:
    /// A task's place in the family. 0: none.
    struct Node {
        std::uint32_t parent = 0;
        std::uint32_t first_child = 0;
        std::uint32_t last_child = 0;
        std::uint32_t next_sibling = 0;
        bool folded = false;
    };

    /// A folded lane draws so many tasks one by one.
    static constexpr std::size_t most_shown = 64;

    void add(const trace::TaskInfo& task);
    /// Puts a task behind its siblings.
    void link(std::uint32_t task);
    void lay_out();
    void add_lane(std::uint32_t task, std::uint32_t depth);
    /// A task and all that descend from it; none if they are more than `most`.
    [[nodiscard]] std::vector<TaskId> family(TaskId task, std::size_t most) const;
    /// The task whose lane follows, if `below` is to be left out or not; 0: none.
    [[nodiscard]] std::uint32_t next(std::uint32_t task, bool below, std::uint32_t& depth) const;
    [[nodiscard]] std::vector<bool> shown() const;

    bool callbacks_ = false;      // whether they have a lane
    std::uint64_t serial_ = 0;    // of the index that nodes_ are from
    std::vector<Node> nodes_{1};  // by task; 0 is the parent of all roots
    std::size_t left_ = 0;        // tasks that the filter leaves
    std::vector<Lane> lanes_;
    std::unordered_map<std::uint32_t, std::vector<TaskId>> families_;  // of folded lanes, by task
    std::vector<std::uint32_t> places_;  // by task: one more than its place in lanes_; 0: it has none
    Filter filter_;
};

/// Where everything stands in the timeline's rectangle, whose top left is (0, 0). In pixels.
struct Layout {
    Rect all;
    float gutter = 0;  ///< width of the labels at the left; what follows an axis begins here
    Rect flags;        ///< where flags of switches stand, above everything
    Rect storage;      ///< the storage lane
    Rect lanes;        ///< the window through which lanes are seen
    Rect output;       ///< the output strip
    Rect minimap;
    float lane_height = 0;
    float content_height = 0;  ///< of all lanes together

    /// Width of what follows the axis; at least 1, however narrow the window is.
    [[nodiscard]] float width() const { return std::max(all.width - gutter - margin, 1.0F); }
    /// The top of a lane, scrolled.
    [[nodiscard]] float lane_top(std::size_t place, float scroll) const {
        return lanes.y + static_cast<float>(place) * lane_height - scroll;
    }

    float margin = 0;

    static Layout create(float width, float height, std::size_t lanes, float scale);
};

}  // namespace loopscope::timeline
