#include "core/trace/running_timers.hpp"

#include <algorithm>

namespace loopscope::trace {

bool RunningTimers::take(TimerId id, RunningTimer& taken) {
    const auto by_id = [](const RunningTimer& timer) { return timer.id.value; };
    const auto timer = std::ranges::lower_bound(timers_, id.value, {}, by_id);
    if (timer == timers_.end() || timer->id != id || is_gap(*timer)) return false;
    taken = *timer;
    timer->start = 0;  // no timer's event: the first one of a trace begins it
    ++gaps_;
    if (gaps_ * 2 > timers_.size()) {
        std::erase_if(timers_, is_gap);
        gaps_ = 0;
    }
    return true;
}

std::vector<RunningTimer> RunningTimers::by_deadline() const {
    std::vector<RunningTimer> sorted;
    sorted.reserve(timers_.size() - gaps_);
    std::ranges::remove_copy_if(timers_, std::back_inserter(sorted), is_gap);
    std::ranges::stable_sort(sorted, {}, &RunningTimer::deadline);
    return sorted;
}

}  // namespace loopscope::trace
