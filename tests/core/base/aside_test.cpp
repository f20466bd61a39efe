#include "core/base/aside.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

/// Has a number worked on, and takes the oldest ones back once all slots are in use.
void work_through(Aside<int>& aside, int count, std::vector<int>& taken) {
    const auto take = [&] {
        taken.push_back(*aside.next());
        aside.release();
    };
    for (int at = 0; at < count; ++at) {
        if (aside.full()) take();
        aside.slot() = at;
        aside.hand_over();
    }
    while (aside.next() != nullptr) take();
}

TEST(Aside, gives_all_that_was_worked_on_in_order) {
    Aside<int> squares([](int& number) { number *= number; });
    std::vector<int> taken;
    work_through(squares, 1000, taken);
    ASSERT_EQ(taken.size(), 1000U);
    for (int at = 0; at < 1000; ++at) EXPECT_EQ(taken[static_cast<std::size_t>(at)], at * at);
    EXPECT_EQ(squares.next(), nullptr);
    EXPECT_FALSE(squares.ready());
}

TEST(Aside, has_no_more_under_way_than_it_has_slots) {
    std::atomic<int> worked{0};
    Aside<int, 3> numbers([&](int&) { ++worked; });
    for (int at = 0; at < 3; ++at) {
        EXPECT_FALSE(numbers.full());
        numbers.slot() = at;
        numbers.hand_over();
    }
    EXPECT_TRUE(numbers.full());
    EXPECT_EQ(*numbers.next(), 0);
    EXPECT_EQ(*numbers.next(), 0) << "it stays until it is released";
    numbers.release();
    EXPECT_FALSE(numbers.full());
    EXPECT_EQ(*numbers.next(), 1);
    EXPECT_GE(worked, 2);
}

TEST(Aside, uses_the_memory_of_its_slots_again) {
    Aside<std::vector<int>, 2> lists([](std::vector<int>& list) { list.push_back(0); });
    std::size_t longest = 0;
    for (int at = 0; at < 10; ++at) {
        lists.hand_over();
        longest = std::max(longest, lists.next()->size());
        lists.release();
    }
    EXPECT_EQ(longest, 5U);
}

TEST(Aside, throws_what_the_work_threw_once_all_before_it_is_taken) {
    Aside<int> numbers([](int& number) {
        if (number == 2) throw std::runtime_error("no third one");
    });
    for (int at = 0; at < 3; ++at) {
        numbers.slot() = at;
        numbers.hand_over();
    }
    for (int at = 0; at < 2; ++at) {
        EXPECT_EQ(*numbers.next(), at);
        numbers.release();
    }
    EXPECT_THROW(numbers.next(), std::runtime_error);
}

TEST(Aside, can_be_left_at_any_time) {
    for (int handed = 0; handed < 20; ++handed) {
        Aside<int> numbers([](int& number) { ++number; });
        for (int at = 0; at < handed % 4 && !numbers.full(); ++at) numbers.hand_over();
        if (handed % 2 == 1) static_cast<void>(numbers.next());
    }
}

}  // namespace
}  // namespace loopscope
