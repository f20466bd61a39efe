#pragma once

#include <cstddef>

namespace loopscope {

/// Memory for small objects that come and go by the million: coroutine frames and tasks. Freed blocks are
/// kept, by size, for the thread that frees them. Under a sanitizer it is plain operator new, so that use
/// after free is found.
void* pool_allocate(std::size_t size);

/// REQUIRES: memory came from pool_allocate(size).
void pool_free(void* memory, std::size_t size) noexcept;

/// The calling thread is about to end: what it has kept is for the next new thread.
void pool_leave();

/// Gives a class pooled memory.
struct Pooled {
    static void* operator new(std::size_t size) { return pool_allocate(size); }
    static void operator delete(void* memory, std::size_t size) noexcept { pool_free(memory, size); }
};

}  // namespace loopscope
