// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "core/base/spill.hpp"

namespace loopscope {

/// A sequence of plain values that grows at its end, in a Spill: for very many that are used one after the
/// other. They are in blocks of which none is ever moved.
template <class T>
class SpilledSequence {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    static constexpr std::size_t block_size = Spill::extent_size / sizeof(T);

    /// At most about `kept` bytes stay in memory.
    explicit SpilledSequence(std::size_t kept = Spill::default_kept) : spill_(kept) {}

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// Appends a value. Invalidates nothing. Throws std::bad_alloc.
    T& push_back(const T& value) {
        if (size_ % block_size == 0) blocks_.push_back(spill_.take(block_size * sizeof(T)));
        return *std::construct_at(at(size_++), value);
    }
    /// Returns the value at an index. REQUIRES: index < size().
    [[nodiscard]] T& operator[](std::size_t index) { return *at(index); }
    [[nodiscard]] const T& operator[](std::size_t index) const { return *at(index); }

    /// Returns how many blocks there are. All but the last have `block_size` values.
    [[nodiscard]] std::size_t blocks() const { return blocks_.size(); }
    /// Returns the values of a block. REQUIRES: block < blocks().
    [[nodiscard]] std::span<T> block(std::size_t block) {
        return {at(block * block_size), std::min(block_size, size_ - block * block_size)};
    }
    /// Returns the block that has the value at an index.
    [[nodiscard]] static constexpr std::size_t block_of(std::size_t index) { return index / block_size; }
    /// Gives back the memory of a block for now, if it is in the file: for those who do not look at it soon.
    void let_go(std::size_t block) { Spill::let_go(blocks_[block]); }
    /// Gives back the memory of a block for good: its values must not be used any more.
    void drop(std::size_t block) { Spill::drop(blocks_[block]); }

  private:
    [[nodiscard]] T* at(std::size_t index) const {
        return reinterpret_cast<T*>(blocks_[block_of(index)].bytes.data()) + index % block_size;
    }

    Spill spill_;
    std::vector<Spill::Part> blocks_;
    std::size_t size_ = 0;
};

}  // namespace loopscope
