#include "core/trace/event.hpp"

#include <gtest/gtest.h>

namespace loopscope::trace {
namespace {

using namespace std::chrono_literals;

/// A `timer` event as the loop packs it.
Event timer(Time deadline, Callback callback) {
    const auto bits = static_cast<std::uint64_t>(deadline.count());
    const auto high = static_cast<std::uint32_t>(bits >> 32) & (Event::line_limit - 1);
    return {static_cast<std::uint32_t>(Kind::timer), 0, static_cast<std::uint32_t>(bits),
            tagged(callback, high)};
}

TEST(Event, of_a_timer_has_its_deadline_and_its_callback) {
    for (const Time deadline :
         {Time(0), Time(1), Time(100ms), Time(24h), Time(24h * 400), Time(deadline_limit), Time(-1s)}) {
        EXPECT_EQ(timer_deadline(timer(deadline, Callback::timeout)), deadline) << deadline.count();
        EXPECT_EQ(timer(deadline, Callback::timeout).tag<Callback>(), Callback::timeout);
    }
}

TEST(Event, has_its_tag_beside_its_line) {
    const Event event{0, 0, 0, tagged(Wait::queue_join, 1234)};
    EXPECT_EQ(event.tag<Wait>(), Wait::queue_join);
    EXPECT_EQ(event.line(), 1234u);
}

}  // namespace
}  // namespace loopscope::trace
