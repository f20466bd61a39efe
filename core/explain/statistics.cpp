// SPDX-License-Identifier: MIT
#include "core/explain/statistics.hpp"

#include <algorithm>

namespace loopscope::explain {
namespace {

/// The maximum number of steps of a task whose durations are added up; with more steps the sums are
/// extrapolated from a sample.
constexpr std::size_t max_timed = 2000;

/// The number of steps whose durations are added between two readings of the clock: in a long trace each may
/// be on pages that are read from a file.
constexpr std::size_t timed_at_once = 32;

class TaskCounter {
  public:
    TaskCounter(const trace::Log& log, const trace::Index& index, EventIndex first, EventIndex last)
        : log_(log),
          index_(index),
          first_print_(first ? index.print_after(first - 1) : PrintIndex{}),
          end_print_(index.print_after(last)),
          first_handle_(first ? index.handle_after(first - 1) : HandleIndex{}),
          end_handle_(index.handle_after(last)) {}

    /// Counts what takes no longer however much there is of it.
    [[nodiscard]] RangeStatistics::Counted begin(TaskId id) const {
        const trace::TaskInfo& task = index_.task(id);
        const auto first = std::ranges::lower_bound(task.steps, first_handle_);
        const auto last = std::ranges::lower_bound(first, task.steps.end(), end_handle_);
        RangeStatistics::Counted counted;
        Statistics& sum = counted.sum;
        sum.task = id;
        sum.steps = static_cast<std::uint32_t>(last - first);
        sum.prints = count(task.prints);
        sum.leaks = count(task.leaks);
        sum.stales = count(index_.stales_of(id));
        counted.first = static_cast<std::size_t>(first - task.steps.begin());
        return counted;
    }

    /// Adds the durations of some more steps. Returns whether there are more.
    bool go_on(RangeStatistics::Counted& counted) const {
        const std::size_t stride = counted.sum.steps / max_timed + 1;
        for (std::size_t each = 0; each < timed_at_once && counted.timed < counted.sum.steps; ++each) {
            add_times(counted.sum, counted.first + counted.timed, static_cast<std::int64_t>(stride));
            counted.timed += stride;
        }
        return counted.timed < counted.sum.steps;
    }

  private:
    /// Returns how many of a task's prints are in the range.
    [[nodiscard]] std::uint32_t count(const trace::IndexColumn<PrintIndex>& prints) const {
        const auto first = std::ranges::lower_bound(prints, first_print_);
        const auto end = std::ranges::lower_bound(first, prints.end(), end_print_);
        return static_cast<std::uint32_t>(end - first);
    }

    /// Adds the durations of a step, which stands for `weight` of them.
    void add_times(Statistics& sum, std::size_t number, std::int64_t weight) const {
        const auto& steps = index_.task(sum.task).steps;
        const HandleIndex step = steps[number];
        const trace::HandleInfo handle = index_.handles()[step];
        const Time begin = index_.time(log_, handle.first);
        const Time ready = index_.time(log_, handle.ready);
        sum.running += weight * (index_.end_of(log_, step) - begin);
        sum.ready += weight * (begin - ready);
        if (number == 0) return;
        const Time suspended = index_.end_of(log_, steps[number - 1]);
        sum.waiting += weight * std::max(ready - suspended, Duration(0));
    }

    const trace::Log& log_;
    const trace::Index& index_;
    PrintIndex first_print_;
    PrintIndex end_print_;
    HandleIndex first_handle_;
    HandleIndex end_handle_;
};

}  // namespace

RangeStatistics::RangeStatistics(const trace::Index& index, EventIndex first, EventIndex last,
                                 std::size_t limit)
    : serial_(index.serial()), first_(first), last_(last), limit_(limit), tasks_(index.tasks().size()) {}

Status RangeStatistics::poll(const trace::Log& log, const trace::Index& index,
                             std::chrono::nanoseconds time) {
    if (cancelled_ || serial_ != index.serial()) return Status::ended;
    const Slice slice(time);
    const TaskCounter count(log, index, first_, last_);
    while (counted_ < tasks_) {
        if (!next_) next_ = count.begin(TaskId{static_cast<std::uint32_t>(counted_ + 1)});
        if (!count.go_on(*next_)) {
            add(next_->sum);
            next_.reset();
            ++counted_;
        }
        if (slice.over()) break;
    }
    return counted_ == tasks_ ? Status::ended : Status::grew;
}

double RangeStatistics::progress() const {
    if (tasks_ == 0) return 1;
    const double of_next =
        next_ ? static_cast<double>(next_->timed) / static_cast<double>(next_->sum.steps) : 0;
    return (static_cast<double>(counted_) + of_next) / static_cast<double>(tasks_);
}

void RangeStatistics::add(const Statistics& task) {
    if (task.steps == 0 && task.prints == 0) return;
    Statistics& all = rows_.front();
    all.steps += task.steps;
    all.prints += task.prints;
    all.leaks += task.leaks;
    all.stales += task.stales;
    all.running += task.running;
    all.ready += task.ready;
    all.waiting += task.waiting;
    const auto after = std::upper_bound(
        std::next(rows_.begin()), rows_.end(), task,
        [](const Statistics& one, const Statistics& other) { return one.steps > other.steps; });
    rows_.insert(after, task);
    if (rows_.size() > limit_ + 1) rows_.pop_back();
}

std::vector<Statistics> statistics(const trace::Log& log, const trace::Index& index, EventIndex first,
                                   EventIndex last, std::size_t limit) {
    RangeStatistics statistics(index, first, last, limit);
    statistics.poll(log, index, std::chrono::nanoseconds::max());
    return statistics.rows();
}

}  // namespace loopscope::explain
