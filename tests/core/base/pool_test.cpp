#include "core/base/pool.hpp"

#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

constexpr std::size_t sizes[] = {1, 8, 31, 32, 33, 100, 512, 1023, 1024, 1025, 5000};

bool aligned(const void* memory) {
    return reinterpret_cast<std::uintptr_t>(memory) % alignof(std::max_align_t) == 0;
}

TEST(Pool, gives_every_block_as_much_room_as_was_asked_for) {
    std::vector<unsigned char*> blocks;
    for (int round = 0; round < 3; ++round) {
        unsigned char mark = 0;
        for (const std::size_t size : sizes) {
            auto* const block = static_cast<unsigned char*>(pool_allocate(size));
            EXPECT_TRUE(aligned(block)) << size;
            std::memset(block, ++mark, size);
            blocks.push_back(block);
        }
        mark = 0;
        for (const std::size_t size : sizes) {
            const unsigned char* const block = blocks[mark++];
            EXPECT_TRUE(block[0] == mark && block[size / 2] == mark && block[size - 1] == mark) << size;
        }
        for (std::size_t at = 0; at < std::size(sizes); ++at) pool_free(blocks[at], sizes[at]);
        blocks.clear();
    }
}

TEST(Pool, takes_back_what_another_thread_allocated) {
    void* block = nullptr;
    std::thread([&] { block = pool_allocate(64); }).join();
    pool_free(block, 64);
    void* const again = pool_allocate(64);
    std::memset(again, 1, 64);
    std::thread([&] { pool_free(again, 64); }).join();
}

TEST(Pool, serves_classes_of_any_size_up_a_hierarchy) {
    struct Base : Pooled {
        virtual ~Base() = default;
    };
    struct Large final : Base {
        char bytes[2000] = {};
    };
    struct Small final : Base {};
    for (int round = 0; round < 2; ++round) {
        const Base* const large = new Large;
        const Base* const small = new Small;
        delete large;
        delete small;
    }
}

}  // namespace
}  // namespace loopscope
