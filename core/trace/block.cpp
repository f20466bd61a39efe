// SPDX-License-Identifier: MIT
#include "core/trace/block.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace loopscope::trace {
namespace {

constexpr std::size_t block_size = block_events * sizeof(Event);
static_assert(block_size == std::size_t{2} << 20);

/// Blocks that are not in use, at most 128 MiB of them. Under a sanitizer every block is freed, so that use
/// after free is found.
class BlockCache {
  public:
    Event* take() {
        const std::scoped_lock lock(mutex_);
        return count_ > 0 ? blocks_.at(--count_) : nullptr;
    }

    /// Keeps a block. Returns false if there are enough.
    bool keep(Event* block) {
        const std::scoped_lock lock(mutex_);
        if (count_ == capacity) return false;
        blocks_.at(count_++) = block;
        return true;
    }

  private:
#ifdef LOOPSCOPE_SANITIZED
    static constexpr std::size_t capacity = 0;
#else
    static constexpr std::size_t capacity = 64;
#endif
    std::mutex mutex_;
    std::array<Event*, capacity + 1> blocks_{};
    std::size_t count_ = 0;
};

#ifdef __linux__
// From the system and back to it, so that what a packed trace has freed is free for others at once.
void* allocate() {
    // Twice as much has an aligned block in it; what is before and behind it is given back.
    void* const mapped =
        ::mmap(nullptr, 2 * block_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    auto* const begin = static_cast<std::byte*>(mapped);
    const std::size_t before = -reinterpret_cast<std::uintptr_t>(begin) % block_size;
    if (before > 0) ::munmap(begin, before);
    ::munmap(begin + before + block_size, block_size - before);
    ::madvise(begin + before, block_size, MADV_HUGEPAGE);  // a hint: without it all works, a little slower
    return begin + before;
}

void release(void* block) {
    ::munmap(block, block_size);
}
#else
void* allocate() {
    return ::operator new (block_size, std::align_val_t{block_size});
}

void release(void* block) {
    ::operator delete (block, std::align_val_t{block_size});
}
#endif

BlockCache& spare() {
    static BlockCache& all = *new BlockCache;  // never destroyed: a log of static duration may be freed later
    return all;
}

}  // namespace

Block take_block() {
    if (Event* const block = spare().take()) return Block(block);
    return Block(static_cast<Event*>(allocate()));
}

void FreeBlock::operator()(Event* events) const noexcept {
    if (!spare().keep(events)) release(events);
}

}  // namespace loopscope::trace
