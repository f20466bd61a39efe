#include "core/exchange/lane_event_sorter.hpp"

#include <random>

#include <gtest/gtest.h>

namespace loopscope::exchange {
namespace {

/// More than fit into a few blocks.
constexpr std::uint32_t many = 300'000;

/// The numbers that were given to them, in the order in which they are visited; most are in a file.
std::vector<std::uint32_t> visited(const std::vector<std::int64_t>& times) {
    LaneEventSorter sorter(std::size_t{5} << 20);
    for (std::uint32_t number = 0; number < times.size(); ++number)
        sorter.add(LaneEvent(LaneEvent::Kind::instant, times[number], number, number));
    std::vector<std::uint32_t> order;
    EXPECT_EQ(sorter.visit_in_order([&](const LaneEvent& each) {
        order.push_back(each.lane);
        return true;
    }),
              times.size());
    return order;
}

/// The same by sorting all of them at once: those of one time stay in order.
std::vector<std::uint32_t> sorted(const std::vector<std::int64_t>& times) {
    std::vector<std::uint32_t> order(times.size());
    for (std::uint32_t number = 0; number < times.size(); ++number) order[number] = number;
    std::ranges::stable_sort(order, {}, [&](std::uint32_t number) { return times[number]; });
    return order;
}

TEST(LaneEventSorter, are_played_in_order_however_they_come) {
    std::mt19937 random(1);
    std::vector<std::int64_t> times(many);
    EXPECT_EQ(visited({}), sorted({}));
    for (std::int64_t& time : times) time = static_cast<std::int64_t>(random() % 1000);
    EXPECT_EQ(visited(times), sorted(times)) << "in no order, many at once";
    std::ranges::sort(times);
    EXPECT_EQ(visited(times), sorted(times)) << "in order, many at once";
    std::ranges::reverse(times);
    EXPECT_EQ(visited(times), sorted(times)) << "backwards";
    for (std::uint32_t number = 0; number < many; ++number)
        times[number] = std::int64_t{number} - static_cast<std::int64_t>(random() % 100'000);
    EXPECT_EQ(visited(times), sorted(times)) << "each a little late";
}

TEST(LaneEventSorter, are_where_they_were_for_who_changes_them_later) {
    LaneEventSorter sorter(0);
    for (std::uint32_t number = 0; number < many; ++number)
        sorter.add(LaneEvent(LaneEvent::Kind::begin, many - number, number, number));
    std::vector<LaneEvent*> open;
    sorter.visit_in_order([&](LaneEvent& event) {
        event.name = event.lane + 1;
        open.push_back(&event);
        return true;
    });
    for (LaneEvent* const each : open) each->end = each->time + 1;
    std::uint32_t used = 0;
    sorter.use_in_order([&](const LaneEvent& event) {
        ++used;
        EXPECT_EQ(event.time, used);
        EXPECT_EQ(event.end, used + 1);
        EXPECT_EQ(event.name, event.lane + 1);
        return true;
    });
    EXPECT_EQ(used, many);
}

TEST(LaneEventSorter, stop_being_played_when_no_more_are_wanted) {
    LaneEventSorter sorter;
    for (std::int64_t time = many; time > 0; --time)
        sorter.add(LaneEvent(LaneEvent::Kind::instant, time, 0, 0));
    std::int64_t next = 1;
    EXPECT_EQ(sorter.visit_in_order([&](const LaneEvent& each) {
        EXPECT_EQ(each.time, next++);
        return each.time < 1000;
    }),
              999u);
}

TEST(LaneEventSorter, gives_some_thousand_at_a_time_to_whoever_pauses) {
    LaneEventSorter sorter;
    for (std::int64_t time = many; time > 0; --time)
        sorter.add(LaneEvent(LaneEvent::Kind::instant, time, 0, 0));
    LaneEventSorter::Order order(sorter, true);
    std::int64_t next = 1;
    int pauses = 0;
    std::size_t since = 0;
    for (auto run = order.next(); !run.empty(); run = order.next()) {
        for (const LaneEvent& each : run) EXPECT_EQ(each.time, next++);
        since += run.size();
        EXPECT_LT(since, 10'000u);
        if (!order.is_time_to_pause()) continue;
        ++pauses;
        since = 0;
    }
    EXPECT_EQ(next, many + 1);
    EXPECT_GT(pauses, 30);
}

TEST(LaneEventSorter, begins_with_the_outer_of_two_slices_and_with_what_is_in_them_last) {
    using Kind = LaneEvent::Kind;
    LaneEventSorter sorter;
    const auto add = [&](Kind kind, std::uint32_t number, std::int64_t end = 0) {
        LaneEvent event(kind, 5, number, number);
        event.end = end;
        sorter.add(event);
    };
    add(Kind::instant, 4);
    add(Kind::span, 3, 7);
    add(Kind::span, 2, 9);
    add(Kind::span, 1, LaneEvent::never);
    add(Kind::end, 5);
    std::vector<std::uint32_t> order;
    sorter.visit_in_order([&](LaneEvent& event) {
        order.push_back(event.lane);
        if (event.lane == 4) event.kind = Kind::span;
        if (event.lane == 4) event.end = 8;
        return true;
    });
    EXPECT_EQ(order, (std::vector<std::uint32_t>{1, 2, 3, 4, 5}));
    sorter.changed();
    order.clear();
    sorter.use_in_order([&](const LaneEvent& event) {
        order.push_back(event.lane);
        return true;
    });
    EXPECT_EQ(order, (std::vector<std::uint32_t>{1, 2, 4, 3, 5})) << "one has become a slice";
}

}  // namespace
}  // namespace loopscope::exchange
