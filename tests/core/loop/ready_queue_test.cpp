#include "core/loop/ready_queue.hpp"

#include <random>

#include <gtest/gtest.h>

namespace loopscope::loop {
namespace {

/// Handles of timers stand for any handles here: their slots tell them apart.
void push(ReadyQueue& queue, std::uint32_t number) {
    queue.push(Handle::timer(number));
}
std::uint32_t pop(ReadyQueue& queue) {
    return queue.pop().timer_slot();
}

TEST(ReadyQueue, is_first_in_first_out) {
    ReadyQueue queue;
    EXPECT_TRUE(queue.empty());
    for (std::uint32_t number = 0; number < 10; ++number) push(queue, number);
    EXPECT_EQ(queue.size(), 10u);
    for (std::uint32_t number = 0; number < 10; ++number) EXPECT_EQ(pop(queue), number);
    EXPECT_TRUE(queue.empty());
}

TEST(ReadyQueue, keeps_its_order_while_it_grows_from_any_place) {
    for (std::uint32_t offset = 0; offset < 70; ++offset) {
        ReadyQueue queue;
        for (std::uint32_t at = 0; at < offset; ++at) {
            push(queue, 0);
            pop(queue);
        }
        for (std::uint32_t number = 0; number < 1000; ++number) push(queue, number);
        EXPECT_EQ(queue.size(), 1000u);
        for (std::uint32_t number = 0; number < 1000; ++number) ASSERT_EQ(pop(queue), number) << offset;
    }
}

TEST(ReadyQueue, keeps_its_order_while_it_is_drained_and_filled) {
    ReadyQueue queue;
    std::uint32_t pushed = 0;
    std::uint32_t popped = 0;
    for (int round = 0; round < 500; ++round) {
        for (int each = 0; each < 7; ++each) push(queue, pushed++);
        for (int each = 0; each < 5; ++each) ASSERT_EQ(pop(queue), popped++);
    }
    while (!queue.empty()) ASSERT_EQ(pop(queue), popped++);
    EXPECT_EQ(popped, pushed);
}

TEST(ReadyQueue, leaves_a_turn_that_was_taken_as_it_is_whatever_becomes_ready_meanwhile) {
    std::mt19937 random(9);  // NOLINT(bugprone-random-generator-seed): the same sizes every time
    ReadyQueue queue;
    std::uint32_t pushed = 0;
    std::uint32_t taken = 0;
    push(queue, pushed++);
    for (int iteration = 0; iteration < 2000; ++iteration) {
        const std::span<const Handle> turn = queue.take_waiting();
        ASSERT_TRUE(queue.empty());
        for (auto left = 1 + random() % (iteration % 100 == 0 ? 500 : 20); left > 0; --left) {
            push(queue, pushed++);
        }
        for (const Handle handle : turn) ASSERT_EQ(handle.timer_slot(), taken++);
        ASSERT_EQ(queue.size(), pushed - taken);
    }
}

TEST(ReadyQueue, can_be_looked_into) {
    ReadyQueue queue;
    for (std::uint32_t number = 0; number < 200; ++number) push(queue, number);
    for (std::uint32_t number = 0; number < 100; ++number) pop(queue);
    for (std::uint32_t position = 0; position < 100; ++position) {
        EXPECT_EQ(queue.peek(position).timer_slot(), 100 + position);
    }
    EXPECT_EQ(queue.size(), 100u);
}

TEST(ReadyQueue, moves_a_handle_up_and_keeps_the_others_in_their_order) {
    ReadyQueue queue;
    for (std::uint32_t slot = 0; slot < 70; ++slot) queue.push(Handle::timer(slot));
    for (int count = 0; count < 60; ++count) queue.pop();
    for (std::uint32_t slot = 70; slot < 140; ++slot) queue.push(Handle::timer(slot));
    queue.move_up(5, 2);
    queue.move_up(0, 0);
    std::vector<std::uint32_t> order;
    for (int count = 0; count < 7; ++count) order.push_back(queue.pop().timer_slot());
    EXPECT_EQ(order, (std::vector<std::uint32_t>{60, 61, 65, 62, 63, 64, 66}));
}

}  // namespace
}  // namespace loopscope::loop
