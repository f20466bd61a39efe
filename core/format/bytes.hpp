// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace loopscope::format {

/// Writes numbers and texts as bytes: fixed-size numbers in little-endian order, and variable-length numbers
/// with seven bits a byte, the low bits first (LEB128).
class ByteWriter {
  public:
    void u8(std::uint8_t value) { bytes_.push_back(std::byte{value}); }
    void u32(std::uint32_t value) { little_endian(value, 4); }
    void u64(std::uint64_t value) { little_endian(value, 8); }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) u8(static_cast<std::uint8_t>(value | 0x80));
        u8(static_cast<std::uint8_t>(value));
    }
    /// Appends the length of a text as a variable-length number, and the bytes of the text.
    void text(std::string_view text) {
        varint(text.size());
        append(std::as_bytes(std::span<const char>(text)));
    }
    void append(std::span<const std::byte> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

    void clear() { bytes_.clear(); }
    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  private:
    void little_endian(std::uint64_t value, int count) {
        for (int at = 0; at < count; ++at) u8(static_cast<std::uint8_t>(value >> (8 * at)));
    }

    std::vector<std::byte> bytes_;
};

/// Reads what a ByteWriter wrote. Reading beyond the end returns 0, or nothing, and failed() is true from
/// then on: callers look once, at the end, or before they rely on a count.
class ByteReader {
  public:
    explicit ByteReader(std::span<const std::byte> bytes) : rest_(bytes), size_(bytes.size()) {}

    std::uint8_t u8() {
        if (rest_.empty()) {
            failed_ = true;
            return 0;
        }
        const auto value = std::to_integer<std::uint8_t>(rest_.front());
        rest_ = rest_.subspan(1);
        return value;
    }
    std::uint32_t u32() { return static_cast<std::uint32_t>(little_endian(4)); }
    std::uint64_t u64() { return little_endian(8); }
    std::uint64_t varint() {
        if (rest_.empty() || rest_.front() >= std::byte{0x80}) return long_varint();
        return u8();
    }
    /// Returns the next `count` bytes, and skips them; none, and failed() is true, if there are not as many.
    std::span<const std::byte> take(std::uint64_t count) {
        if (count > rest_.size()) {
            failed_ = true;
            return {};
        }
        const auto taken = rest_.first(static_cast<std::size_t>(count));
        rest_ = rest_.subspan(taken.size());
        return taken;
    }
    /// Returns the next text, as ByteWriter::text wrote it.
    std::string_view text() {
        const auto bytes = take(varint());
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }

    /// Makes failed() true, for callers that find that what they read makes no sense.
    void fail() { failed_ = true; }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    /// Returns how many bytes were not read yet.
    [[nodiscard]] std::size_t left() const { return rest_.size(); }
    /// Returns how many bytes there were at the start.
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    std::uint64_t long_varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t byte = u8();
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) return value;
        }
        failed_ = true;  // longer than any 64-bit number
        return 0;
    }
    std::uint64_t little_endian(int count) {
        std::uint64_t value = 0;
        for (int at = 0; at < count; ++at) value |= std::uint64_t{u8()} << (8 * at);
        return value;
    }

    std::span<const std::byte> rest_;
    std::size_t size_;
    bool failed_ = false;
};

/// Returns a difference as a number that is small if the difference is: 0, -1, 1, -2 … as 0, 1, 2, 3 …
constexpr std::uint32_t zigzag(std::uint32_t difference) {
    return difference << 1 ^ (0U - (difference >> 31));
}
/// Returns the difference that zigzag() returned `value` for.
constexpr std::uint32_t unzigzag(std::uint32_t value) {
    return value >> 1 ^ (0U - (value & 1));
}

}  // namespace loopscope::format
