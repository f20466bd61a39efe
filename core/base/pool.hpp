// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <new>

namespace loopscope {

/// Whether pool_allocate keeps free blocks, rather than being plain operator new.
#ifdef LOOPSCOPE_SANITIZED
inline constexpr bool memory_is_pooled = false;
#else
inline constexpr bool memory_is_pooled = true;
#endif

/// One thread's free blocks, for pool_allocate and pool_free. Its functions are inlined: where the size is
/// known, taking a block is four instructions.
class FreeLists {
  public:
    /// The alignment, in bytes, of memory for any object.
    static constexpr std::size_t granule = alignof(std::max_align_t);
    static constexpr std::size_t max_size = 1024;  ///< bytes; larger objects are not pooled

    /// Returns a block of at least `size` bytes. REQUIRES: size <= largest.
    void* take(std::size_t size) {
        Block*& list = list_for(size);
        Block* const block = list;
        if (!block) [[unlikely]]
            return cut(size);
        list = block->next;
        return block;
    }
    /// Adds a block to the free ones. REQUIRES: `memory` came from take(size), on any thread.
    void give(void* memory, std::size_t size) noexcept {
        Block*& list = list_for(size);
        list = new (memory) Block{list};
    }
    /// Hands all free blocks over to the next thread that needs some.
    void leave();

  private:
    struct Block {
        Block* next;
    };
    class Slabs;
    static Slabs& slabs();

    // A list for each multiple of the granule.
    Block*& list_for(std::size_t size) { return lists_[(size + granule - 1) / granule]; }
    void* cut(std::size_t size);
    void inherit();

    Block* lists_[max_size / granule + 1] = {};
    std::byte* rest_ = nullptr;  // of a slab, to cut more blocks from
    std::size_t rest_size_ = 0;
};

inline constinit thread_local FreeLists free_lists;  ///< the calling thread's

/// Allocates memory for small objects that come and go by the million: coroutine frames and tasks. Freed
/// blocks are kept, by size, for the thread that frees them. Under a sanitizer this is plain operator new, so
/// that use after free is found. Throws std::bad_alloc.
inline void* pool_allocate(std::size_t size) {
    if (!memory_is_pooled || size > FreeLists::max_size) return ::operator new(size);
    return free_lists.take(size);
}

/// Frees memory on the calling thread. REQUIRES: `memory` came from pool_allocate(size), on any thread.
inline void pool_free(void* memory, std::size_t size) noexcept {
    if (!memory_is_pooled || size > FreeLists::max_size)
        ::operator delete(memory);
    else
        free_lists.give(memory, size);
}

/// Hands the free blocks of the calling thread, which is about to end, over to the next new thread.
inline void pool_leave() {
    free_lists.leave();
}

/// A base class whose operators new and delete use the pool.
struct Pooled {
    static void* operator new(std::size_t size) { return pool_allocate(size); }
    static void operator delete(void* memory, std::size_t size) noexcept { pool_free(memory, size); }
};

}  // namespace loopscope
