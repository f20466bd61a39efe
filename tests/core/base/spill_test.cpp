// SPDX-License-Identifier: MIT
#include "core/base/spill.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/recent.hpp"
#include "core/base/spilled_bytes.hpp"
#include "core/base/spilled_sequence.hpp"

namespace loopscope {
namespace {

using Words = std::vector<std::uint32_t>;
using Stored = std::span<const std::uint32_t>;

/// Returns words that no others are like.
Words words(std::uint32_t first, std::size_t count) {
    Words all(count);
    std::iota(all.begin(), all.end(), first);
    return all;
}

constexpr std::size_t a_million = 1'000'000;

TEST(SpillTest, keeps_what_is_stored_in_memory_and_in_its_file) {
    Spill spill(8 * a_million);
    std::vector<Stored> stored;
    for (std::uint32_t each = 0; each < 10; ++each) stored.push_back(spill.store(words(each, a_million)));
    spill.let_go();
    for (std::uint32_t each = 0; each < 10; ++each)
        ASSERT_TRUE(std::ranges::equal(stored[each], words(each, a_million))) << each;
    EXPECT_LE(spill.bytes_in_memory(), 8 * a_million);
#ifdef __linux__
    EXPECT_GE(spill.bytes_in_file(), 30 * a_million);
#endif
}

TEST(SpillTest, of_little_has_no_file) {
    Spill spill;
    const Stored stored = spill.store(words(7, 100));
    EXPECT_TRUE(std::ranges::equal(stored, words(7, 100)));
    EXPECT_TRUE(spill.store({}).empty());
    EXPECT_EQ(spill.bytes_in_file(), 0U);
}

TEST(SpillTest, puts_small_things_beside_each_other) {
    Spill spill(0);
    std::vector<Stored> stored;
    for (std::uint32_t each = 0; each < 5000; ++each) stored.push_back(spill.store(words(each, 1 + each)));
    for (std::uint32_t each = 0; each < 5000; ++each)
        ASSERT_TRUE(std::ranges::equal(stored[each], words(each, 1 + each)));
    constexpr std::size_t needed = sizeof(std::uint32_t) * 5000 * 5001 / 2;
    EXPECT_LE(spill.bytes_in_memory() + spill.bytes_in_file(), needed * 11 / 10 + (std::size_t{4} << 20));
}

TEST(SpillTest, takes_memory_where_there_is_no_folder_for_its_file) {
    const char* const before = std::getenv("TMPDIR");
    const std::string kept = before ? before : "";
    ::setenv("TMPDIR", "/nowhere/at/all", 1);  // then there is /var/tmp
    Spill spill(0);
    EXPECT_TRUE(std::ranges::equal(spill.store(words(1, a_million)), words(1, a_million)));
    before ? ::setenv("TMPDIR", kept.c_str(), 1) : ::unsetenv("TMPDIR");
}

TEST(SpillTest, forgets_what_is_dropped_and_nothing_beside_it) {
    for (const std::size_t kept : {std::size_t{0}, 100 * a_million}) {
        Spill spill(kept);
        std::vector<Spill::Part> parts;
        for (std::size_t each = 0; each < 5; ++each) {
            parts.push_back(spill.take(a_million));
            std::ranges::fill(parts.back().bytes, std::byte(each));
        }
        Spill::let_go(parts[1]);
        Spill::drop(parts[2]);
        for (const std::size_t each : {0U, 1U, 3U, 4U})
            EXPECT_EQ(std::ranges::count(parts[each].bytes, std::byte(each)), a_million) << each;
        std::ranges::fill(parts[2].bytes, std::byte{9});  // it is memory as before
        EXPECT_EQ(std::ranges::count(parts[2].bytes, std::byte{9}), a_million);
    }
}

TEST(SpilledSequenceTest, has_what_was_appended_where_it_was) {
    struct Pair {
        std::uint64_t number;
        std::uint32_t twice;
    };
    using Pairs = SpilledSequence<Pair>;
    Pairs pairs(0);
    EXPECT_TRUE(pairs.empty());
    constexpr std::size_t count = 2 * Pairs::block_size + 3;
    Pair* const first = &pairs.push_back({});
    for (std::uint32_t each = 1; each < count; ++each) pairs.push_back({each, 2 * each});
    EXPECT_EQ(pairs.size(), count);
    ASSERT_EQ(pairs.blocks(), 3U);
    EXPECT_EQ(pairs.block(2).size(), 3U);
    EXPECT_EQ(&pairs.block(0).front(), first);
    pairs.block(1)[7].twice = 1;
    for (std::size_t block = 0; block < 3; ++block) pairs.let_go(block);
    for (std::uint32_t each = 0; each < count; ++each) {
        ASSERT_EQ(pairs[each].number, each);
        ASSERT_EQ(pairs[each].twice, each == Pairs::block_size + 7 ? 1 : 2 * each);
    }
    pairs.drop(0);
    EXPECT_EQ(pairs[Pairs::block_size].number, Pairs::block_size);
}

TEST(SpilledBytesTest, are_what_was_appended) {
    SpilledBytes bytes(0);
    std::vector<std::uint8_t> all;
    const auto compare = [&] {
        ASSERT_EQ(bytes.size(), all.size());
        for (std::size_t at = 0; at < all.size(); ++at) ASSERT_EQ(bytes[at], all[at]) << at;
    };
    for (std::uint32_t each = 0; each < 10'000; ++each) {
        all.push_back(static_cast<std::uint8_t>(each % 7));
        bytes.push_back(all.back());
    }
    compare();
    bytes.pad(5000);  // it has more
    bytes.pad(30'001);
    all.resize(30'001);
    bytes.push_back(9);
    all.push_back(9);
    compare();
    SpilledBytes copy(bytes);
    bytes = std::move(copy);
    compare();
}

TEST(RecentTest, forgets_what_is_over_but_for_the_last_and_what_is_behind_one_that_goes_on) {
    Recent<int> things;
    for (int each = 1; each <= 5; ++each) things.push_back(each);
    const auto over = [](int thing, std::uint32_t number) {
        EXPECT_EQ(static_cast<std::uint32_t>(thing), number);
        return thing != 3;
    };
    things.forget_if(over);
    EXPECT_EQ(things.size(), 5U);
    EXPECT_EQ(things.kept(), 3U);
    EXPECT_EQ(things.find(2), nullptr);
    ASSERT_NE(things.find(3), nullptr);
    EXPECT_EQ(*things.find(4), 4);
    things.forget_if([](int, std::uint32_t) { return true; });
    EXPECT_EQ(things.kept(), 1U);
    EXPECT_EQ(things.back(), 5);
}

}  // namespace
}  // namespace loopscope
