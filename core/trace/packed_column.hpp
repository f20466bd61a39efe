// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "core/trace/index_iterator.hpp"

namespace loopscope::trace {

/// A compressed sequence of numbers that grows at its end. The more regular the numbers are, the less memory
/// it takes.
///
/// Numbers are packed in blocks. In a block each number is stored as its distance from a straight line
/// through the first and the last number, in as many bits as the largest distance needs ("frame of
/// reference", with a slope). So the events of a task that runs at regular intervals take few bits each,
/// multiples of a number take none, and any number is found without reading those before it. The last
/// numbers, less than a block, are not packed.
class PackedColumn {
  public:
    static constexpr std::uint32_t block_size = 128;

    void push_back(std::uint32_t value) {
        last_.push_back(value);
        if (last_.size() == block_size) pack();
    }

    [[nodiscard]] std::size_t size() const { return packed_size_ + last_.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// Returns the number at an index. REQUIRES: index < size().
    [[nodiscard]] std::uint32_t operator[](std::size_t index) const {
        if (index >= packed_size_) return last_[index - packed_size_];
        const auto inside = static_cast<std::uint32_t>(index % block_size);
        const Block& block = packed_->blocks[index / block_size];
        const std::uint32_t bit = inside * block.width;
        std::uint64_t bits = 0;
        std::memcpy(&bits, packed_->bits.data() + std::size_t{block.offset} * unit + bit / 8, sizeof bits);
        const std::uint64_t mask = (std::uint64_t{1} << block.width) - 1;
        return block.at(inside) + static_cast<std::uint32_t>((bits >> bit % 8) & mask);
    }
    [[nodiscard]] std::uint32_t back() const { return (*this)[size() - 1]; }
    [[nodiscard]] IndexIterator<PackedColumn> begin() const { return {*this, 0}; }
    [[nodiscard]] IndexIterator<PackedColumn> end() const { return {*this, size()}; }

    /// Asks for the memory into which the next number goes, which is needed soon.
    void fetch_end() const { __builtin_prefetch(last_.data() + last_.size(), 1); }
    /// Returns how much memory the column takes, in bytes.
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct Block {
        std::uint32_t base;         // where the line begins, below all numbers; sums with it wrap around
        std::int32_t slope;         // by how much it rises, in parts of block_size
        std::uint32_t offset : 26;  // of its bits, in units
        std::uint32_t width : 6;    // of each number, in bits

        [[nodiscard]] std::uint32_t at(std::uint32_t inside) const {
            return base + static_cast<std::uint32_t>(rise(slope, inside));
        }
    };
    static_assert(std::endian::native == std::endian::little, "bits are read and written in words");
    static_assert(sizeof(Block) == 12);
    static constexpr std::size_t unit = block_size / 8;  // bytes; a block has as many as the bits of a number
    struct Blocks {
        std::vector<Block> blocks;
        std::vector<std::uint8_t> bits;  // ends with as many bytes as are read at once
    };

    static std::int64_t rise(std::int32_t slope, std::uint32_t inside) {
        static_assert(block_size == 1U << 7U);
        return (std::int64_t{slope} * inside) >> 7;
    }

    void pack();
    void write(const Block& block, std::uint8_t* out) const;
    [[nodiscard]] std::int32_t slope() const;

    std::size_t packed_size_ = 0;
    std::unique_ptr<Blocks> packed_;  // null: none yet
    std::vector<std::uint32_t> last_;
};

}  // namespace loopscope::trace
