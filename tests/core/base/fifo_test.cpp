#include "core/base/fifo.hpp"

#include <deque>
#include <random>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

TEST(Fifo, holds_what_a_deque_does) {
    std::mt19937 engine(1);
    const auto random = [&](std::size_t below) { return static_cast<std::size_t>(engine() % below); };
    Fifo<int> fifo;
    std::deque<int> deque;
    for (int round = 0; round < 20'000; ++round) {
        const std::size_t what = random(20);
        if (what < (round / 1000 % 2 == 0 ? 12 : 7)) {
            fifo.push_back(round);
            deque.push_back(round);
        } else if (!deque.empty() && what < 19) {
            EXPECT_EQ(fifo.pop_front(), deque.front());
            deque.pop_front();
        } else if (!deque.empty()) {
            const std::size_t at = random(deque.size());
            EXPECT_EQ(fifo.take(fifo.begin() + at), deque[at]);
            deque.erase(deque.begin() + static_cast<std::ptrdiff_t>(at));
        }
        ASSERT_EQ(fifo.size(), deque.size());
        ASSERT_TRUE(std::equal(fifo.begin(), fifo.end(), deque.begin()));
    }
}

TEST(Fifo, is_copied_and_moved_without_what_was_taken) {
    Fifo<int> fifo;
    for (int each = 0; each < 5; ++each) fifo.push_back(each);
    fifo.pop_front();
    const Fifo<int> copy = fifo;
    EXPECT_EQ(copy, fifo);
    EXPECT_EQ(copy.front(), 1);
    Fifo<int> moved = std::move(fifo);
    EXPECT_EQ(moved, copy);
    fifo = copy;
    EXPECT_EQ(fifo, copy);
    fifo = std::move(moved);
    EXPECT_EQ(fifo[3], 4);
    fifo.clear();
    EXPECT_TRUE(fifo.empty());
    EXPECT_NE(fifo, copy);
}

}  // namespace
}  // namespace loopscope
