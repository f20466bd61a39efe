#include "core/base/pool.hpp"

#include <array>
#include <new>

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

constexpr std::size_t granule = 32;
constexpr std::size_t largest = 1024;

struct FreeBlock {
    FreeBlock* next;
};

/// One list of free blocks for each multiple of the granule. INVARIANT: a block on list n is n * granule
/// bytes.
class FreeLists {
  public:
    constexpr FreeLists() = default;
    FreeLists(const FreeLists&) = delete;
    FreeLists& operator=(const FreeLists&) = delete;
    ~FreeLists() {
        for (FreeBlock*& list : lists_) {
            while (list) {
                FreeBlock* const block = list;
                list = block->next;
                ::operator delete(block);
            }
        }
    }

    void* take(std::size_t index) {
        FreeBlock* const block = lists_[index];
        if (!block) [[unlikely]]
            return ::operator new(index* granule);
        lists_[index] = block->next;
        return block;
    }

    void give(void* memory, std::size_t index) noexcept {
        lists_[index] = new (memory) FreeBlock{lists_[index]};
    }

  private:
    std::array<FreeBlock*, largest / granule + 1> lists_{};
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
