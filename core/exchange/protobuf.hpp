// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loopscope::exchange {

/// One protobuf message: appends fields by number, in the wire format of
/// https://protobuf.dev/programming-guides/encoding.
class Message {
  public:
    /// Appends a field of type uint64, int32, enum or bool, as a varint.
    Message& number(std::uint32_t field, std::uint64_t value) {
        tag(field, 0);
        varint(value);
        return *this;
    }
    Message& fixed64(std::uint32_t field, std::uint64_t value) {
        tag(field, 1);
        for (int at = 0; at < 8; ++at) bytes_ += static_cast<char>(value >> (8 * at) & 0xff);
        return *this;
    }
    /// Appends a field of type string or bytes.
    Message& text(std::uint32_t field, std::string_view value) {
        tag(field, 2);
        varint(value.size());
        bytes_ += value;
        return *this;
    }
    /// Appends a field that is a message.
    Message& message(std::uint32_t field, const Message& value) { return text(field, value.bytes_); }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    void tag(std::uint32_t field, std::uint32_t wire_type) { varint(field << 3 | wire_type); }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>((value & 0x7f) | 0x80);
        bytes_ += static_cast<char>(value);
    }

    std::string bytes_;
};

}  // namespace loopscope::exchange
