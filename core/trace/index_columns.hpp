// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/base/first_not.hpp"
#include "core/trace/behalf.hpp"
#include "core/trace/index_column.hpp"
#include "core/trace/log.hpp"

namespace loopscope::trace {

/// A handle that was taken from the ready queue, or stepped eagerly inside another one.
struct HandleInfo {
    EventIndex first;       ///< its step, callback or skip event
    AxisPosition position;  ///< its begin on the sequence axis
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
        readies_.push_back(handle.ready);
    }

    [[nodiscard]] std::size_t size() const { return firsts_.size(); }
    [[nodiscard]] bool empty() const { return firsts_.empty(); }
    /// Returns the index after the last handle.
    [[nodiscard]] HandleIndex end_index() const { return HandleIndex::of(size()); }
    [[nodiscard]] HandleInfo operator[](HandleIndex index) const {
        return {firsts_[index], positions_[index], readies_[index]};
    }
    /// Returns the first event of the handle at an index; cheaper than operator[].
    [[nodiscard]] EventIndex first(HandleIndex index) const { return firsts_[index]; }
    /// Returns the position of the handle at an index on the sequence axis; cheaper than operator[].
    [[nodiscard]] AxisPosition position(HandleIndex index) const { return positions_[index]; }
    [[nodiscard]] IndexIterator<Handles, HandleIndex> begin() const { return {*this, 0}; }
    [[nodiscard]] IndexIterator<Handles, HandleIndex> end() const { return {*this, size()}; }

  private:
    IndexColumn<EventIndex, HandleIndex> firsts_;
    IndexColumn<AxisPosition, HandleIndex> positions_;
    IndexColumn<EventIndex, HandleIndex> readies_;
};

/// A print, and the task whose value it shows.
struct PrintInfo {
    EventIndex event;
    TaskId task;
    EventIndex writer;  ///< the write that it shows; none: a literal text or a default
    TaskId writer_task;
    bool leak =
        false;  ///< the writer belongs to another chain, and is no ancestor that it was inherited from
    bool stale =
        false;  ///< the writer is of its own chain, which is not the one that it worked for as it read
    std::uint32_t leaks = 0;   ///< leaks up to and including this one
    std::uint32_t stales = 0;  ///< stale prints up to and including this one
};

/// The number of prints of one kind up to each of a trace's prints.
class PrintCounts {
  public:
    void push_back(bool is_one) { counts_.push_back(before(end_index()) + (is_one ? 1 : 0)); }
    /// Returns how many there are up to and including the print at an index.
    [[nodiscard]] std::uint32_t until(PrintIndex index) const { return counts_[index.value]; }
    /// Returns how many there are before the print at an index. REQUIRES: index <= end_index().
    [[nodiscard]] std::uint32_t before(PrintIndex index) const {
        return index.value == 0 ? 0 : until(index - 1);
    }
    /// Returns whether the print at an index is one.
    [[nodiscard]] bool has(PrintIndex index) const { return until(index) != before(index); }
    /// Returns the index of the one of this number, from 1. REQUIRES: there is such a one.
    [[nodiscard]] PrintIndex find(std::uint32_t number) const {
        return {
            first_not(0, end_index().value, [&](std::uint32_t index) { return until({index}) < number; })};
    }

  private:
    [[nodiscard]] PrintIndex end_index() const { return PrintIndex::of(counts_.size()); }

    PackedColumn counts_;
};

/// The prints of a trace, in order. Keeps only their events and which of them leak or are stale; all else is
/// in the log.
class Prints {
  public:
    /// Adds a print. Returns its index.
    PrintIndex push_back(EventIndex event, Verdict verdict) {
        leaks_.push_back(verdict == Verdict::leak);
        stales_.push_back(verdict == Verdict::stale);
        events_.push_back(event);
        return end_index() - 1;
    }
    /// Sets the log that prints are read from. The log has to outlive the prints.
    void set_log(const Log& log) { log_ = &log; }

    [[nodiscard]] std::size_t size() const { return events_.size(); }
    [[nodiscard]] bool empty() const { return events_.empty(); }
    /// Returns the index after the last print.
    [[nodiscard]] PrintIndex end_index() const { return PrintIndex::of(size()); }
    [[nodiscard]] PrintInfo operator[](PrintIndex index) const {
        PrintInfo info;
        info.event = event(index);
        info.task = (*log_)[info.event].task();
        info.writer = log_->writer_of_print(info.event);
        if (info.writer) info.writer_task = (*log_)[info.writer].task();
        info.leaks = leaks(index);
        info.leak = info.leaks != leaks_before(index);
        info.stales = stales_.until(index);
        info.stale = info.stales != stales_before(index);
        return info;
    }
    /// Returns the event of the print at an index; cheaper than operator[].
    [[nodiscard]] EventIndex event(PrintIndex index) const { return events_[index]; }
    /// Returns the numbers of leaks up to each print.
    [[nodiscard]] const PrintCounts& leak_counts() const { return leaks_; }
    /// Returns the numbers of stale prints up to each print.
    [[nodiscard]] const PrintCounts& stale_counts() const { return stales_; }
    /// Returns how many leaks there are up to and including the print at an index; cheaper than operator[].
    [[nodiscard]] std::uint32_t leaks(PrintIndex index) const { return leaks_.until(index); }
    /// Returns whether the print at an index leaks; cheaper than operator[].
    [[nodiscard]] bool leak(PrintIndex index) const { return leaks_.has(index); }
    /// Returns whether the print at an index is stale; cheaper than operator[].
    [[nodiscard]] bool stale(PrintIndex index) const { return stales_.has(index); }
    /// Returns how many leaks there are before the print at an index. REQUIRES: index <= end_index().
    [[nodiscard]] std::uint32_t leaks_before(PrintIndex index) const { return leaks_.before(index); }
    /// Returns how many stale prints there are before the print at an index. REQUIRES: index <= end_index().
    [[nodiscard]] std::uint32_t stales_before(PrintIndex index) const { return stales_.before(index); }
    /// Returns the index of the print that is the leak of this number, from 1. REQUIRES: there is such a
    /// leak.
    [[nodiscard]] PrintIndex index_of_leak(std::uint32_t number) const { return leaks_.find(number); }
    /// Returns the task that wrote what the print at an index shows; none: no task is known to have.
    [[nodiscard]] TaskId writer_task(PrintIndex index) const {
        const EventIndex writer = log_->writer_of_print(event(index));
        return writer ? (*log_)[writer].task() : TaskId{};
    }
    [[nodiscard]] PrintInfo front() const { return (*this)[PrintIndex{0}]; }
    [[nodiscard]] PrintInfo back() const { return (*this)[end_index() - 1]; }
    [[nodiscard]] IndexIterator<Prints, PrintIndex> begin() const { return {*this, 0}; }
    [[nodiscard]] IndexIterator<Prints, PrintIndex> end() const { return {*this, size()}; }

  private:
    const Log* log_ = nullptr;
    IndexColumn<EventIndex, PrintIndex> events_;
    PrintCounts leaks_;
    PrintCounts stales_;
};

}  // namespace loopscope::trace
