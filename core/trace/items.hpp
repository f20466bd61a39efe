#pragma once

#include <cstdint>
#include <vector>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// An item of a queue, with the tasks that put it there and took it.
struct ItemInfo {
    EventIndex put;
    TaskId putter;    ///< none: no task's step put the item
    EventIndex take;  ///< none: the item has not been taken
    TaskId taker;
};

/// The items of queues, in order of their numbers: item n is at n - 1.
class Items {
  public:
    /// Applies a `put` or a `take` event, which is at `index` in its trace. `actor` is the task whose step
    /// did it; none: no task did.
    void apply(const Event& event, EventIndex index, TaskId actor) {
        if (event.kind() == Kind::put) {
            all_.push_back({index, actor, {}, {}});
        } else if (event.subject != 0 && event.subject <= all_.size()) {
            all_[event.subject - 1].take = index;
            all_[event.subject - 1].taker = actor;
        }
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
