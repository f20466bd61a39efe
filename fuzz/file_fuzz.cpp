// A .loopscope file, as it comes; or, since no fuzzer guesses a checksum, what would be in its chunks: each a
// length of two bytes, a letter for its kind, and its bytes before they are compressed.

#include <zstd.h>

#include "core/format/checksum.hpp"
#include "core/format/chunk_writer.hpp"
#include "core/format/reader.hpp"
#include "fuzz/accepted.hpp"

namespace {

using namespace loopscope;
using namespace loopscope::format;

std::vector<std::byte> file_of(std::span<const std::byte> input) {
    ByteWriter out;
    out.append(std::as_bytes(std::span(signature)));
    out.u32(version);
    out.u32(0);
    ByteReader in(input);
    for (std::uint32_t number = 0; in.left() >= 3; ++number) {
        constexpr ChunkKind kinds[] = {ChunkKind::events, ChunkKind::info, ChunkKind::notes, ChunkKind::end};
        const auto size = static_cast<std::size_t>(in.u8()) | static_cast<std::size_t>(in.u8()) << 8;
        const ChunkKind kind = kinds[in.u8() % 4];
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

/// What was loaded can be saved, and is the same when it is loaded again.
void round_trip(const Loaded& loaded) {
    std::vector<std::byte> bytes;
    ChunkWriter writer([&](std::span<const std::byte> more) -> Result<void> {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return {};
    });
    if (!writer.begin(loaded.info) || !writer.events(*loaded.log, loaded.log->size(), true) ||
        !writer.notes(loaded.info) || !writer.end())
        std::abort();
    const auto again = load(bytes, "again");
    if (!again || !again->missing.empty() || again->log->size() != loaded.log->size() ||
        again->info != loaded.info)
        std::abort();
    for (std::uint32_t at = 0; at < loaded.log->size(); ++at) {
        if (!((*again->log)[at] == (*loaded.log)[at])) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = std::as_bytes(std::span(data, size));
    if (input.empty()) return 0;
    const bool as_it_is = (data[0] & 1) != 0;
    const auto rest = input.subspan(1);
    const auto loaded = as_it_is ? load(rest, "input") : load(file_of(rest), "input");
    if (!loaded) return 0;
    fuzz::use(*loaded->log);
    round_trip(*loaded);
    return 0;
}
