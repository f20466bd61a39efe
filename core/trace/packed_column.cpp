// SPDX-License-Identifier: MIT
#include "core/trace/packed_column.hpp"

#include <algorithm>
#include <limits>

namespace loopscope::trace {
namespace {

constexpr std::size_t read_at_once = sizeof(std::uint64_t);

}  // namespace

void PackedColumn::pack() {
    using Limits = std::numeric_limits<std::int64_t>;
    Block block{0, slope(), 0, 0};
    std::int64_t lowest = Limits::max();
    std::int64_t highest = Limits::min();
    for (std::uint32_t each = 0; each < block_size; ++each) {
        const std::int64_t off = last_[each] - rise(block.slope, each);
        lowest = std::min(lowest, off);
        highest = std::max(highest, off);
    }
    if (highest - lowest > std::numeric_limits<std::uint32_t>::max()) {
        // The line is too far from the numbers, so a flat one is used.
        block.slope = 0;
        lowest = 0;
        highest = std::numeric_limits<std::uint32_t>::max();
    }
    block.base = static_cast<std::uint32_t>(lowest);
    block.width = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(highest - lowest))) & 0x3fU;

    if (!packed_) {
        packed_ = std::make_unique<Blocks>();
        packed_->bits.resize(read_at_once);
    }
    const std::size_t offset = packed_->bits.size() - read_at_once;
    block.offset = (offset / unit) & 0x3ff'ffffU;
    packed_->bits.resize(packed_->bits.size() + block.width * unit);
    if (block.width > 0) write(block, packed_->bits.data() + offset);
    packed_->blocks.push_back(block);
    packed_size_ += block_size;
    last_.clear();
}

// Writes word by word, because reading back what was just written would stall the processor.
void PackedColumn::write(const Block& block, std::uint8_t* out) const {
    std::uint64_t bits = 0;
    std::uint32_t filled = 0;  // less than a word
    for (std::uint32_t each = 0; each < block_size; ++each) {
        bits |= std::uint64_t{last_[each] - block.at(each)} << filled;
        filled += block.width;
        if (filled < 32) continue;
        const auto word = static_cast<std::uint32_t>(bits);
        std::memcpy(out, &word, sizeof word);
        out += sizeof word;
        bits >>= 32;
        filled -= 32;
    }
}

// Returns the slope of the line from the first to the last number, rounded up, so that evenly rising numbers
// are on the line; 0 if the slope does not fit.
std::int32_t PackedColumn::slope() const {
    constexpr std::int64_t steps = block_size - 1;
    const std::int64_t rise = std::int64_t{last_.back()} - last_.front();
    const std::int64_t slope = (rise * block_size + (rise > 0 ? steps - 1 : 0)) / steps;
    return slope == static_cast<std::int32_t>(slope) ? static_cast<std::int32_t>(slope) : 0;
}

std::size_t PackedColumn::bytes() const {
    const std::size_t blocks =
        packed_ ? packed_->blocks.capacity() * sizeof(Block) + packed_->bits.capacity() : 0;
    return blocks + last_.capacity() * sizeof(std::uint32_t);
}

}  // namespace loopscope::trace
