// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace loopscope::exchange {

/// The ways in which a trace may be compressed that are undone here.
enum class Packing : std::uint8_t {
    gzip,
    zstd,
    zlib,  ///< RFC 1950: within Perfetto's traces
};

/// Returns what a sentence calls a packing: "gzip".
std::string_view name_of(Packing packing);

/// A decompressor of bytes that come in pieces: one gzip member (RFC 1952), zstd frame (RFC
/// 8878) or zlib stream after another. Used from one thread at a time. Throws if there is no memory.
class Unpacker {
  public:
    /// What became of the bytes that came so far.
    enum class State : std::uint8_t {
        between,   ///< the last member or frame is complete
        inside,    ///< the last one is not
        damaged,   ///< they are not what they should be from here on
        trailing,  ///< something else follows the last one
        too_wide,  ///< a zstd frame refers to bytes further back than max_window
        full,      ///< they unpack to more than there is room for
    };

    /// The maximum number of bytes back that a zstd frame may refer to: all that zstd writes without
    /// --long=28 or more.
    static constexpr std::size_t max_window = std::size_t{1} << 27;

    explicit Unpacker(Packing packing);
    ~Unpacker();
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    /// Unpacks the next bytes and appends at most `room` bytes to `out`. Takes nothing more once the state is
    /// over(). Throws if there is no memory.
    void unpack(std::span<const std::byte> packed, std::vector<std::byte>& out, std::uint64_t room);

    /// Begins anew, with other bytes.
    void restart();

    [[nodiscard]] State state() const { return state_; }
    /// Returns whether nothing that comes would be unpacked.
    [[nodiscard]] bool over() const { return state_ > State::inside; }
    /// Returns how many packed bytes were taken: those before the place that the state is about.
    [[nodiscard]] std::uint64_t taken() const { return taken_; }

    /// The part that knows one packing.
    class Stream;

  private:
    /// Takes what lies between two members: the beginning of the next one, or padding.
    std::span<const std::byte> begin_member(std::span<const std::byte> packed);

    std::unique_ptr<Stream> stream_;
    std::vector<std::byte> made_;  // by one step
    State state_ = State::between;
    std::uint64_t taken_ = 0;
    bool padded_ = false;  // zeros have come after the last member: nothing else may
};

}  // namespace loopscope::exchange
