// SPDX-License-Identifier: MIT
#include "core/trace/running_timers.hpp"

#include <algorithm>
#include <utility>

namespace loopscope::trace {

bool RunningTimers::take(TimerId id, RunningTimer& taken) {
    const auto by_id = [](const RunningTimer& timer) { return timer.id.value; };
    const auto timer = std::ranges::lower_bound(timers_, id.value, {}, by_id);
    if (timer == timers_.end() || timer->id != id || is_gap(*timer)) return false;
    taken = *timer;
    timer->start = {};  // marks a gap: event 0 begins the trace, and starts no timer
    ++gaps_;
    if (gaps_ * 2 > timers_.size()) {
        std::erase_if(timers_, is_gap);
        gaps_ = 0;
    }
    return true;
}

void RunningTimers::drop(std::uint16_t thread) {
    std::erase_if(timers_,
                  [&](const RunningTimer& timer) { return is_gap(timer) || timer.thread == thread; });
    gaps_ = 0;
}

std::vector<RunningTimer> RunningTimers::by_deadline(std::size_t limit) const {
    std::vector<RunningTimer> sorted;
    sorted.reserve(timers_.size() - gaps_);
    std::ranges::remove_copy_if(timers_, std::back_inserter(sorted), is_gap);
    const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(std::min(limit, sorted.size()));
    const auto order = [](const RunningTimer& timer) { return std::pair(timer.deadline, timer.id); };
    std::ranges::partial_sort(sorted, end, {}, order);
    sorted.erase(end, sorted.end());
    return sorted;
}

std::size_t RunningTimers::due_by(Time time) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        timers_, [&](const RunningTimer& timer) { return !is_gap(timer) && timer.deadline <= time; }));
}

std::optional<Time> RunningTimers::deadline_of(TimerId id) const {
    const auto timer = std::ranges::lower_bound(timers_, id, {}, &RunningTimer::id);
    if (timer == timers_.end() || timer->id != id || is_gap(*timer)) return std::nullopt;
    return timer->deadline;
}

}  // namespace loopscope::trace
