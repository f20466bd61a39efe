// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/trace/party.hpp"

namespace loopscope::trace {

/// An item of a queue, with the tasks that put it there and took it.
struct ItemInfo {
    EventIndex put;
    TaskId putter;    ///< none: no task's step put the item
    EventIndex take;  ///< none: the item has not been taken
    TaskId taker;
    Party party;  ///< whom the putter worked for, and the taker will; none: nobody is known
    TaskId from;  ///< the head of the putter's chain; none: the putter is of none
};

/// The items of queues, in order of their numbers: item n is at n - 1.
class Items {
  public:
    /// Adds the next item, which a `put` event put. `actor` is the task whose step did it; none: no task did.
    /// `errand` is the work that goes with the item.
    void put(EventIndex put, TaskId actor, const Errand& errand) {
        all_.push_back({put, actor, {}, {}, errand.party, errand.from});
    }
    /// Notes that an item was taken, by a `take` event. `actor` is the task whose step did it; none: no task
    /// did.
    void take(std::uint32_t number, EventIndex take, TaskId actor) {
        if (number == 0 || number > all_.size()) return;
        all_[number - 1].take = take;
        all_[number - 1].taker = actor;
    }

    /// Returns how many items were put.
    [[nodiscard]] std::size_t size() const { return all_.size(); }
    /// Returns what is known of an item; an empty ItemInfo if there is no item of that number.
    [[nodiscard]] ItemInfo find(std::uint32_t number) const {
        return number != 0 && number <= all_.size() ? all_[number - 1] : ItemInfo{};
    }

  private:
    std::vector<ItemInfo> all_;
};

}  // namespace loopscope::trace
