// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace loopscope::trace {

/// How up to 128 numbers are packed: each as its distance from a straight line through the first and the last
/// one, in as many bits as the largest distance needs ("frame of reference", with a slope). So numbers that
/// rise evenly take no bits, nearly even ones few, and any of them is found without reading the others.
class NumberFrame {
  public:
    static constexpr std::uint32_t max_size = 128;

    NumberFrame() = default;
    /// Finds the frame of some numbers: at least one, at most `max_size`.
    explicit NumberFrame(std::span<const std::uint32_t> numbers);

    /// Returns in how many bits each number is stored, from 0 to 32.
    [[nodiscard]] std::uint32_t width() const { return place_ >> offset_bits; }
    /// Returns how many words of 32 bits `count` numbers take.
    [[nodiscard]] std::uint32_t words(std::uint32_t count) const { return (count * width() + 31) / 32; }
    /// Returns a number that was written. Reads 8 bytes from where its bits begin. REQUIRES: what write() has
    /// written is at `bits`, with as much memory behind it.
    [[nodiscard]] std::uint32_t at(const std::uint32_t* bits, std::uint32_t place) const {
        const std::uint32_t bit = place * width();
        std::uint64_t read = 0;
        std::memcpy(&read, reinterpret_cast<const unsigned char*>(bits) + bit / 8, sizeof read);
        const std::uint64_t mask = (std::uint64_t{1} << width()) - 1;
        return on_line(place) + static_cast<std::uint32_t>((read >> bit % 8) & mask);
    }
    /// Writes numbers to `bits`, which has room for words() of them. REQUIRES: those that the frame was found
    /// for.
    void write(std::span<const std::uint32_t> numbers, std::uint32_t* bits) const;

    /// How many words a frame itself takes, where it is stored with its numbers.
    static constexpr std::uint32_t stored_words = 3;
    /// Writes the frame to `stored_words` words.
    void store(std::uint32_t* words) const {
        words[0] = base_;
        words[1] = static_cast<std::uint32_t>(slope_);
        words[2] = place_;
    }
    /// Returns the frame that was stored.
    static NumberFrame read(const std::uint32_t* words) {
        NumberFrame frame;
        frame.base_ = words[0];
        frame.slope_ = static_cast<std::int32_t>(words[1]);
        frame.place_ = words[2];
        return frame;
    }

    /// Returns where the bits begin, as set_offset() has it.
    [[nodiscard]] std::uint32_t offset() const { return place_ & offset_mask; }
    /// Sets where the bits begin. REQUIRES: less than 2^26.
    void set_offset(std::uint32_t offset) { place_ = (place_ & ~offset_mask) | (offset & offset_mask); }

  private:
    static_assert(std::endian::native == std::endian::little, "bits are read and written in words");

    /// Returns the line's number at a place. Sums wrap around.
    [[nodiscard]] std::uint32_t on_line(std::uint32_t place) const {
        return base_ + static_cast<std::uint32_t>(rise(slope_, place));
    }
    static std::int64_t rise(std::int32_t slope, std::uint32_t place) {
        static_assert(max_size == 1U << 7U);
        return (std::int64_t{slope} * place) >> 7;
    }

    static constexpr std::uint32_t offset_bits = 26;
    static constexpr std::uint32_t offset_mask = (1u << offset_bits) - 1;

    std::uint32_t base_ = 0;  // where the line begins, below all numbers
    std::int32_t slope_ = 0;  // by how much it rises, in parts of max_size
    std::uint32_t place_ =
        0;  // the offset of its bits, in what the owner counts; above it the numbers' width
};
static_assert(sizeof(NumberFrame) == 12);

/// Appends any number of numbers to `words`: their frames, and then the bits of those. Two words that can be
/// read have to come behind them at last.
void append_frames(std::span<const std::uint32_t> numbers, std::vector<std::uint32_t>& words);

/// Returns one of the numbers that append_frames() wrote to `frames`.
inline std::uint32_t number_in(const std::uint32_t* frames, std::uint32_t place) {
    const NumberFrame frame =
        NumberFrame::read(frames + std::size_t{place / NumberFrame::max_size} * NumberFrame::stored_words);
    return frame.at(frames + frame.offset(), place % NumberFrame::max_size);
}

/// Reads all numbers that append_frames() wrote to `frames`, as many as `numbers` has room for. Returns what
/// comes behind them.
const std::uint32_t* read_frames(const std::uint32_t* frames, std::span<std::uint32_t> numbers);

}  // namespace loopscope::trace
