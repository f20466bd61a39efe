#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// A FIFO of handles (`_ready`, Lib/asyncio/base_events.py) in two parts: those whose turn it is, and those
/// that have become ready since. An iteration runs the first part while the second one fills.
///
/// INVARIANT: the first part is [turn_, turn_end_); the second one, which comes after it, is [begin_, end_)
/// in memory_, and can grow to limit_. The memory that a turn began in stays as it is until the next one
/// begins: it is memory_, or other_ if the second part has moved since, to where memory_ begins.
class ReadyQueue {
  public:
    ReadyQueue() = default;
    ReadyQueue(const ReadyQueue&) = delete;
    ReadyQueue& operator=(const ReadyQueue&) = delete;
    ~ReadyQueue() = default;

    [[nodiscard]] bool empty() const { return in_turn() == 0 && waiting() == 0; }
    [[nodiscard]] std::size_t size() const { return in_turn() + waiting(); }
    /// How many there are in the first part.
    [[nodiscard]] std::size_t in_turn() const { return static_cast<std::size_t>(turn_end_ - turn_); }
    /// And in the second.
    [[nodiscard]] std::size_t waiting() const { return static_cast<std::size_t>(end_ - begin_); }

    void push(Handle handle) {
        if (!has_room()) [[unlikely]]
            move();
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
        const std::span<Handle> turn = take_waiting();
        turn_ = turn.data();
        turn_end_ = turn_ + turn.size();
    }
    /// Takes all of the first part out of the queue. Valid until the next turn begins.
    [[nodiscard]] std::span<const Handle> take_turn() { return {std::exchange(turn_, turn_end_), turn_end_}; }
    /// Takes all of the second part, as begin_turn() and take_turn() do. REQUIRES: nothing is left in the
    /// first.
    [[nodiscard]] std::span<Handle> take_waiting() {
        assert(in_turn() == 0);
        return {std::exchange(begin_, end_), end_};
    }

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
    Handle& place(std::size_t position) {
        return position < in_turn() ? turn_[position] : begin_[position - in_turn()];
    }

    /// Moves the second part to where it has room, at least as much again as it takes itself.
    [[gnu::noinline]] void move() {
        const std::size_t count = waiting();
        const std::size_t capacity = std::max<std::size_t>(2 * count, 64);
        const bool moved = begin_ == memory_.data();
        if (!moved) std::swap(memory_, other_);
        if (moved || memory_.size() < capacity) {
            std::vector<Handle> larger(capacity);
            std::copy_n(begin_, count, larger.begin());
            memory_ = std::move(larger);
        } else {
            std::copy_n(begin_, count, memory_.begin());
        }
        begin_ = memory_.data();
        end_ = begin_ + count;
        limit_ = begin_ + memory_.size();
    }

    Handle* turn_ = nullptr;
    Handle* turn_end_ = nullptr;
    Handle* begin_ = nullptr;
    Handle* end_ = nullptr;
    Handle* limit_ = nullptr;
    std::vector<Handle> memory_;
    std::vector<Handle> other_;
};

}  // namespace loopscope::loop
