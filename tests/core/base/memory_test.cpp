// SPDX-License-Identifier: MIT
#include "core/base/memory.hpp"

#include <cstring>
#include <memory>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

#ifdef __linux__

TEST(MemoryTest, in_use_grows_with_what_is_written_to) {
    constexpr std::size_t size = std::size_t{64} << 20;
    const std::size_t before = memory_in_use().value();
    const auto block = std::make_unique_for_overwrite<unsigned char[]>(size);
    std::memset(block.get(), 1, size);
    EXPECT_GE(memory_in_use().value() + (std::size_t{8} << 20), before + size);
}

TEST(MemoryTest, of_the_machine_is_more_than_this_test_takes) {
    EXPECT_GT(memory_of_machine().value(), memory_in_use().value());
}

#endif

}  // namespace
}  // namespace loopscope
