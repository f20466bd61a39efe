#include "core/base/pool.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

namespace loopscope {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

void* pool_allocate(std::size_t size) {
    return ::operator new(size);
}
void pool_free(void* memory, std::size_t) noexcept {
    ::operator delete(memory);
}

#else

namespace {

constexpr std::size_t granule = 16;
constexpr std::size_t largest = 1024;
constexpr std::size_t slab_size = std::size_t{256} << 10;

/// All slabs of the process. They are never given back, for a block may outlive the thread that
/// cut it; what a thread has in its lists when it ends is not used again. Threads here are few.
class Slabs {
  public:
    /// Memory for blocks, at the caller's disposal for ever.
    std::byte* take() {
        const std::scoped_lock lock(mutex_);
        slabs_.push_back(std::make_unique<std::byte[]>(slab_size));
        return slabs_.back().get();
    }

  private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<std::byte[]>> slabs_;
};

Slabs& slabs() {
    static Slabs& all =
        *new Slabs;  // never destroyed: objects of static duration may free their blocks later
    return all;
}

struct FreeBlock {
    FreeBlock* next;
};

/// One list of free blocks for each multiple of the granule, and the rest of a slab to cut more from.
/// INVARIANT: a block on list n is n * granule bytes.
class FreeLists {
  public:
    void* take(std::size_t index) {
        FreeBlock* const block = lists_[index];
        if (!block) [[unlikely]]
            return cut(index * granule);
        lists_[index] = block->next;
        return block;
    }

    void give(void* memory, std::size_t index) noexcept {
        lists_[index] = new (memory) FreeBlock{lists_[index]};
    }

  private:
    void* cut(std::size_t size) {
        if (rest_size_ < size) {
            rest_ = slabs().take();
            rest_size_ = slab_size;
        }
        void* const block = rest_;
        rest_ += size;
        rest_size_ -= size;
        return block;
    }

    std::array<FreeBlock*, largest / granule + 1> lists_{};
    std::byte* rest_ = nullptr;
    std::size_t rest_size_ = 0;
};

constinit thread_local FreeLists free_lists;

}  // namespace

void* pool_allocate(std::size_t size) {
    if (size > largest) return ::operator new(size);
    return free_lists.take((size + granule - 1) / granule);
}

void pool_free(void* memory, std::size_t size) noexcept {
    if (size > largest)
        ::operator delete(memory);
    else
        free_lists.give(memory, (size + granule - 1) / granule);
}

#endif

}  // namespace loopscope
