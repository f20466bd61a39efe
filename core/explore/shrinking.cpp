// SPDX-License-Identifier: MIT
#include "core/explore/shrinking.hpp"

#include <algorithm>
#include <utility>

namespace loopscope::explore {
namespace {

/// Returns a schedule without the deviations from number `begin` to before `end`, counted from 0.
Schedule without(const Schedule& schedule, std::size_t begin, std::size_t end) {
    Schedule shorter = schedule;
    std::size_t number = 0;
    for (std::uint32_t& taken : shorter.choices) {
        if (taken == 0) continue;
        if (number >= begin && number < end) taken = 0;
        ++number;
    }
    return shorter;
}

}  // namespace

Pausing<Result<Schedule>> shrink(Schedule schedule, std::uint32_t& budget, const Attempt& attempt) {
    std::size_t length = deviations(schedule.choices);
    for (std::size_t part = (length + 1) / 2; part > 0 && length > 1;) {
        bool was_shortened = false;
        for (std::size_t end = length; end > 0;) {
            const std::size_t begin = end - std::min(end, part);
            const bool is_all = end - begin == length;
            if (is_all) break;
            if (budget == 0) co_return schedule;
            --budget;
            LOOPSCOPE_CO_TRY(choices, co_await attempt(without(schedule, begin, end)));
            if (choices && deviations(*choices) < length) {
                schedule.choices = std::move(*choices);
                length = deviations(schedule.choices);
                was_shortened = true;
            }
            end = std::min(begin, length);
        }
        if (part == 1 && !was_shortened) break;
        part = std::min(std::max<std::size_t>(part / 2, 1), (length + 1) / 2);
    }
    co_return schedule;
}

}  // namespace loopscope::explore
