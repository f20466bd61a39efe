#pragma once

#include <cstddef>
#include <new>

namespace loopscope {

/// Whether pool_allocate is more than operator new.
#ifdef LOOPSCOPE_SANITIZED
inline constexpr bool memory_is_pooled = false;
#else
inline constexpr bool memory_is_pooled = true;
#endif

/// A thread's free blocks, for pool_allocate and pool_free, which are inlined: where the size is known,
/// taking one is four instructions.
class FreeLists {
  public:
    /// What memory for any object is aligned to.
    static constexpr std::size_t granule = alignof(std::max_align_t);
    static constexpr std::size_t largest = 1024;

    void* take(std::size_t size) {
        Block*& list = list_for(size);
        Block* const block = list;
        if (!block) [[unlikely]]
            return cut(size);
        list = block->next;
        return block;
    }
    void give(void* memory, std::size_t size) noexcept {
        Block*& list = list_for(size);
        list = new (memory) Block{list};
    }
    /// Leaves all to the next thread that needs some.
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

    Block* lists_[largest / granule + 1] = {};
    std::byte* rest_ = nullptr;  // of a slab, to cut more blocks from
    std::size_t rest_size_ = 0;
};

inline constinit thread_local FreeLists free_lists;  ///< the calling thread's

/// Memory for small objects that come and go by the million: coroutine frames and tasks. Freed blocks are
/// kept, by size, for the thread that frees them. Under a sanitizer it is plain operator new, so that use
/// after free is found.
inline void* pool_allocate(std::size_t size) {
    if (!memory_is_pooled || size > FreeLists::largest) return ::operator new(size);
    return free_lists.take(size);
}

/// REQUIRES: memory came from pool_allocate(size).
inline void pool_free(void* memory, std::size_t size) noexcept {
    if (!memory_is_pooled || size > FreeLists::largest)
        ::operator delete(memory);
    else
        free_lists.give(memory, size);
}

/// The calling thread is about to end: what it has kept is for the next new thread.
inline void pool_leave() {
    free_lists.leave();
}

/// Gives a class pooled memory.
struct Pooled {
    static void* operator new(std::size_t size) { return pool_allocate(size); }
    static void operator delete(void* memory, std::size_t size) noexcept { pool_free(memory, size); }
};

}  // namespace loopscope
