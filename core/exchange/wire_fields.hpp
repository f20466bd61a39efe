// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace loopscope::exchange {

/// A field of a protobuf message.
struct WireField {
    enum class Type : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

    std::uint32_t number = 0;
    Type type = Type::varint;
    std::uint64_t value = 0;  ///< of a varint or of fixed bits
    std::string_view bytes;   ///< of bytes, a string or a message

    /// Returns the value of a field of type int64, int32 or bool.
    [[nodiscard]] std::int64_t integer() const { return static_cast<std::int64_t>(value); }
    /// Returns the value of a field of type double.
    [[nodiscard]] double number_value() const { return std::bit_cast<double>(value); }
    [[nodiscard]] bool is_message() const { return type == Type::bytes; }
};

/// The fields of a protobuf message one after the other, in the wire format of
/// https://protobuf.dev/programming-guides/encoding. Groups, which were abandoned long ago, count as damage.
class WireFields {
  public:
    explicit WireFields(std::string_view message) : rest_(message) {}

    /// Takes the next field. Returns false at the end of the message, and where it is damaged.
    bool next(WireField& field) {
        if (rest_.empty()) return false;
        std::uint64_t tag = 0;
        if (!varint(tag) || tag >> 3 == 0 || tag >> 3 > max_number) return damage();
        field.number = static_cast<std::uint32_t>(tag >> 3);
        field.type = static_cast<WireField::Type>(tag & 7);
        switch (field.type) {
            case WireField::Type::varint: return varint(field.value) || damage();
            case WireField::Type::fixed64: return fixed<std::uint64_t>(field.value) || damage();
            case WireField::Type::fixed32: return fixed<std::uint32_t>(field.value) || damage();
            case WireField::Type::bytes: return bytes(field) || damage();
        }
        return damage();
    }
    /// Returns whether the message does not end where a field does.
    [[nodiscard]] bool damaged() const { return damaged_; }

    /// Takes a varint off the front of bytes. Returns false if it is longer than ten bytes, or than they are.
    static bool take_varint(std::string_view& bytes, std::uint64_t& value) {
        if (!bytes.empty() && static_cast<unsigned char>(bytes.front()) < 0x80) {
            value = static_cast<unsigned char>(bytes.front());
            bytes.remove_prefix(1);
            return true;
        }
        std::uint64_t result = 0;
        for (std::size_t at = 0; at < bytes.size() && at < max_varint; ++at) {
            const auto byte = static_cast<unsigned char>(bytes[at]);
            result |= std::uint64_t{byte & 0x7fU} << (7 * at);
            if (byte >= 0x80) continue;
            bytes.remove_prefix(at + 1);
            value = result;
            return true;
        }
        return false;
    }

    /// The maximum number of bytes of a varint.
    static constexpr std::size_t max_varint = 10;

  private:
    static constexpr std::uint64_t max_number = (1U << 29) - 1;

    bool damage() {
        damaged_ = true;
        rest_ = {};
        return false;
    }
    bool varint(std::uint64_t& value) { return take_varint(rest_, value); }
    template <class Bits>
    bool fixed(std::uint64_t& value) {
        Bits bits = 0;
        if (rest_.size() < sizeof bits) return false;
        std::memcpy(&bits, rest_.data(), sizeof bits);  // little-endian, as Sink is
        rest_.remove_prefix(sizeof bits);
        value = bits;
        return true;
    }
    bool bytes(WireField& field) {
        std::uint64_t size = 0;
        if (!varint(size) || size > rest_.size()) return false;
        field.bytes = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return true;
    }

    std::string_view rest_;
    bool damaged_ = false;
};

/// Calls `function` with each number of a field that is repeated: packed into one, or one of many.
template <class Function>
void each_number(const WireField& field, Function function) {
    if (!field.is_message()) {
        function(field.value);
        return;
    }
    std::string_view rest = field.bytes;
    for (std::uint64_t value = 0; WireFields::take_varint(rest, value);) function(value);
}

/// Calls `function` with each value of 64 bits of a field that is repeated: packed into one, or one of many.
template <class Function>
void each_fixed64(const WireField& field, Function function) {
    if (!field.is_message()) {
        function(field.value);
        return;
    }
    for (std::size_t at = 0; at + sizeof(std::uint64_t) <= field.bytes.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t value = 0;
        std::memcpy(&value, field.bytes.data() + at, sizeof value);
        function(value);
    }
}

}  // namespace loopscope::exchange
