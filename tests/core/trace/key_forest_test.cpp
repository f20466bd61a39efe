#include "core/trace/key_forest.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace loopscope::trace {
namespace {

using Forest = KeyForest<EventIndex, HandleIndex>;

std::vector<EventIndex> rising_keys(std::size_t count, std::uint32_t max_gap) {
    std::minstd_rand random(7);
    std::vector<EventIndex> keys;
    EventIndex key{3};
    for (std::size_t each = 0; each < count; ++each)
        keys.push_back(key = key + static_cast<std::uint32_t>(random() % (max_gap + 1)));
    return keys;
}

Forest forest_of(const std::vector<EventIndex>& keys) {
    Forest forest;
    for (const EventIndex key : keys) forest.add(key);
    return forest;
}

HandleIndex rank_in(const std::vector<EventIndex>& keys, EventIndex bound) {
    return {static_cast<std::uint32_t>(std::ranges::lower_bound(keys, bound) - keys.begin())};
}

TEST(KeyForest, finds_what_a_binary_search_finds_at_any_size) {
    for (const std::size_t count :
         {0u, 1u, 2u, 15u, 16u, 17u, 255u, 256u, 257u, 4095u, 4096u, 4097u, 70000u}) {
        for (const std::uint32_t gap : {0u, 1u, 9u}) {
            const auto keys = rising_keys(count, gap);
            const Forest forest = forest_of(keys);
            ASSERT_EQ(forest.size(), count);
            const EventIndex last = keys.empty() ? EventIndex{10} : keys.back() + 3;
            for (EventIndex bound; bound <= last; bound = bound + (1 + last.value / 500)) {
                ASSERT_EQ(forest.rank(bound, [&](HandleIndex index) { return keys[index.value]; }),
                          rank_in(keys, bound))
                    << count << " keys, bound " << bound.value;
            }
        }
    }
}

TEST(KeyForest, counts_each_key_once_between_many_bounds_and_is_off_by_an_eighth_at_most) {
    for (const std::size_t count : {100u, 5000u, 300000u}) {
        const auto keys = rising_keys(count, 5);
        const Forest forest = forest_of(keys);
        std::vector<EventIndex> bounds;
        for (std::uint32_t each = 0; each <= 128; ++each)
            bounds.push_back(keys.front() + (keys.back() - keys.front()) / 160 * (each + 10));
        std::vector<HandleIndex> ranks(bounds.size());
        forest.ranks(
            bounds, [&](HandleIndex index) { return keys[index.value]; }, ranks);
        EXPECT_EQ(ranks.front(), rank_in(keys, bounds.front()));
        EXPECT_EQ(ranks.back(), rank_in(keys, bounds.back()));
        EXPECT_TRUE(std::ranges::is_sorted(ranks));
        const double each = static_cast<double>(ranks.back() - ranks.front()) / 128;
        for (std::size_t index = 0; index < bounds.size(); ++index)
            EXPECT_NEAR(ranks[index].value, rank_in(keys, bounds[index]).value, each / finest_ranks + 1);
    }
}

TEST(KeyForest, costs_little_beside_its_keys) {
    const Forest forest = forest_of(rising_keys(1'000'000, 3));
    EXPECT_LT(forest.bytes(), 1'000'000u * sizeof(EventIndex) / 6);
}

}  // namespace
}  // namespace loopscope::trace
