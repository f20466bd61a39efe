// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// A FIFO of handles (`_ready`, Lib/asyncio/base_events.py) in two parts: the turn, which are the handles of
/// the iteration under way, and the waiting ones, which have become ready since. An iteration runs the first
/// part while the second one fills.
///
/// INVARIANT: the first part is [turn_, turn_end_); the second one, which comes after it, is [begin_, end_)
/// in memory_, and can grow to limit_. The memory that a turn began in stays as it is until the next one
/// begins: it is memory_, or other_ if the second part has since been moved to the beginning of memory_.
class ReadyQueue {
  public:
    ReadyQueue() = default;
    ReadyQueue(const ReadyQueue&) = delete;
    ReadyQueue& operator=(const ReadyQueue&) = delete;
    ~ReadyQueue() = default;

    [[nodiscard]] bool empty() const { return in_turn() == 0 && waiting() == 0; }
    [[nodiscard]] std::size_t size() const { return in_turn() + waiting(); }
    /// Returns how many handles are in the first part.
    [[nodiscard]] std::size_t in_turn() const { return static_cast<std::size_t>(turn_end_ - turn_); }
    /// Returns how many handles are in the second part.
    [[nodiscard]] std::size_t waiting() const { return static_cast<std::size_t>(end_ - begin_); }

    /// Appends a handle to the second part.
    void push(Handle handle) {
        if (!has_room()) [[unlikely]]
            move();
        put(handle);
    }

    /// Returns whether one more handle fits without moving the others.
    [[nodiscard]] bool has_room() const { return end_ != limit_; }
    /// Appends a handle to the second part. REQUIRES: has_room().
    void put(Handle handle) {
        assert(has_room());
        *end_++ = handle;
    }

    /// Removes the first handle and returns it; begins a turn if the first part is empty. REQUIRES: not
    /// empty().
    Handle pop() {
        assert(!empty());
        if (turn_ == turn_end_) begin_turn();
        return *turn_++;
    }

    /// Moves all handles of the second part to the first. REQUIRES: the first part is empty.
    void begin_turn() {
        const std::span<Handle> turn = take_waiting();
        turn_ = turn.data();
        turn_end_ = turn_ + turn.size();
    }
    /// Removes all handles of the first part and returns them. Valid until the next turn begins.
    [[nodiscard]] std::span<const Handle> take_turn() { return {std::exchange(turn_, turn_end_), turn_end_}; }
    /// Removes all handles of the second part and returns them, as begin_turn() and take_turn() together do.
    /// Valid until the next turn begins. REQUIRES: the first part is empty.
    [[nodiscard]] std::span<Handle> take_waiting() {
        assert(in_turn() == 0);
        return {std::exchange(begin_, end_), end_};
    }

    /// Returns the handle before which `position` others will run. REQUIRES: position < size().
    [[nodiscard]] Handle peek(std::size_t position) const {
        return position < in_turn() ? turn_[position] : begin_[position - in_turn()];
    }

    /// Moves the handle at position `from` forward to position `to`; those between move back by one, in their
    /// order. REQUIRES: to <= from < size().
    void move_up(std::size_t from, std::size_t to) {
        const Handle handle = peek(from);
        for (std::size_t at = from; at > to; --at) at_position(at) = peek(at - 1);
        at_position(to) = handle;
    }

  private:
    Handle& at_position(std::size_t position) {
        return position < in_turn() ? turn_[position] : begin_[position - in_turn()];
    }

    /// Moves the second part to memory in which it can at least double.
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
