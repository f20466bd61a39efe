#include "core/base/heap.hpp"

#include <memory>
#include <random>
#include <stdexcept>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope {
namespace {

using testing::ElementsAre;

struct Errand {
    int priority;
    int number;

    friend bool operator<(const Errand& one, const Errand& other) { return one.priority < other.priority; }
};

Heap<Errand> heap_of(const std::vector<int>& priorities) {
    Heap<Errand> heap;
    for (std::size_t at = 0; at < priorities.size(); ++at) heap.push({priorities[at], static_cast<int>(at)});
    return heap;
}

std::vector<int> numbers(Heap<Errand> heap) {
    std::vector<int> taken;
    while (!heap.empty()) taken.push_back(heap.pop().number);
    return taken;
}

// The three orders are CPython's heapq's.
TEST(Heap, gives_equal_items_in_the_order_of_heapq) {
    EXPECT_THAT(numbers(heap_of({1, 1, 1, 1, 1, 1, 1, 1})), ElementsAre(0, 2, 6, 5, 7, 4, 1, 3));
    EXPECT_THAT(numbers(heap_of({3, 1, 2, 1, 3, 1, 2, 2, 1, 3})), ElementsAre(1, 5, 3, 8, 6, 2, 7, 9, 0, 4));
}

TEST(Heap, that_has_lost_items_is_heapified_as_heapq_does) {
    Heap<Errand> heap = heap_of({2, 1, 2, 1, 2, 1, 1, 2, 1, 2, 2, 1, 1, 1, 2, 2});
    heap.erase_if([](const Errand& errand) { return errand.number % 3 == 0; });
    EXPECT_THAT(numbers(std::move(heap)), ElementsAre(8, 1, 11, 5, 13, 10, 7, 14, 4, 2));
}

TEST(Heap, gives_the_least_item_first_whatever_was_put_and_taken) {
    std::mt19937 engine(1);
    Heap<int> heap;
    std::vector<int> kept;
    for (int round = 0; round < 20'000; ++round) {
        if (kept.empty() || engine() % 5 < 3) {
            const int item = static_cast<int>(engine() % 1000);
            heap.push(item);
            kept.push_back(item);
        } else {
            const auto least = std::ranges::min_element(kept);
            ASSERT_EQ(heap.front(), *least);
            ASSERT_EQ(heap.pop(), *least);
            kept.erase(least);
        }
        ASSERT_EQ(heap.size(), kept.size());
    }
}

struct Cheaper {
    bool operator()(const std::unique_ptr<int>& one, const std::unique_ptr<int>& other) const {
        return *one < *other;
    }
};

TEST(Heap, moves_what_cannot_be_copied) {
    Heap<std::unique_ptr<int>, Cheaper> heap;
    for (const int item : {3, 1, 2}) heap.push(std::make_unique<int>(item));
    EXPECT_EQ(*heap.pop(), 1);
    EXPECT_EQ(*heap.pop(), 2);
    EXPECT_EQ(*heap.pop(), 3);
    EXPECT_TRUE(heap.empty());
}

struct Picky {
    bool operator()(const std::unique_ptr<int>& one, const std::unique_ptr<int>& other) const {
        if (*one == 0 || *other == 0) throw std::invalid_argument("0 cannot be compared");
        return *one < *other;
    }
};

TEST(Heap, loses_nothing_when_a_comparison_throws) {
    Heap<std::unique_ptr<int>, Picky> heap;
    for (const int item : {5, 4, 6}) heap.push(std::make_unique<int>(item));
    EXPECT_THROW(heap.push(std::make_unique<int>(0)), std::invalid_argument);
    ASSERT_EQ(heap.size(), 4U);
    int sum = 0;
    for (const std::unique_ptr<int>& item : heap) {
        ASSERT_TRUE(item);
        sum += *item;
    }
    EXPECT_EQ(sum, 15);
    // heappop loses what it would have given, as heapq's does, and nothing else.
    EXPECT_THROW(static_cast<void>(heap.pop()), std::invalid_argument);
    ASSERT_EQ(heap.size(), 3U);
    for (const std::unique_ptr<int>& item : heap) EXPECT_TRUE(item);
}

}  // namespace
}  // namespace loopscope
