#include "core/trace/block.hpp"

#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace loopscope::trace {
namespace {

TEST(BlockTest, is_as_large_as_a_huge_page_and_stands_where_one_can) {
    const Block block = take_block();
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block.get()) % (block_events * sizeof(Event)), 0U);
    block[0] = block[block_events - 1] = Event{1, 2, 3, 4};
    EXPECT_EQ(block[block_events - 1], block[0]);
}

TEST(BlockTest, belongs_to_one_owner_at_a_time) {
    std::vector<Block> first;
    for (int at = 0; at < 40; ++at) first.push_back(take_block());
    first.clear();
    std::vector<Block> second;
    std::set<const Event*> distinct;
    for (int at = 0; at < 80; ++at) {
        second.push_back(take_block());
        distinct.insert(second.back().get());
    }
    EXPECT_EQ(distinct.size(), second.size());
}

}  // namespace
}  // namespace loopscope::trace
