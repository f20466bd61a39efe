#pragma once

#include <cassert>
#include <cstddef>
#include <memory>

#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// A FIFO of handles: a ring whose capacity is a power of two.
///
/// INVARIANT: head_ and tail_ only grow; the handles are at [head_, tail_), modulo the capacity, mask_ + 1.
class ReadyQueue {
  public:
    ReadyQueue() = default;

    [[nodiscard]] bool empty() const { return head_ == tail_; }
    [[nodiscard]] std::size_t size() const { return tail_ - head_; }

    void push(Handle handle) {
        if (!has_room()) [[unlikely]]
            grow();
        put(handle);
    }

    /// Whether one more fits without moving the others elsewhere.
    [[nodiscard]] bool has_room() const { return size() <= mask_; }
    /// The same as push where it does. REQUIRES: has_room().
    void put(Handle handle) {
        assert(has_room());
        ring_[tail_++ & mask_] = handle;
    }

    /// REQUIRES: not empty().
    Handle pop() {
        assert(!empty());
        return ring_[head_++ & mask_];
    }

    /// The handle that `position` others will run before. REQUIRES: position < size().
    [[nodiscard]] Handle peek(std::size_t position) const { return ring_[(head_ + position) & mask_]; }

    /// Moves the handle at one position to another before it; those between move down, in their order.
    /// REQUIRES: to <= from < size().
    void move_up(std::size_t from, std::size_t to) {
        const Handle handle = peek(from);
        for (std::size_t at = from; at > to; --at) ring_[(head_ + at) & mask_] = peek(at - 1);
        ring_[(head_ + to) & mask_] = handle;
    }

  private:
    [[gnu::noinline]] void grow() {
        const std::size_t count = size();
        auto larger = std::make_unique<Handle[]>(2 * (mask_ + 1));
        for (std::size_t at = 0; at < count; ++at) larger[at] = peek(at);
        ring_ = std::move(larger);
        mask_ = 2 * mask_ + 1;
        head_ = 0;
        tail_ = count;
    }

    std::size_t mask_ = 63;
    std::unique_ptr<Handle[]> ring_ = std::make_unique<Handle[]>(mask_ + 1);
    std::size_t head_ = 0;
    std::size_t tail_ = 0;
};

}  // namespace loopscope::loop
