#pragma once

#include <chrono>
#include <vector>

#include "core/trace/index.hpp"

namespace loopscope::explain {

/// What happened in a stretch of a trace, of one task or of all together.
struct Statistics {
    TaskId task;  ///< none: of all
    std::uint32_t steps = 0;
    std::uint32_t prints = 0;
    std::uint32_t leaks = 0;
    Duration running{0};
    Duration ready{0};
    Duration waiting{0};
};

/// Counts what happened from one event to another, task by task, a slice at a time: there may be millions of
/// tasks. Steps count if they begin there; times are theirs: how long they ran, waited in the ready queue
/// before, and waited for something before that.
class RangeStatistics {
  public:
    /// Of the events from `first` to `last`; `most`: how many tasks are told one by one.
    RangeStatistics(const trace::Index& index, std::uint32_t first, std::uint32_t last, std::size_t most);

    /// Whether it is about these events of this trace, as it was then.
    [[nodiscard]] bool is_of(const trace::Index& index, std::uint32_t first, std::uint32_t last) const {
        return serial_ == index.serial() && first_ == first && last_ == last;
    }
    /// Counts on for about `time`. Gives true once all is counted, or the trace is another one than it was
    /// begun with.
    bool advance(const trace::Log& log, const trace::Index& index, std::chrono::nanoseconds time);
    /// How much of it is counted, from 0 to 1.
    [[nodiscard]] double done() const {
        return tasks_ == 0 ? 1 : static_cast<double>(counted_) / static_cast<double>(tasks_);
    }
    /// What is counted: all tasks together, then each that has steps or prints there, those with the most
    /// steps first.
    [[nodiscard]] const std::vector<Statistics>& rows() const { return rows_; }

  private:
    void add(const Statistics& task);

    std::uint64_t serial_;  // of the trace's index
    std::uint32_t first_;
    std::uint32_t last_;
    std::size_t most_;
    std::size_t tasks_;  // that there were when it began
    std::size_t counted_ = 0;
    std::vector<Statistics> rows_ = std::vector<Statistics>(1);
};

/// The same at once. At most `most` tasks are told one by one.
std::vector<Statistics> statistics(const trace::Log& log, const trace::Index& index, std::uint32_t first,
                                   std::uint32_t last, std::size_t most);

}  // namespace loopscope::explain
