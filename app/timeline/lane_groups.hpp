// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/timeline/lane_nodes.hpp"

namespace loopscope::timeline {

/// The events that are in view.
struct EventWindow {
    EventIndex first;
    EventIndex last;

    friend bool operator==(const EventWindow&, const EventWindow&) = default;
};

/// Tasks of one coroutine and one ancestor, or all tasks of libraries.
class LaneGroup {
  public:
    LaneGroup(StringId coroutine, std::uint32_t home) : coroutine_(coroutine), home_(home) {}

    /// Returns the coroutine that all members run; none: they are tasks of libraries.
    [[nodiscard]] StringId coroutine() const { return coroutine_; }
    [[nodiscard]] bool is_library() const { return !coroutine_; }
    /// Returns the task below whose lane the group's is; 0: none.
    [[nodiscard]] std::uint32_t home() const { return home_; }
    /// Returns how many tasks it has.
    [[nodiscard]] std::size_t size() const { return size_; }
    /// Returns its first member, in whose place among the children of `home` the group stands. 0: the group
    /// has no members, or it is that of libraries, which stands below all others.
    [[nodiscard]] std::uint32_t leader() const { return leader_; }

    bool is_folded = true;
    /// Members that have lanes though the group is folded: the one that ran last, and the one whose value it
    /// printed last. 0: none.
    std::array<std::uint32_t, 2> guests{};

    /// Returns up to `max` members that live in a window, the latest, in order of creation.
    [[nodiscard]] std::vector<std::uint32_t> living(const LaneNodes& nodes, const EventWindow& window,
                                                    std::size_t max) const;
    /// Returns all members, in order of creation.
    [[nodiscard]] std::vector<std::uint32_t> members(const LaneNodes& nodes) const;

  private:
    friend class LaneGroups;

    /// What is known of so many members in a row, so that those that ended long ago are skipped together.
    struct Block {
        EventIndex first_spawn;
        EventIndex last_finish;
        std::uint32_t living = 0;  // how many have not ended
    };
    static constexpr std::size_t block_size = 64;

    StringId coroutine_;
    std::uint32_t home_ = 0;
    std::size_t size_ = 0;
    std::uint32_t leader_ = 0;
    std::vector<std::uint32_t> places_;  // all that were members at any time; those that left are no more
    std::vector<Block> blocks_;
};

/// Finds which tasks have one lane together, in programs that have too many to look at one by one.
///
/// A group is formed of more than a handful of tasks that run one coroutine and have the same nearest
/// ancestor that runs another one, so that a task that creates its own like is no level of its own. Tasks in
/// which no line of the program's own files ran, nor in any that descend from them, are the group of
/// libraries. Each task is looked at when it is created, when it ends, and when its origin is decided, and
/// never again.
class LaneGroups {
  public:
    /// The number of tasks up to which a program has no groups.
    static constexpr std::size_t max_plain_tasks = 24;
    /// The number of equal tasks up to which they form no group.
    static constexpr std::size_t handful = 8;
    /// The maximum number of groups that are one inside the other.
    static constexpr std::size_t max_nesting = 4;

    /// Takes in what is new in an index of the same trace as before. Returns whether anything is.
    bool update(const trace::Index& index, LaneNodes& nodes);
    /// Forgets the trace, but not which groups are unfolded: the next one is usually of the same program.
    void clear();

    [[nodiscard]] LaneGroup& operator[](LaneGroupId id) { return groups_[id.value - 1]; }
    [[nodiscard]] const LaneGroup& operator[](LaneGroupId id) const { return groups_[id.value - 1]; }
    [[nodiscard]] std::size_t size() const { return groups_.size(); }
    /// Returns the group of the tasks of libraries; none if there are none.
    [[nodiscard]] LaneGroupId library() const { return library_; }
    /// Returns how many tasks are in no group.
    [[nodiscard]] std::size_t plain_tasks() const { return plain_tasks_; }
    /// Returns the tasks that joined or left a group, in the order in which they did.
    [[nodiscard]] const std::vector<TaskId>& moved() const { return moved_; }
    /// Folds or unfolds a group.
    void fold(LaneGroupId id, bool folded);

  private:
    /// The tasks of one coroutine and one ancestor.
    struct Kin {
        LaneGroupId group;
        std::size_t plain = 0;             // how many are in no group
        std::vector<std::uint32_t> tasks;  // while there is no group
    };
    using Key = std::uint64_t;

    [[nodiscard]] static Key key_of(const LaneNode& node) {
        return std::uint64_t{node.home} << 32 | node.coroutine.value;
    }
    void take_changes(const trace::Index& index, LaneNodes& nodes);
    void note_end(LaneNodes& nodes, std::uint32_t task, EventIndex finish);
    void note_program(LaneNodes& nodes, std::uint32_t task);
    [[nodiscard]] bool is_library(const LaneNode& node) const;
    /// Puts a task where it belongs by now.
    void settle(LaneNodes& nodes, std::uint32_t task);
    void form(LaneNodes& nodes, Kin& kin);
    void move(LaneNodes& nodes, std::uint32_t task, LaneGroupId to);
    void leave(LaneNodes& nodes, std::uint32_t task);
    void join(LaneNodes& nodes, std::uint32_t task, LaneGroupId to);
    [[nodiscard]] std::size_t nesting(const LaneNodes& nodes, std::uint32_t home) const;
    LaneGroupId add_group(StringId coroutine, std::uint32_t home);

    bool is_crowd_ = false;     // whether there may be groups
    bool has_library_ = false;  // whether tasks of libraries may be put together
    std::size_t taken_ = 0;     // changes of tasks that were taken in
    std::size_t plain_tasks_ = 0;
    LaneGroupId library_;
    std::vector<LaneGroup> groups_;
    std::unordered_map<Key, Kin> kin_;
    std::unordered_map<Key, bool> folded_;  // by key: what the user chose; the library's key is 0
    std::vector<TaskId> moved_;
};

}  // namespace loopscope::timeline
