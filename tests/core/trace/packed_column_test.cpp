#include "core/trace/packed_column.hpp"

#include <algorithm>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace loopscope::trace {
namespace {

constexpr std::uint32_t largest = std::numeric_limits<std::uint32_t>::max();

PackedColumn packed(const std::vector<std::uint32_t>& numbers) {
    PackedColumn result;
    for (const std::uint32_t number : numbers) result.push_back(number);
    return result;
}

/// So many numbers, each a function of its place.
template <class Function>
std::vector<std::uint32_t> numbers(std::size_t count, const Function& function) {
    std::vector<std::uint32_t> result;
    for (std::size_t each = 0; each < count; ++each)
        result.push_back(static_cast<std::uint32_t>(function(each)));
    return result;
}

TEST(PackedColumn, gives_back_what_it_was_given_whatever_that_is) {
    std::minstd_rand random(3);
    const std::vector<std::vector<std::uint32_t>> all{
        {},
        numbers(1, [](auto) { return largest; }),
        numbers(1000, [](auto) { return 0; }),
        numbers(1000, [](auto) { return largest; }),
        numbers(1000, [](auto index) { return 4 * index + 17; }),
        numbers(1000, [](auto index) { return largest - 5 * index; }),
        numbers(1000, [](auto index) { return index % 2 == 0 ? 0 : largest; }),
        numbers(1000, [](auto index) { return index % 128 == 127 ? largest : 0; }),
        numbers(1000, [](auto index) { return index % 128 == 0 ? largest : 0; }),
        numbers(1000, [](auto index) { return index * (largest / 127); }),
        numbers(1000, [](auto index) { return index * index; }),
        numbers(1000, [&](auto) { return random() % 50; }),
        numbers(1000, [&](auto) { return random() * 2654435761U; }),
        numbers(1000, [&](auto index) { return index * 1000 + random() % 300; }),
    };
    for (const std::vector<std::uint32_t>& given : all) {
        const PackedColumn result = packed(given);
        ASSERT_EQ(result.size(), given.size());
        EXPECT_EQ(result.empty(), given.empty());
        EXPECT_TRUE(std::ranges::equal(result, given)) << "list " << &given - all.data();
        if (given.empty()) continue;
        EXPECT_EQ(result.back(), given.back());
    }
}

TEST(PackedColumn, of_many_millions_is_found_in_its_segments) {
    constexpr std::uint32_t count = 8'400'000;  // one segment has 8,388,608
    const auto number = [](std::uint32_t index) { return index * 3 + index * 2654435761U % 7; };
    PackedColumn result;
    for (std::uint32_t index = 0; index < count; ++index) result.push_back(number(index));
    ASSERT_EQ(result.size(), count);
    for (std::uint32_t index = 0; index < count; index += index < 8'380'000 ? 1'001 : 1)
        ASSERT_EQ(result[index], number(index));
    EXPECT_LT(result.bytes(), count);
}

TEST(PackedColumn, gives_back_each_number_at_any_size) {
    PackedColumn result;
    for (std::uint32_t size = 0; size < 600; ++size) {
        ASSERT_EQ(result.size(), size);
        for (std::uint32_t index = 0; index < size; ++index) ASSERT_EQ(result[index], index * 7 + index % 3);
        result.push_back(size * 7 + size % 3);
    }
}

TEST(PackedColumn, takes_little_memory_for_what_rises_evenly) {
    constexpr std::size_t count = 1 << 17;
    const std::size_t raw = count * sizeof(std::uint32_t);
    EXPECT_LT(packed(numbers(count, [](auto index) { return 4 * index; })).bytes() * 10, raw);
    std::minstd_rand random(3);
    std::uint32_t event = 0;
    const auto next = [&](auto) { return event += 1 + static_cast<std::uint32_t>(random() % 8); };
    EXPECT_LT(packed(numbers(count, next)).bytes() * 2, raw);
}

TEST(PackedColumn, can_be_searched) {
    const PackedColumn result = packed(numbers(1000, [](auto index) { return 3 * index; }));
    const auto found = std::ranges::lower_bound(result, 1000U);
    EXPECT_EQ(found - result.begin(), 334);
    EXPECT_EQ(*found, 1002U);
    EXPECT_EQ(*std::prev(found), 999U);
    EXPECT_EQ(std::ranges::lower_bound(result, 3000U), result.end());
}

}  // namespace
}  // namespace loopscope::trace
