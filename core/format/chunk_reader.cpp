#include "core/format/chunk_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>
#include <zstd.h>

#include "core/format/allowance.hpp"
#include "core/format/bytes.hpp"
#include "core/format/checksum.hpp"
#include "core/format/columns.hpp"

namespace loopscope::format {
namespace {

/// The fewest bytes that an event takes: a kind, `since`, and three fields.
constexpr std::size_t least_event_bytes = 5;

void read(std::span<const std::byte> raw, Chunk::Events& found) {
    ByteReader in(raw);
    found.before = in.varint();
    found.strings_before = in.varint();
    found.string_count = in.varint();
    const std::size_t texts = raw.size() - in.left();
    for (std::uint64_t at = 0; at < found.string_count && !in.failed(); ++at) in.text();
    found.strings = raw.subspan(texts, raw.size() - in.left() - texts);
    const std::uint64_t count = in.varint();
    found.too_many = count > max_chunk_events;
    found.sound = !in.failed() && !found.too_many && count <= in.left() / least_event_bytes &&
                  found.before <= trace::max_stored_events;
    if (!found.sound) return;
    read_events(in, static_cast<std::uint32_t>(found.before), static_cast<std::uint32_t>(count),
                found.events);
    found.sound = !in.failed() && in.at_end();
}

}  // namespace

Result<void> ChunkReader::header() {
    const auto bytes = source_.take(header_size);
    if (bytes.size() < signature.size() || std::memcmp(bytes.data(), signature.data(), signature.size()) != 0)
        return fail(fmt::format("'{}' is no .loopscope file; open one that Loopscope has saved", name_));
    ByteReader in(bytes.subspan(signature.size()));
    const std::uint32_t found = in.u32();
    const std::uint32_t zero = in.u32();
    if (in.failed()) return fail(fmt::format("'{}' ends in its header: nothing of it can be shown", name_));
    if (found != version || zero != 0)
        return fail(
            fmt::format("'{}' is of version {} of the format, and this Loopscope reads version {}; open it "
                        "with the Loopscope that saved it",
                        name_, found, version));
    at_ = header_size;
    return {};
}

void ChunkReader::next(Chunk& chunk) {
    chunk.step = read(chunk);
    chunk.end = at_;
}

std::optional<ChunkReader::Head> ChunkReader::head(std::span<const std::byte> bytes) const {
    ByteReader in(bytes);
    Head head;
    head.kind = static_cast<ChunkKind>(in.u32());
    head.raw = in.u32();
    head.stored = in.u32();
    const bool sound = in.u32() == number_ && head.raw <= most_chunk_bytes &&
                       head.stored <= ZSTD_COMPRESSBOUND(std::size_t{most_chunk_bytes});
    return sound ? std::optional(head) : std::nullopt;
}

Chunk::Step ChunkReader::read(Chunk& chunk) {
    using Step = Chunk::Step;
    const auto bytes = source_.take(chunk_header_size);
    if (bytes.empty() && ended_) return Step::ended;
    if (bytes.size() < chunk_header_size) return ended_ ? Step::damaged : Step::cut;
    std::array<std::byte, chunk_header_size> kept{};  // the source may use its bytes again
    std::memcpy(kept.data(), bytes.data(), kept.size());
    const auto found = head(kept);
    if (!found || ended_) return Step::damaged;
    const auto stored = source_.take(found->stored);
    if (stored.size() < found->stored) return Step::cut;
    ByteReader sum(std::span<const std::byte>(kept).subspan(16));
    if (checksum(std::span<const std::byte>(kept).first(16), stored) != sum.u64()) return Step::damaged;
    chunk.kind = found->kind;
    chunk.number = number_++;
    chunk.size = found->raw;
    chunk.stored = chunk_header_size + found->stored;
    at_ += chunk.stored;
    unfold(chunk, stored);
    ended_ = chunk.kind == ChunkKind::end;
    return Step::read;
}

void ChunkReader::unfold(Chunk& chunk, std::span<const std::byte> stored) {
    chunk.too_large = !Allowance::holds_chunk(chunk.size, std::max(at_, source_.size()));
    chunk.decompressed = false;
    if (chunk.too_large || !is_known(chunk.kind)) return;
    chunk.raw.resize(chunk.size);
    chunk.decompressed = decompressor_.decompress(stored, chunk.raw);
    if (chunk.decompressed && chunk.kind == ChunkKind::events) format::read(chunk.raw, chunk.events);
}

}  // namespace loopscope::format
