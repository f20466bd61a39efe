// SPDX-License-Identifier: MIT
#include "core/base/pool.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace loopscope {

/// All memory that any thread cuts blocks from, and the free blocks of threads that have ended. It is never
/// returned to the system, for a block may outlive the thread that cut it. Thread-safe.
class FreeLists::Slabs {
  public:
    static constexpr std::size_t size = std::size_t{256} << 10;

    /// Returns a new slab of `size` bytes, which is the caller's for ever.
    std::byte* take() {
        const std::scoped_lock lock(mutex_);
        slabs_.push_back(std::make_unique_for_overwrite<Slab>());
        return slabs_.back()->bytes;
    }

    void leave(const FreeLists& stock) {
        const std::scoped_lock lock(mutex_);
        left_.push_back(stock);
    }

    /// Returns the free blocks of a thread that has ended; none if there are no such blocks.
    FreeLists inherit() {
        const std::scoped_lock lock(mutex_);
        if (left_.empty()) return {};
        const FreeLists stock = left_.back();
        left_.pop_back();
        return stock;
    }

  private:
    struct alignas(64) Slab {
        std::byte bytes[size];
    };

    std::mutex mutex_;
    std::vector<std::unique_ptr<Slab>> slabs_;
    std::vector<FreeLists> left_;
};

FreeLists::Slabs& FreeLists::slabs() {
    static Slabs& all =
        *new Slabs;  // never destroyed: objects of static duration may free their blocks later
    return all;
}

void* FreeLists::cut(std::size_t size) {
    if (!rest_) {  // a new thread
        inherit();
        if (list_for(size)) return take(size);
    }
    const std::size_t block_size = (size + granule - 1) / granule * granule;
    if (rest_size_ < block_size) {
        rest_ = slabs().take();
        rest_size_ = Slabs::size;
    }
    rest_size_ -= block_size;
    return std::exchange(rest_, rest_ + block_size);
}

void FreeLists::inherit() {
    const FreeLists left = slabs().inherit();
    rest_ = left.rest_;
    rest_size_ = left.rest_size_;
    std::ranges::transform(lists_, left.lists_, std::begin(lists_),
                           [](Block* mine, Block* theirs) { return mine ? mine : theirs; });
}

void FreeLists::leave() {
    slabs().leave(std::exchange(*this, {}));
}

}  // namespace loopscope
