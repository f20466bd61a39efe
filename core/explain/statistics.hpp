// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/base/job.hpp"
#include "core/trace/index.hpp"

namespace loopscope::explain {

/// Counts and durations in a range of a trace, of one task or of all together.
struct Statistics {
    TaskId task;  ///< none: of all tasks together
    std::uint32_t steps = 0;
    std::uint32_t prints = 0;
    std::uint32_t leaks = 0;
    std::uint32_t stales = 0;
    Duration running{0};
    Duration ready{0};
    Duration waiting{0};
};

/// A job that counts what happened in a range of a trace, task by task: there may be millions of tasks. A
/// step counts if it begins in the range; the durations are those of the steps that count: how long they ran,
/// how long they had been in the ready queue, and how long their tasks had waited before that.
class RangeStatistics {
  public:
    /// Begins to count in the events from `first` to `last`, both included. `limit` is the maximum number of
    /// tasks that are listed one by one.
    RangeStatistics(const trace::Index& index, EventIndex first, EventIndex last, std::size_t limit);

    /// Returns whether the statistics are of the events from `first` to `last` of the trace that `index`
    /// describes, which has not been replaced since.
    [[nodiscard]] bool is_of(const trace::Index& index, EventIndex first, EventIndex last) const {
        return serial_ == index.serial() && first_ == first && last_ == last;
    }
    /// Counts on for about `time`. Returns `ended` once everything is counted, or if the trace has been
    /// replaced since the beginning; never `waiting` or `failed`.
    Status poll(const trace::Log& log, const trace::Index& index, std::chrono::nanoseconds time);
    /// Ends the counting with what is counted so far.
    void cancel() { cancelled_ = true; }
    /// Returns how much is counted, from 0 to 1: each task is as much as any other.
    [[nodiscard]] double progress() const;
    /// Returns the rows that are counted so far: all tasks together, then each task that has steps or prints
    /// in the range, in descending order of steps.
    [[nodiscard]] const std::vector<Statistics>& rows() const { return rows_; }

    /// A task that is being counted.
    struct Counted {
        Statistics sum;
        std::size_t first = 0;  ///< of the task's steps, the first in the range
        std::size_t timed = 0;  ///< how many of those in the range have been passed, whose durations count
    };

  private:
    void add(const Statistics& task);

    std::uint64_t serial_;  // of the trace's index at the beginning
    EventIndex first_;
    EventIndex last_;
    std::size_t limit_;
    std::size_t tasks_;  // number of tasks at the beginning
    std::size_t counted_ = 0;
    std::optional<Counted> next_;  // the task after those that are counted, once it was begun
    bool cancelled_ = false;
    std::vector<Statistics> rows_ = std::vector<Statistics>(1);
};

static_assert(Job<RangeStatistics, const trace::Log&, const trace::Index&>);

/// Returns the rows of RangeStatistics for the events from `first` to `last`, both included, with at most
/// `limit` tasks listed one by one. Takes time in proportion to the number of tasks.
std::vector<Statistics> statistics(const trace::Log& log, const trace::Index& index, EventIndex first,
                                   EventIndex last, std::size_t limit);

}  // namespace loopscope::explain
