#include "core/base/ahead.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

TEST(Ahead, gives_all_that_is_made_in_order) {
    int made = 0;
    Ahead<int> numbers([&](int& place) {
        place = ++made;
        return made <= 1000;
    });
    std::vector<int> taken;
    while (const int* const number = numbers.next()) taken.push_back(*number);
    ASSERT_EQ(taken.size(), 1000u);
    for (int at = 0; at < 1000; ++at) EXPECT_EQ(taken[static_cast<std::size_t>(at)], at + 1);
    EXPECT_EQ(numbers.next(), nullptr) << "once over, it is over";
}

TEST(Ahead, is_never_further_ahead_than_it_has_places) {
    std::atomic<int> made{0};
    Ahead<int, 3> numbers([&](int& place) {
        place = ++made;
        return true;
    });
    for (int at = 1; at < 1000; ++at) {
        const int* const number = numbers.next();
        EXPECT_EQ(*number, at) << "it stays until the next call";
        EXPECT_LE(made, at + 2);
    }
}

TEST(Ahead, uses_the_memory_of_its_places_again) {
    int made = 0;
    Ahead<std::vector<int>, 2> lists([&](std::vector<int>& place) {
        place.push_back(++made);
        return made <= 10;
    });
    std::size_t longest = 0;
    while (const auto* const list = lists.next()) longest = std::max(longest, list->size());
    EXPECT_EQ(longest, 5u);
}

TEST(Ahead, throws_what_was_thrown_where_it_was_made_once_all_before_is_taken) {
    int made = 0;
    Ahead<int> numbers([&](int& place) {
        if (++made == 3) throw std::runtime_error("no third one");
        place = made;
        return true;
    });
    EXPECT_EQ(*numbers.next(), 1);
    EXPECT_EQ(*numbers.next(), 2);
    EXPECT_THROW(numbers.next(), std::runtime_error);
}

TEST(Ahead, can_be_left_at_any_time) {
    for (int taken = 0; taken < 20; ++taken) {
        Ahead<int> numbers([](int& place) {
            ++place;
            return true;
        });
        for (int at = 0; at < taken; ++at) EXPECT_NE(numbers.next(), nullptr);
    }
}

}  // namespace
}  // namespace loopscope
