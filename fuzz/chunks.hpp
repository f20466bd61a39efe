// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <iterator>
#include <span>
#include <vector>

#include <zstd.h>

#include "core/format/bytes.hpp"
#include "core/format/checksum.hpp"
#include "core/format/layout.hpp"

namespace loopscope::fuzz {

/// Returns a .loopscope file with the chunks in `input`, because no fuzzer guesses a checksum. Each chunk in
/// `input` is a length of two bytes, a byte for its kind, and its bytes before compression.
inline std::vector<std::byte> file_of(std::span<const std::byte> input) {
    using namespace format;
    ByteWriter out;
    out.append(std::as_bytes(std::span(signature)));
    out.u32(version);
    out.u32(0);
    ByteReader in(input);
    for (std::uint32_t number = 0; in.left() >= 3; ++number) {
        constexpr ChunkKind kinds[] = {ChunkKind::events, ChunkKind::info, ChunkKind::notes, ChunkKind::end,
                                       ChunkKind::sources};
        const auto size = static_cast<std::size_t>(in.u8()) | static_cast<std::size_t>(in.u8()) << 8;
        const ChunkKind kind = kinds[in.u8() % std::size(kinds)];
        const auto raw = in.take(std::min(size, in.left()));
        std::vector<std::byte> stored(ZSTD_compressBound(raw.size()));
        stored.resize(ZSTD_compress(stored.data(), stored.size(), raw.data(), raw.size(), 1));
        ByteWriter head;
        head.u32(static_cast<std::uint32_t>(kind));
        head.u32(static_cast<std::uint32_t>(raw.size()));
        head.u32(static_cast<std::uint32_t>(stored.size()));
        head.u32(number);
        head.u64(checksum(head.bytes(), stored));
        out.append(head.bytes());
        out.append(stored);
    }
    return {out.bytes().begin(), out.bytes().end()};
}

}  // namespace loopscope::fuzz
