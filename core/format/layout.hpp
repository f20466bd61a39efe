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

/// As PNG's: a byte that is no text, a name, and what a transfer as text would change.
inline constexpr std::array<unsigned char, 8> signature = {0x89, 'L', 'S', 'C', '\r', '\n', 0x1a, '\n'};
inline constexpr std::uint32_t version = 1;
inline constexpr std::size_t header_size = 16;
inline constexpr std::size_t chunk_header_size = 24;

constexpr std::uint32_t four(const char (&text)[5]) {
    std::uint32_t value = 0;
    for (int at = 3; at >= 0; --at) value = value << 8 | static_cast<unsigned char>(text[at]);
    return value;
}

/// What a chunk holds: four letters.
enum class ChunkKind : std::uint32_t {
    info = four("INFO"),      ///< what was run; the first chunk
    schedule = four("SCHD"),  ///< the order that it ran in; right after what was run, if it is not asyncio's
    events = four("EVTS"),    ///< strings, and the events that use them
    sources = four("SRCS"),   ///< listings of the other files that lines are of
    notes = four("NOTE"),     ///< notes and marks; the last one counts
    end = four("DONE"),       ///< how many events and strings there are; nothing is missing
};

/// Whether a reader of this version looks into such a chunk; others it passes over.
constexpr bool is_known(ChunkKind kind) {
    return kind == ChunkKind::info || kind == ChunkKind::schedule || kind == ChunkKind::events ||
           kind == ChunkKind::sources || kind == ChunkKind::notes || kind == ChunkKind::end;
}

/// Events in a chunk while there are enough.
inline constexpr std::uint32_t chunk_events = 1U << 16;
/// Events in one that must not hold many, because all of them go at once if a bit of it does.
inline constexpr std::uint32_t small_chunk_events = 1U << 12;
/// Bytes of strings after which a chunk is closed.
inline constexpr std::size_t chunk_text = std::size_t{1} << 20;

// What a reader accepts of a chunk; of a file, Allowance says it.
inline constexpr std::uint32_t max_chunk_bytes = 1U << 26;
inline constexpr std::uint32_t max_chunk_events = 1U << 20;

}  // namespace loopscope::format
