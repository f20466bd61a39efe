#include "core/base/pool.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace loopscope {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

void* pool_allocate(std::size_t size) {
    return ::operator new(size);
}
void pool_free(void* memory, std::size_t) noexcept {
    ::operator delete(memory);
}
void pool_leave() {}

#else

namespace {

// What memory for any object is aligned to.
constexpr std::size_t granule = alignof(std::max_align_t);
constexpr std::size_t largest = 1024;
constexpr std::size_t slab_size = std::size_t{256} << 10;

struct alignas(64) Slab {
    std::byte bytes[slab_size];
};

struct FreeBlock {
    FreeBlock* next;
};

/// What a thread has: a list of free blocks for each multiple of the granule, and the rest of a slab to cut
/// more from.
/// INVARIANT: a block on list n is n * granule bytes.
struct Stock {
    std::array<FreeBlock*, largest / granule + 1> lists{};
    std::byte* rest = nullptr;
    std::size_t rest_size = 0;
};

/// All slabs of the process, and what threads that have ended left behind. Nothing is ever given back, for a
/// block may outlive the thread that cut it.
class Slabs {
  public:
    /// Memory for blocks, at the caller's disposal for ever.
    std::byte* take() {
        const std::scoped_lock lock(mutex_);
        slabs_.push_back(std::make_unique_for_overwrite<Slab>());
        return slabs_.back()->bytes;
    }

    void leave(const Stock& stock) {
        const std::scoped_lock lock(mutex_);
        left_.push_back(stock);
    }

    /// What another thread left; nothing if none did.
    Stock inherit() {
        const std::scoped_lock lock(mutex_);
        if (left_.empty()) return {};
        const Stock stock = left_.back();
        left_.pop_back();
        return stock;
    }

  private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<Slab>> slabs_;
    std::vector<Stock> left_;
};

Slabs& slabs() {
    static Slabs& all =
        *new Slabs;  // never destroyed: objects of static duration may free their blocks later
    return all;
}

/// A thread's own stock.
class FreeLists {
  public:
    void* take(std::size_t index) {
        FreeBlock* const block = stock_.lists[index];
        if (!block) [[unlikely]]
            return cut(index);
        stock_.lists[index] = block->next;
        return block;
    }

    void give(void* memory, std::size_t index) noexcept {
        stock_.lists[index] = new (memory) FreeBlock{stock_.lists[index]};
    }

    void leave() { slabs().leave(std::exchange(stock_, {})); }

  private:
    // Apart, so that the usual way saves no registers.
    [[gnu::noinline]] void* cut(std::size_t index) {
        const std::size_t size = index * granule;
        if (!stock_.rest) {  // a new thread
            inherit();
            if (stock_.lists[index]) return take(index);
        }
        if (stock_.rest_size < size) {
            stock_.rest = slabs().take();
            stock_.rest_size = slab_size;
        }
        void* const block = stock_.rest;
        stock_.rest += size;
        stock_.rest_size -= size;
        return block;
    }

    void inherit() {
        const Stock left = slabs().inherit();
        stock_.rest = left.rest;
        stock_.rest_size = left.rest_size;
        for (std::size_t at = 0; at < left.lists.size(); ++at) {
            if (!stock_.lists[at]) stock_.lists[at] = left.lists[at];
        }
    }

    Stock stock_;
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

void pool_leave() {
    free_lists.leave();
}

#endif

}  // namespace loopscope
