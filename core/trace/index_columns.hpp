#pragma once

#include <cstdint>

#include "core/base/first_not.hpp"
#include "core/trace/log.hpp"
#include "core/trace/packed_column.hpp"

namespace loopscope::trace {

/// A handle that was taken from the ready queue, or stepped eagerly inside another one.
struct HandleInfo {
    std::uint32_t first = 0;     ///< its step, callback or skip event
    std::uint32_t position = 0;  ///< its begin on the sequence axis, in quarters of a step
    /// The event that put the handle into the ready queue: a `spawn`, `wake`, `suspend` (a yield), `ready` or
    /// `timer_due`. None: no event of the trace did.
    EventIndex ready;
};

/// The handles of a trace, in order.
class Handles {
  public:
    void push_back(const HandleInfo& handle) {
        firsts_.push_back(handle.first);
        positions_.push_back(handle.position);
        readies_.push_back(handle.ready.value);
    }

    [[nodiscard]] std::size_t size() const { return firsts_.size(); }
    [[nodiscard]] bool empty() const { return firsts_.empty(); }
    [[nodiscard]] HandleInfo operator[](std::size_t index) const {
        return {firsts_[index], positions_[index], EventIndex{readies_[index]}};
    }
    /// Returns the first event of the handle at an index; cheaper than operator[].
    [[nodiscard]] std::uint32_t first(std::size_t index) const { return firsts_[index]; }
    /// Returns the position of the handle at an index on the sequence axis, in quarters of a step; cheaper
    /// than operator[].
    [[nodiscard]] std::uint32_t position(std::size_t index) const { return positions_[index]; }
    [[nodiscard]] IndexIterator<Handles> begin() const { return {*this, 0}; }
    [[nodiscard]] IndexIterator<Handles> end() const { return {*this, size()}; }

  private:
    PackedColumn firsts_;
    PackedColumn positions_;
    PackedColumn readies_;
};

/// A print, and the task whose value it shows.
struct PrintInfo {
    std::uint32_t event = 0;
    TaskId task;
    EventIndex writer;  ///< the write that it shows; none: a literal text or a default
    TaskId writer_task;
    bool leak =
        false;  ///< the writer belongs to another chain, and is no ancestor that it was inherited from
    std::uint32_t leaks = 0;  ///< leaks up to and including this one
};

/// The prints of a trace, in order. Keeps only their events and which of them leak; all else is in the log.
class Prints {
  public:
    void push_back(std::uint32_t event, bool leaks) {
        events_.push_back(event);
        leaks_.push_back(leaks_before(leaks_.size()) + (leaks ? 1 : 0));
    }
    /// Sets the log that prints are read from. The log has to outlive the prints.
    void set_log(const Log& log) { log_ = &log; }

    [[nodiscard]] std::size_t size() const { return events_.size(); }
    [[nodiscard]] bool empty() const { return events_.empty(); }
    [[nodiscard]] PrintInfo operator[](std::size_t index) const {
        PrintInfo info;
        info.event = event(index);
        info.task = (*log_)[info.event].task();
        info.writer = log_->writer_of_print(info.event);
        if (info.writer) info.writer_task = (*log_)[info.writer].task();
        info.leaks = leaks(index);
        info.leak = info.leaks != leaks_before(index);
        return info;
    }
    /// Returns the event of the print at an index; cheaper than operator[].
    [[nodiscard]] std::uint32_t event(std::size_t index) const { return events_[index]; }
    /// Returns how many leaks there are up to and including the print at an index; cheaper than operator[].
    [[nodiscard]] std::uint32_t leaks(std::size_t index) const { return leaks_[index]; }
    /// Returns whether the print at an index leaks; cheaper than operator[].
    [[nodiscard]] bool leak(std::size_t index) const { return leaks(index) != leaks_before(index); }
    /// Returns how many leaks there are before the print at an index. REQUIRES: index <= size().
    [[nodiscard]] std::uint32_t leaks_before(std::size_t index) const {
        return index == 0 ? 0 : leaks_[index - 1];
    }
    /// Returns the index of the print that is the leak of this number, from 1. REQUIRES: there is such a
    /// leak.
    [[nodiscard]] std::size_t index_of_leak(std::uint32_t number) const {
        return first_not(0, static_cast<std::uint32_t>(size()),
                         [&](std::uint32_t index) { return leaks(index) < number; });
    }
    /// Returns the task that wrote what the print at an index shows; none: no task is known to have.
    [[nodiscard]] TaskId writer_task(std::size_t index) const {
        const EventIndex writer = log_->writer_of_print(event(index));
        return writer ? (*log_)[writer].task() : TaskId{};
    }
    [[nodiscard]] PrintInfo front() const { return (*this)[0]; }
    [[nodiscard]] PrintInfo back() const { return (*this)[size() - 1]; }
    [[nodiscard]] IndexIterator<Prints> begin() const { return {*this, 0}; }
    [[nodiscard]] IndexIterator<Prints> end() const { return {*this, size()}; }

  private:
    const Log* log_ = nullptr;
    PackedColumn events_;
    PackedColumn leaks_;
};

}  // namespace loopscope::trace
