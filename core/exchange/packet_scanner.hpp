// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace loopscope::exchange {

/// A scanner that finds the packets of a Perfetto trace (trace.proto: field 1 of a message that is the whole
/// file) in bytes that are pushed in pieces of any size, and holds no more than one packet and a piece. The
/// packets do not depend on the pieces.
class PacketScanner {
  public:
    /// A packet, and where it begins in the trace, in bytes.
    struct Packet {
        std::string_view bytes;
        std::uint64_t origin = 0;
    };

    /// The maximum length of a packet, in bytes. Perfetto's own are below 1 MB; what is compressed is larger.
    static constexpr std::uint64_t max_packet = std::uint64_t{1} << 28;

    /// Takes the next bytes, which stay valid until next() has returned nothing. REQUIRES: next() has
    /// returned nothing more of the bytes before.
    void push(std::span<const std::byte> bytes);
    /// Returns the next packet; nothing: there is none in the bytes that were pushed. Valid until the next
    /// call.
    std::optional<Packet> next();

    /// Returns whether the bytes are no packet from position() on: nothing more is found.
    [[nodiscard]] bool damaged() const { return damaged_; }
    /// Returns whether a packet has begun that has not ended.
    [[nodiscard]] bool inside() const { return !damaged_ && !(held_.empty() && rest_.empty()); }
    /// Returns how many bytes were scanned.
    [[nodiscard]] std::uint64_t position() const { return position_; }
    /// Returns how many other fields were passed over.
    [[nodiscard]] std::uint64_t others() const { return others_; }

  private:
    /// The field at the front of bytes: how long its tag and length are, and its content.
    struct Found {
        bool is_packet = false;
        std::size_t head = 0;
        std::uint64_t size = 0;
    };
    enum class Look : std::uint8_t { found, more, damaged };
    static Look look(std::string_view bytes, Found& found);
    bool take_piece();

    std::vector<char> held_;  // the beginning of a field whose end has not come
    std::string_view rest_;   // of the piece that was pushed
    bool use_held_ = false;   // the packet that was returned is in held_
    bool damaged_ = false;
    std::uint64_t position_ = 0;
    std::uint64_t others_ = 0;
};

}  // namespace loopscope::exchange
