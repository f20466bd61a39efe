#pragma once

#include <cassert>
#include <cstddef>
#include <vector>

#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// A FIFO of handles: a ring whose capacity is a power of two.
///
/// INVARIANT: head_ and tail_ only grow; the handles are at [head_, tail_), modulo the capacity.
class ReadyQueue {
  public:
    ReadyQueue() : ring_(64) {}

    [[nodiscard]] bool empty() const { return head_ == tail_; }
    [[nodiscard]] std::size_t size() const { return tail_ - head_; }

    void push(Handle handle) {
        if (size() == ring_.size()) [[unlikely]]
            grow();
        ring_[tail_++ & (ring_.size() - 1)] = handle;
    }

    /// REQUIRES: not empty().
    Handle pop() {
        assert(!empty());
        return ring_[head_++ & (ring_.size() - 1)];
    }

    /// The handle that `position` others will run before. REQUIRES: position < size().
    [[nodiscard]] Handle peek(std::size_t position) const {
        return ring_[(head_ + position) & (ring_.size() - 1)];
    }

  private:
    void grow() {
        std::vector<Handle> larger(ring_.size() * 2);
        const std::size_t count = size();
        for (std::size_t at = 0; at < count; ++at) larger[at] = peek(at);
        ring_ = std::move(larger);
        head_ = 0;
        tail_ = count;
    }

    std::vector<Handle> ring_;
    std::size_t head_ = 0;
    std::size_t tail_ = 0;
};

}  // namespace loopscope::loop
