#include "app/session/statistics.hpp"

#include <algorithm>

namespace loopscope::session {
namespace {

/// Steps whose times are added up for one task; the times of longer stretches are scaled up from these.
constexpr std::size_t most_timed = 2000;

class Count {
  public:
    Count(const trace::Log& log, const trace::Index& index, std::uint32_t first, std::uint32_t last)
        : log_(log),
          index_(index),
          first_print_(first == 0 ? 0 : index.prints_until(first - 1)),
          last_print_(index.prints_until(last)),
          first_handle_(first == 0 ? 0 : static_cast<std::uint32_t>(index.handle_at(first - 1) + 1)),
          last_handle_(static_cast<std::uint32_t>(index.handle_at(last) + 1)) {}

    [[nodiscard]] Statistics of(TaskId id) const {
        const trace::TaskInfo& task = index_.task(id);
        Statistics result;
        result.task = id;
        const auto first = std::ranges::lower_bound(task.steps, first_handle_);
        const auto last = std::ranges::lower_bound(first, task.steps.end(), last_handle_);
        result.steps = static_cast<std::uint32_t>(last - first);
        add_times(result, task, first, last);
        const auto print = std::ranges::lower_bound(task.prints, first_print_);
        const auto end = std::ranges::lower_bound(print, task.prints.end(), last_print_);
        result.prints = static_cast<std::uint32_t>(end - print);
        result.leaks = static_cast<std::uint32_t>(std::ranges::count(
            print, end, true, [&](std::uint32_t place) { return index_.prints().leak(place); }));
        return result;
    }

  private:
    using Steps = trace::PlaceIterator<trace::Packed>;

    void add_times(Statistics& result, const trace::TaskInfo& task, Steps first, Steps last) const {
        const auto count = static_cast<std::size_t>(last - first);
        const std::size_t stride = count / most_timed + 1;
        for (std::size_t place = 0; place < count; place += stride) {
            const auto step = first + static_cast<std::ptrdiff_t>(place);
            const trace::HandleInfo handle = index_.handles()[*step];
            const Time begin = index_.time(log_, handle.first);
            const Time ready = index_.time(log_, handle.ready.value);
            const auto weight = static_cast<std::int64_t>(stride);
            result.running += weight * (end_of(*step) - begin);
            result.ready += weight * (begin - ready);
            if (step == task.steps.begin()) continue;
            const Time suspended = end_of(*std::prev(step));
            result.waiting += weight * std::max(ready - suspended, Duration(0));
        }
    }

    // What a handle costs passes after its events, unless the clock was set next: then the loop waited.
    [[nodiscard]] Time end_of(std::uint32_t handle) const {
        const std::uint32_t last = index_.last_event(handle);
        const bool told = last + 1 < index_.size() && log_[last + 1].kind() != trace::Kind::clock;
        return index_.time(log_, told ? last + 1 : last);
    }

    const trace::Log& log_;
    const trace::Index& index_;
    std::size_t first_print_;
    std::size_t last_print_;
    std::uint32_t first_handle_;
    std::uint32_t last_handle_;
};

}  // namespace

std::vector<Statistics> statistics(const trace::Log& log, const trace::Index& index, std::uint32_t first,
                                   std::uint32_t last, std::size_t most) {
    const Count count(log, index, first, last);
    Statistics all;
    std::vector<Statistics> result;
    for (std::uint32_t number = 1; number <= index.tasks().size(); ++number) {
        const Statistics one = count.of(TaskId{number});
        if (one.steps == 0 && one.prints == 0) continue;
        all.steps += one.steps;
        all.prints += one.prints;
        all.leaks += one.leaks;
        all.running += one.running;
        all.ready += one.ready;
        all.waiting += one.waiting;
        result.push_back(one);
    }
    std::ranges::stable_sort(result, std::greater<>(), &Statistics::steps);
    if (result.size() > most) result.resize(most);
    result.insert(result.begin(), all);
    return result;
}

}  // namespace loopscope::session
