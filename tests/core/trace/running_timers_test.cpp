#include "core/trace/running_timers.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace loopscope::trace {
namespace {

RunningTimer timer_at(std::uint32_t deadline, std::uint32_t start) {
    return {{}, Callback::sleep, Time(deadline), {}, {}, {start}};
}

TEST(RunningTimers, are_those_that_were_started_and_not_taken) {
    RunningTimers timers;
    std::vector<std::uint32_t> model;  // ids
    std::uint32_t random = 1;
    for (std::uint32_t number = 1; number <= 2000; ++number) {
        random = random * 1664525U + 1013904223U;
        timers.start(timer_at(random >> 28, number));
        model.push_back(number);
        while (random % 3 != 0 && !model.empty()) {
            random = random * 1664525U + 1013904223U;
            const auto index = model.begin() + static_cast<std::ptrdiff_t>(random % model.size());
            RunningTimer taken;
            ASSERT_TRUE(timers.take(TimerId{*index}, taken));
            EXPECT_EQ(taken.id.value, *index);
            EXPECT_EQ(taken.start, EventIndex{*index});
            EXPECT_FALSE(timers.take(TimerId{*index}, taken)) << "twice";
            model.erase(index);
        }
        std::vector<std::uint32_t> ids;
        for (const RunningTimer& each : timers.by_deadline()) ids.push_back(each.id.value);
        std::ranges::sort(ids);
        ASSERT_EQ(ids, model);
        ASSERT_LE(timers.bytes(), 2 * model.size() * sizeof(RunningTimer)) << "gaps are closed";
    }
}

TEST(RunningTimers, come_in_order_of_deadline_then_of_creation) {
    RunningTimers timers;
    for (const std::uint32_t deadline : {2U, 1U, 2U, 1U}) timers.start(timer_at(deadline, 9));
    std::vector<std::uint32_t> ids;
    for (const RunningTimer& each : timers.by_deadline()) ids.push_back(each.id.value);
    EXPECT_EQ(ids, (std::vector<std::uint32_t>{2, 4, 1, 3}));
}

TEST(RunningTimers, name_the_last_one_only) {
    RunningTimers timers;
    timers.start(timer_at(1, 1));
    timers.start(timer_at(2, 2));
    RunningTimer taken;
    ASSERT_TRUE(timers.take(TimerId{2}, taken));
    timers.name_last(StringId{7});
    EXPECT_EQ(timers.by_deadline().front().name, StringId{});
    timers.start(timer_at(3, 3));
    timers.name_last(StringId{7});
    EXPECT_EQ(timers.by_deadline().back().name, StringId{7});
}

}  // namespace
}  // namespace loopscope::trace
