// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/fifo.hpp"
#include "core/base/id.hpp"
#include "core/trace/event.hpp"
#include "recorder/spool.h"

namespace loopscope::intake {

/// The name of a handle in a spool: its address, of 48 bits. It may come again once the handle is over.
using HandleAddress = std::uint64_t;

/// Returns the handle that the fields a and b of a record name.
constexpr HandleAddress address_in(const Spool_record& record) {
    return std::uint64_t{record.b & 0xffffU} << 32 | record.a;
}

/// A handle in the ready queue of a loop.
struct ReadyHandle {
    enum class Kind : std::uint8_t { step, call, timer };
    Kind kind = Kind::step;
    trace::Callback callback = trace::Callback::user;
    bool cancelled = false;
    std::uint32_t number = 0;   ///< the task that is stepped, or that a callback serves
    StringId name = {};         ///< of a callback
    HandleAddress address = 0;  ///< of a callback
};

/// A ready queue whose handles keep their places: the first one ever pushed is at 0.
class ReadyQueue {
  public:
    /// Returns the place of the handle.
    std::uint64_t push(const ReadyHandle& handle) {
        waiting_.push_back(handle);
        return taken_ + waiting_.size() - 1;
    }
    /// REQUIRES: not empty().
    ReadyHandle pop() {
        ++taken_;
        return waiting_.pop_front();
    }
    [[nodiscard]] bool empty() const { return waiting_.empty(); }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(waiting_.size()); }
    /// REQUIRES: not empty().
    [[nodiscard]] const ReadyHandle& front() const { return waiting_.front(); }
    /// Returns the handle at a place; null if it was taken.
    [[nodiscard]] ReadyHandle* at(std::uint64_t place) {
        return place < taken_ || place - taken_ >= waiting_.size() ? nullptr
                                                                   : waiting_.begin() + (place - taken_);
    }
    [[nodiscard]] const ReadyHandle* at(std::uint64_t place) const {
        return place < taken_ || place - taken_ >= waiting_.size() ? nullptr
                                                                   : waiting_.begin() + (place - taken_);
    }
    /// Returns the place of the first handle; of the next one that is pushed, if there is none.
    [[nodiscard]] std::uint64_t first_place() const { return taken_; }
    /// Puts the handles into another order: the one that is number `order[n]` becomes number n, from 0.
    /// REQUIRES: `order` has each number once.
    void reorder(const std::vector<std::uint32_t>& order) {
        const std::vector<ReadyHandle> before(waiting_.begin(), waiting_.end());
        std::ranges::transform(order, waiting_.begin(), [&](std::uint32_t number) { return before[number]; });
    }
    /// Takes all handles out.
    void clear() {
        taken_ += waiting_.size();
        waiting_.clear();
    }

  private:
    Fifo<ReadyHandle> waiting_;
    std::uint64_t taken_ = 0;
};

/// Returns the order into which choices put what there is one more of than choices, by numbers from 0: each
/// choice says which of those that are left comes next. None: one says a number that there is not.
inline std::optional<std::vector<std::uint32_t>> order_of(const std::vector<std::uint32_t>& choices) {
    std::vector<std::uint32_t> left(choices.size() + 1);
    std::iota(left.begin(), left.end(), 0U);
    std::vector<std::uint32_t> order;
    for (const std::uint32_t each : choices) {
        if (each >= left.size()) return std::nullopt;
        order.push_back(left[each]);
        left.erase(left.begin() + each);
    }
    order.push_back(left.front());
    return order;
}

/// A timer that has not come due, or was cancelled before it did.
struct Timer {
    std::uint32_t number = 0;
    std::uint32_t lane = 0;
    std::uint32_t serves = 0;
    trace::Callback callback = trace::Callback::user;
    bool cancelled = false;
    StringId name;
};

/// The handles that an address may mean: callbacks that wait in ready queues, and timers.
class Handles {
  public:
    /// Where a handle waits: a place in the ready queue of a lane.
    struct Waiting {
        std::uint32_t lane = 0;
        std::uint64_t place = 0;
        std::uint32_t timer = 0;  ///< the number of the timer that the handle was; 0: it was none
    };
    struct Known {
        std::optional<Timer> timer;  ///< none: it waits
        Waiting waiting;
    };

    /// Has an address mean a timer from now on.
    void add(HandleAddress address, const Timer& timer) { known_[address] = {timer, {}}; }
    /// Has an address mean a handle that is ready from now on.
    void add(HandleAddress address, const Waiting& waiting) { known_[address] = {std::nullopt, waiting}; }
    /// Returns what an address means; null if nothing.
    [[nodiscard]] Known* find(HandleAddress address) {
        const auto found = known_.find(address);
        return found == known_.end() ? nullptr : &found->second;
    }
    /// Has the addresses that mean handles of a lane's ready queue mean them where they will be once that is
    /// reordered.
    void reorder(std::uint32_t lane, ReadyQueue& ready, const std::vector<std::uint32_t>& order) {
        const std::uint64_t first = ready.first_place();
        std::vector<Known*> known(order.size());
        for (std::size_t at = 0; at < order.size(); ++at) {
            const std::uint64_t place = first + order[at];
            const ReadyHandle& handle = *ready.at(place);
            Known* const found = handle.kind == ReadyHandle::Kind::step ? nullptr : find(handle.address);
            // The address of one that was cancelled may mean another handle by now.
            const bool means_it =
                found && !found->timer && found->waiting.lane == lane && found->waiting.place == place;
            if (means_it) known[at] = found;
        }
        for (std::size_t at = 0; at < known.size(); ++at) {
            if (known[at]) known[at]->waiting.place = first + at;
        }
    }
    /// Has an address mean nothing.
    void remove(HandleAddress address) { known_.erase(address); }

  private:
    std::unordered_map<HandleAddress, Known> known_;
};

}  // namespace loopscope::intake
