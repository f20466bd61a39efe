// SPDX-License-Identifier: MIT
#include "core/exchange/packet_scanner.hpp"

#include <algorithm>

#include "core/exchange/wire_fields.hpp"

namespace loopscope::exchange {

void PacketScanner::push(std::span<const std::byte> bytes) {
    rest_ = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Looks at the field at the front of bytes.
PacketScanner::Look PacketScanner::look(std::string_view bytes, Found& found) {
    const auto incomplete = [](std::string_view left) {
        return left.size() < WireFields::max_varint ? Look::more : Look::damaged;
    };
    std::string_view left = bytes;
    std::uint64_t tag = 0;
    if (!WireFields::take_varint(left, tag)) return incomplete(left);
    const auto type = static_cast<WireField::Type>(tag & 7);
    found.is_packet = tag >> 3 == 1 && type == WireField::Type::bytes;
    if (tag >> 3 == 0) return Look::damaged;
    std::uint64_t size = 0;
    switch (type) {
        case WireField::Type::varint:
        case WireField::Type::bytes:
            if (!WireFields::take_varint(left, size)) return incomplete(left);
            break;
        case WireField::Type::fixed64: size = sizeof(std::uint64_t); break;
        case WireField::Type::fixed32: size = sizeof(std::uint32_t); break;
        default: return Look::damaged;
    }
    if (type == WireField::Type::varint) size = 0;
    if (size > max_packet) return Look::damaged;
    found.head = bytes.size() - left.size();
    found.size = size;
    return Look::found;
}

/// Puts as much of the piece behind what is held as the field that it begins has. Returns whether it is
/// whole.
bool PacketScanner::take_piece() {
    while (!rest_.empty()) {
        Found found;
        const Look seen = look({held_.data(), held_.size()}, found);
        if (seen == Look::damaged) return true;
        // As long as the length is not known, byte by byte: it has 20 at most.
        const std::uint64_t wanted = seen == Look::found ? found.head + found.size : held_.size() + 1;
        if (held_.size() >= wanted) return true;
        const auto taken =
            static_cast<std::size_t>(std::min<std::uint64_t>(rest_.size(), wanted - held_.size()));
        held_.insert(held_.end(), rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(taken));
        rest_.remove_prefix(taken);
    }
    Found found;
    const Look seen = look({held_.data(), held_.size()}, found);
    return seen == Look::damaged || (seen == Look::found && held_.size() >= found.head + found.size);
}

std::optional<PacketScanner::Packet> PacketScanner::next() {
    if (use_held_) held_.clear();
    use_held_ = false;
    while (!damaged_) {
        if (!held_.empty() && !take_piece()) return {};
        const bool from_held = !held_.empty();
        const std::string_view bytes = from_held ? std::string_view{held_.data(), held_.size()} : rest_;
        if (bytes.empty()) return {};
        Found found;
        const Look seen = look(bytes, found);
        damaged_ = seen == Look::damaged;
        if (damaged_) return {};
        if (seen == Look::more || bytes.size() < found.head + found.size) {
            held_.assign(rest_.begin(), rest_.end());
            rest_ = {};
            return {};
        }
        const Packet packet{bytes.substr(found.head, found.size), position_};
        position_ += found.head + found.size;
        use_held_ = from_held;
        if (!from_held) rest_.remove_prefix(found.head + found.size);
        if (found.is_packet) return packet;
        ++others_;
        if (use_held_) held_.clear();
        use_held_ = false;
    }
    return {};
}

}  // namespace loopscope::exchange
