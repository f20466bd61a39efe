#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>

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
    /// Returns the place of the first handle; of the next one that is pushed, if there is none.
    [[nodiscard]] std::uint64_t first_place() const { return taken_; }
    /// Puts the handle at a place before those from another place on, which is not behind it. REQUIRES: there
    /// is a handle at both.
    void bring_forward(std::uint64_t from, std::uint64_t to) { std::rotate(at(to), at(from), at(from) + 1); }
    /// Takes all handles out.
    void clear() {
        taken_ += waiting_.size();
        waiting_.clear();
    }

  private:
    Fifo<ReadyHandle> waiting_;
    std::uint64_t taken_ = 0;
};

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
    /// Has an address mean nothing.
    void remove(HandleAddress address) { known_.erase(address); }

  private:
    std::unordered_map<HandleAddress, Known> known_;
};

}  // namespace loopscope::intake
