// SPDX-License-Identifier: MIT
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

/// The minimum number of bytes of an event: a kind, `since`, and three fields.
constexpr std::size_t min_event_bytes = 5;

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
    found.sound = !in.failed() && !found.too_many && count <= in.left() / min_event_bytes &&
                  found.before <= trace::max_stored_events;
    if (!found.sound) return;
    read_events(in, EventIndex::of(found.before), static_cast<std::uint32_t>(count), found.events);
    found.sound = !in.failed() && in.at_end();
}

/// Moves bytes from the front of `bytes` to `kept`, until `kept` has `count` bytes. Returns whether it has.
bool fill(std::vector<std::byte>& kept, std::span<const std::byte>& bytes, std::size_t count) {
    const auto more = bytes.first(std::min(bytes.size(), count - std::min(count, kept.size())));
    kept.insert(kept.end(), more.begin(), more.end());
    bytes = bytes.subspan(more.size());
    return kept.size() >= count;
}

}  // namespace

Result<void> ChunkReader::check_header() const {
    const std::span<const std::byte> bytes(header_);
    if (bytes.size() < signature.size() || std::memcmp(bytes.data(), signature.data(), signature.size()) != 0)
        return fail(fmt::format("'{}' is no .loopscope file; open one that Loopscope has saved", name_),
                    Error::Code::unsupported);
    ByteReader in(bytes.subspan(signature.size()));
    const std::uint32_t found = in.u32();
    const std::uint32_t zero = in.u32();
    if (in.failed())
        return fail(fmt::format("'{}' ends in its header: nothing of it can be shown", name_),
                    Error::Code::damaged);
    if (found != version || zero != 0)
        return fail(
            fmt::format("'{}' is of version {} of the format, and this Loopscope reads version {}; open it "
                        "with the Loopscope that saved it",
                        name_, found, version),
            Error::Code::unsupported);
    return {};
}

Result<void> ChunkReader::push(std::span<const std::byte> bytes, const Take& take) {
    if (header_.size() < header_size) {
        if (!fill(header_, bytes, header_size)) return {};
        if (auto sound = check_header(); !sound) return sound;
        at_ = header_size;
        if (unfolding_ == Unfolding::aside)
            aside_ = std::make_unique<Aside<Chunk, 4>>([this](Chunk& chunk) { unfold(chunk); });
    }
    while (!over_ && !bytes.empty() && collect(bytes)) hand_over(take);
    while (aside_ && !silent_ && aside_->ready()) tell_oldest(take);
    return {};
}

Result<void> ChunkReader::finish(const Take& take) {
    if (header_.size() < header_size) return check_header();
    while (aside_ && !silent_ && aside_->next() != nullptr) tell_oldest(take);
    if (silent_) return {};
    Chunk& last = chunk();
    last.step = ended_ && last.packed.empty() ? Chunk::Step::ended : Chunk::Step::cut;
    last.end = at_;
    tell(last, take);
    return {};
}

std::optional<ChunkReader::Head> ChunkReader::head(std::span<const std::byte> bytes) const {
    ByteReader in(bytes);
    Head head;
    head.kind = static_cast<ChunkKind>(in.u32());
    head.raw = in.u32();
    head.stored = in.u32();
    const bool sound = in.u32() == number_ && head.raw <= max_chunk_bytes &&
                       head.stored <= ZSTD_COMPRESSBOUND(std::size_t{max_chunk_bytes});
    return sound ? std::optional(head) : std::nullopt;
}

bool ChunkReader::collect(std::span<const std::byte>& bytes) {
    Chunk& chunk = this->chunk();
    chunk.step = Chunk::Step::damaged;
    chunk.end = at_;
    if (ended_) return true;
    if (!fill(chunk.packed, bytes, chunk_header_size)) return false;
    const auto found = head(std::span(chunk.packed).first(chunk_header_size));
    if (!found) return true;
    if (!fill(chunk.packed, bytes, chunk_header_size + found->stored)) return false;
    chunk.step = Chunk::Step::read;
    chunk.kind = found->kind;
    chunk.number = number_++;
    chunk.size = found->raw;
    chunk.stored = chunk.packed.size();
    at_ += chunk.stored;
    chunk.end = at_;
    ended_ = chunk.kind == ChunkKind::end;
    return true;
}

void ChunkReader::hand_over(const Take& take) {
    over_ = chunk().step == Chunk::Step::damaged;
    if (!aside_) {
        unfold(chunk_);
        tell(chunk_, take);
    } else {
        aside_->hand_over();
        if (aside_->full()) tell_oldest(take);
    }
    chunk().packed.clear();
}

void ChunkReader::unfold(Chunk& chunk) {
    if (chunk.step != Chunk::Step::read) return;
    const std::span<const std::byte> packed(chunk.packed);
    const auto stored = packed.subspan(chunk_header_size);
    ByteReader sum(packed.subspan(16));
    if (checksum(packed.first(16), stored) != sum.u64()) {
        chunk.step = Chunk::Step::damaged;
        chunk.end -= chunk.stored;
        return;
    }
    chunk.too_large = !Allowance::holds_chunk(chunk.size, std::max(chunk.end, size_));
    chunk.decompressed = false;
    if (chunk.too_large || !is_known(chunk.kind)) return;
    chunk.raw.resize(chunk.size);
    chunk.decompressed = decompressor_.decompress(stored, chunk.raw);
    if (chunk.decompressed && chunk.kind == ChunkKind::events) format::read(chunk.raw, chunk.events);
}

void ChunkReader::tell(const Chunk& chunk, const Take& take) {
    silent_ = !take(chunk) || chunk.step != Chunk::Step::read;
    over_ = over_ || silent_;
}

void ChunkReader::tell_oldest(const Take& take) {
    tell(*aside_->next(), take);
    aside_->release();
}

}  // namespace loopscope::format
