// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// The parts of a `.loopscope` file: docs/trace_format.md describes them.
///
///     file    header, chunks
///     header  signature:8  version:4  zero:4
///     chunk   kind:4  raw size:4  stored size:4  number:4  checksum:8  the stored bytes, compressed with
///     zstd
namespace loopscope::format {

/// The first bytes of a file, chosen as for PNG: a byte that is no text, a name, and line endings that a
/// transfer as text would change.
inline constexpr std::array<unsigned char, 8> signature = {0x89, 'L', 'S', 'C', '\r', '\n', 0x1a, '\n'};
inline constexpr std::uint32_t version = 1;
inline constexpr std::size_t header_size = 16;
inline constexpr std::size_t chunk_header_size = 24;

/// Returns four letters as a number, the first letter in the lowest byte.
constexpr std::uint32_t four(const char (&text)[5]) {
    std::uint32_t value = 0;
    for (int at = 3; at >= 0; --at) value = value << 8 | static_cast<unsigned char>(text[at]);
    return value;
}

/// The kinds of chunks, each the number of four letters.
enum class ChunkKind : std::uint32_t {
    info = four("INFO"),      ///< what was run; the first chunk
    schedule = four("SCHD"),  ///< the order in which handles ran, if it is not asyncio's; follows INFO
    events = four("EVTS"),    ///< strings, and the events that use them
    sources = four("SRCS"),   ///< listings of the other files that lines are of
    notes = four("NOTE"),     ///< notes and marks; the last such chunk counts
    padding = four("PADD"),   ///< bytes that mean nothing, where texts shrink by more than Allowance expects
    end = four("DONE"),       ///< the numbers of events and strings; says that nothing is missing
};

/// Returns whether a reader of this version reads chunks of a kind; it passes over others.
constexpr bool is_known(ChunkKind kind) {
    return kind == ChunkKind::info || kind == ChunkKind::schedule || kind == ChunkKind::events ||
           kind == ChunkKind::sources || kind == ChunkKind::notes || kind == ChunkKind::end;
}

/// The number of events in a chunk, while there are enough.
inline constexpr std::uint32_t chunk_events = 1U << 16;
/// The number of events in a small chunk: a single wrong bit loses all events of its chunk.
inline constexpr std::uint32_t small_chunk_events = 1U << 12;
/// The number of bytes of strings after which a chunk is closed.
inline constexpr std::size_t chunk_text = std::size_t{1} << 20;

// The limits of a reader for a chunk; Allowance has those for a file.
inline constexpr std::uint32_t max_chunk_bytes = 1U << 26;
inline constexpr std::uint32_t max_chunk_events = 1U << 20;

}  // namespace loopscope::format
