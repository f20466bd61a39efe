// SPDX-License-Identifier: MIT
#include "core/explain/statistics.hpp"

#include <algorithm>

namespace loopscope::explain {
namespace {

/// The maximum number of steps of a task whose durations are added up; with more steps the sums are
/// extrapolated from a sample.
constexpr std::size_t max_timed = 2000;

class TaskCounter {
  public:
    TaskCounter(const trace::Log& log, const trace::Index& index, EventIndex first, EventIndex last)
        : log_(log),
          index_(index),
          first_print_(first ? index.print_after(first - 1) : PrintIndex{}),
          end_print_(index.print_after(last)),
          first_handle_(first ? index.handle_after(first - 1) : HandleIndex{}),
          end_handle_(index.handle_after(last)) {}

    [[nodiscard]] Statistics of(TaskId id) const {
        const trace::TaskInfo& task = index_.task(id);
        Statistics result;
        result.task = id;
        const auto first = std::ranges::lower_bound(task.steps, first_handle_);
        const auto last = std::ranges::lower_bound(first, task.steps.end(), end_handle_);
        result.steps = static_cast<std::uint32_t>(last - first);
        add_times(result, task, first, last);
        result.prints = count(task.prints);
        result.leaks = count(task.leaks);
        result.stales = count(index_.stales_of(id));
        return result;
    }

  private:
    /// Returns how many of a task's prints are in the range.
    [[nodiscard]] std::uint32_t count(const trace::IndexColumn<PrintIndex>& prints) const {
        const auto first = std::ranges::lower_bound(prints, first_print_);
        const auto end = std::ranges::lower_bound(first, prints.end(), end_print_);
        return static_cast<std::uint32_t>(end - first);
    }

    using Steps = trace::IndexIterator<trace::IndexColumn<HandleIndex>>;

    void add_times(Statistics& result, const trace::TaskInfo& task, Steps first, Steps last) const {
        const auto count = static_cast<std::size_t>(last - first);
        const std::size_t stride = count / max_timed + 1;
        for (std::size_t position = 0; position < count; position += stride) {
            const auto step = first + static_cast<std::ptrdiff_t>(position);
            const trace::HandleInfo handle = index_.handles()[*step];
            const Time begin = index_.time(log_, handle.first);
            const Time ready = index_.time(log_, handle.ready);
            const auto weight = static_cast<std::int64_t>(stride);
            result.running += weight * (index_.end_of(log_, *step) - begin);
            result.ready += weight * (begin - ready);
            if (step == task.steps.begin()) continue;
            const Time suspended = index_.end_of(log_, *std::prev(step));
            result.waiting += weight * std::max(ready - suspended, Duration(0));
        }
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
        add(count.of(TaskId{static_cast<std::uint32_t>(++counted_)}));
        if (slice.over()) break;
    }
    return counted_ == tasks_ ? Status::ended : Status::grew;
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
