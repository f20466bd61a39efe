// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/trace/index_iterator.hpp"
#include "core/trace/number_frame.hpp"

namespace loopscope::trace {

/// A compressed sequence of numbers that grows at its end. The more regular the numbers are, the less memory
/// it takes.
///
/// Numbers are packed in frames (NumberFrame). So the events of a task that runs at regular intervals take
/// few bits each, multiples of a number take none, and any number is found without reading those before it.
/// The last numbers, less than a frame, are not packed.
class PackedColumn {
  public:
    void push_back(std::uint32_t value) {
        last_.push_back(value);
        if (last_.size() == NumberFrame::max_size) pack();
    }

    [[nodiscard]] std::size_t size() const { return packed_size_ + last_.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// Returns the number at an index. REQUIRES: index < size().
    [[nodiscard]] std::uint32_t operator[](std::size_t index) const {
        if (index >= packed_size_) return last_[index - packed_size_];
        const Segment& segment = packed_[index / segment_size];
        const NumberFrame& frame = segment.frames[index % segment_size / NumberFrame::max_size];
        return frame.at(segment.bits.data() + std::size_t{frame.offset()} * unit,
                        static_cast<std::uint32_t>(index % NumberFrame::max_size));
    }
    [[nodiscard]] std::uint32_t back() const { return (*this)[size() - 1]; }
    [[nodiscard]] IndexIterator<PackedColumn> begin() const { return {*this, 0}; }
    [[nodiscard]] IndexIterator<PackedColumn> end() const { return {*this, size()}; }

    /// Asks for the memory into which the next number goes, which is needed soon.
    void fetch_end() const { __builtin_prefetch(last_.data() + last_.size(), 1); }
    /// Returns how much memory the column takes, in bytes.
    [[nodiscard]] std::size_t bytes() const;

  private:
    static constexpr std::size_t unit = NumberFrame::max_size / 32;  // words; a frame has `width` of them
    /// Many frames: so many that they are found by one more step only, and so few that their offsets fit, and
    /// that a column which grows is not copied as a whole.
    static constexpr std::size_t segment_frames = 1u << 16;
    static constexpr std::size_t segment_size = segment_frames * NumberFrame::max_size;
    struct Segment {
        std::vector<NumberFrame> frames;  // their offsets are in units
        std::vector<std::uint32_t> bits;  // ends with as many bytes as are read at once
    };

    void pack();

    std::size_t packed_size_ = 0;
    std::vector<Segment> packed_;  // all but the last are full
    std::vector<std::uint32_t> last_;
};

}  // namespace loopscope::trace
