#include "core/context/thread_local_cells.hpp"

#include <barrier>
#include <thread>

#include <gtest/gtest.h>

#include "tests/core/context/variables.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::context {
namespace {

TEST(ThreadLocalCells, of_one_thread_are_not_seen_by_another) {
    ThreadLocalCells cells;
    std::barrier both(2);
    Cell read_by[2];
    const auto write_and_read = [&](std::uint32_t thread) {
        cells.set(symbol, written_by(10 + thread));
        both.arrive_and_wait();
        read_by[thread] = cells.get(symbol);
    };
    std::thread first(write_and_read, 0);
    std::thread second(write_and_read, 1);
    first.join();
    second.join();
    EXPECT_EQ(read_by[0], written_by(10));
    EXPECT_EQ(read_by[1], written_by(11));
    EXPECT_FALSE(cells.get(symbol));
}

TEST(ThreadLocalCells, of_two_objects_are_independent) {
    ThreadLocalCells first;
    ThreadLocalCells second;
    first.set(symbol, written_by(1));
    second.set(symbol, written_by(2));
    EXPECT_EQ(first.get(symbol), written_by(1));
    EXPECT_EQ(second.get(symbol), written_by(2));
}

TEST(ThreadLocalCells, of_an_object_that_is_gone_are_gone) {
    for (int round = 0; round < 3; ++round) {
        ThreadLocalCells cells;
        EXPECT_FALSE(cells.get(symbol));
        cells.set(symbol, written_by(1));
    }
}

TEST(ThreadLocalCells, stay_when_another_object_goes) {
    ThreadLocalCells cells;
    cells.set(symbol, written_by(1));
    {
        ThreadLocalCells other;
        other.set(symbol, written_by(2));
    }
    EXPECT_EQ(cells.get(symbol), written_by(1));
}

TEST(ThreadLocalCells, may_be_dropped_by_another_thread) {
    auto cells = std::make_unique<ThreadLocalCells>();
    cells->set(symbol, written_by(1));
    std::thread([&] {
        cells->set(symbol, written_by(2));
        cells.reset();
    }).join();
    const ThreadLocalCells fresh;
    EXPECT_FALSE(fresh.get(symbol));
}

}  // namespace
}  // namespace loopscope::context
