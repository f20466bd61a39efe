#pragma once

#include <cstdint>
#include <vector>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// An item of a queue: who put it there, and who took it.
struct ItemInfo {
    EventIndex put;
    TaskId putter;    ///< none: no task's step put it
    EventIndex take;  ///< none: nobody has taken it
    TaskId taker;
};

/// The items of queues, in order of their numbers: item n is at n - 1.
class Items {
  public:
    /// Reads a `put` or a `take` that a task's step, or none, did.
    void apply(const Event& event, EventIndex index, TaskId actor) {
        if (event.kind() == Kind::put) {
            all_.push_back({index, actor, {}, {}});
        } else if (event.subject != 0 && event.subject <= all_.size()) {
            all_[event.subject - 1].take = index;
            all_[event.subject - 1].taker = actor;
        }
    }

    [[nodiscard]] std::size_t size() const { return all_.size(); }
    /// Returns what is known of an item; nothing if there is none of that number.
    [[nodiscard]] ItemInfo find(std::uint32_t number) const {
        return number != 0 && number <= all_.size() ? all_[number - 1] : ItemInfo{};
    }

  private:
    std::vector<ItemInfo> all_;
};

}  // namespace loopscope::trace
