#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <span>
#include <utility>

#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// A FIFO of handles in two parts: those whose turn it is, and those that have become ready since. An
/// iteration runs the first part while the second one fills; then they change places.
///
/// INVARIANT: the first part is [turn_, turn_end_), in spare_; the second one, which comes after it, is
/// [begin_, end_), and can grow to limit_. Each memory is an array of its own, or null and empty.
class ReadyQueue {
  public:
    ReadyQueue() = default;
    ReadyQueue(const ReadyQueue&) = delete;
    ReadyQueue& operator=(const ReadyQueue&) = delete;
    ~ReadyQueue() {
        delete[] begin_;
        delete[] spare_;
    }

    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] std::size_t size() const { return in_turn() + waiting(); }
    /// How many there are in the first part.
    [[nodiscard]] std::size_t in_turn() const { return static_cast<std::size_t>(turn_end_ - turn_); }

    void push(Handle handle) {
        if (!has_room()) [[unlikely]]
            grow();
        put(handle);
    }

    /// Whether one more fits without moving the others elsewhere.
    [[nodiscard]] bool has_room() const { return end_ != limit_; }
    /// The same as push where it does. REQUIRES: has_room().
    void put(Handle handle) {
        assert(has_room());
        *end_++ = handle;
    }

    /// REQUIRES: not empty().
    Handle pop() {
        assert(!empty());
        if (turn_ == turn_end_) begin_turn();
        return *turn_++;
    }

    /// All that is ready now comes into the first part. REQUIRES: nothing is left in it.
    void begin_turn() {
        assert(in_turn() == 0);
        turn_ = begin_;
        turn_end_ = end_;
        end_ = spare_;
        std::swap(begin_, spare_);
        std::swap(limit_, spare_limit_);
    }
    /// Takes all of the first part out of the queue. Valid until the next turn begins.
    [[nodiscard]] std::span<const Handle> take_turn() { return {std::exchange(turn_, turn_end_), turn_end_}; }

    /// The handle that `position` others will run before. REQUIRES: position < size().
    [[nodiscard]] Handle peek(std::size_t position) const {
        return position < in_turn() ? turn_[position] : begin_[position - in_turn()];
    }

    /// Moves the handle at one position to another before it; those between move down, in their order.
    /// REQUIRES: to <= from < size().
    void move_up(std::size_t from, std::size_t to) {
        const Handle handle = peek(from);
        for (std::size_t at = from; at > to; --at) place(at) = peek(at - 1);
        place(to) = handle;
    }

  private:
    [[nodiscard]] std::size_t waiting() const { return static_cast<std::size_t>(end_ - begin_); }
    Handle& place(std::size_t position) {
        return position < in_turn() ? turn_[position] : begin_[position - in_turn()];
    }

    [[gnu::noinline]] void grow() {
        const std::size_t count = waiting();
        const std::size_t capacity = std::max<std::size_t>(2 * count, 64);
        auto* const larger = new Handle[capacity];
        std::copy_n(begin_, count, larger);
        delete[] begin_;
        begin_ = larger;
        end_ = larger + count;
        limit_ = larger + capacity;
    }

    Handle* turn_ = nullptr;
    Handle* turn_end_ = nullptr;
    Handle* begin_ = nullptr;
    Handle* end_ = nullptr;
    Handle* limit_ = nullptr;
    Handle* spare_ = nullptr;
    Handle* spare_limit_ = nullptr;
};

}  // namespace loopscope::loop
