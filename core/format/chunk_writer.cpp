// SPDX-License-Identifier: MIT
#include "core/format/chunk_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/format/allowance.hpp"
#include "core/format/checksum.hpp"
#include "core/format/columns.hpp"

namespace loopscope::format {
namespace {

/// Small chunks may make a file longer by one part in this many: 5 %.
constexpr std::int64_t extra_part = 20;

}  // namespace

ChunkWriter::ChunkWriter(Output output, Effort effort)
    : output_(std::move(output)), effort_(effort), compressor_(effort) {}

Result<void> ChunkWriter::write(std::span<const std::byte> bytes) {
    bytes_ += bytes.size();
    return output_(bytes);
}

Result<void> ChunkWriter::begin(const Info& info) {
    ByteWriter header;
    header.append(std::as_bytes(std::span(signature)));
    header.u32(version);
    header.u32(0);
    if (auto written = write(header.bytes()); !written) return written;
    raw_.clear();
    raw_.text(info.program);
    raw_.text(info.source_file);
    raw_.text(info.source);
    raw_.text(info.origin);
    raw_.varint(info.parameters.size());
    for (const auto& [name, value] : info.parameters) {
        raw_.text(name);
        raw_.text(value);
    }
    if (auto written = chunk(ChunkKind::info); !written) return written;
    if (!info.schedule.empty()) {
        raw_.clear();
        raw_.text(info.schedule);
        if (auto written = chunk(ChunkKind::schedule); !written) return written;
    }
    return sources(info);
}

Result<void> ChunkWriter::sources(const Info& info) {
    while (listings_ < info.listings.size()) {
        raw_.clear();
        const std::size_t first = listings_;
        std::size_t bytes = 0;
        for (; listings_ < info.listings.size() && bytes < chunk_text; ++listings_)
            bytes += info.listings[listings_].text.size() + 1;
        raw_.varint(listings_ - first);
        text_ += (listings_ - first) * Allowance::text_overhead;
        for (std::size_t each = first; each < listings_; ++each) {
            raw_.varint(info.listings[each].file);
            raw_.text(info.listings[each].text);
        }
        if (auto written = chunk(ChunkKind::sources); !written) return written;
    }
    return {};
}

Result<void> ChunkWriter::events(const trace::Log& log, std::uint32_t until, bool all) {
    while (until - events_ >= chunk_events || (all && (until > events_ || log.strings().size() > strings_))) {
        const std::uint32_t count = std::min(until - events_, chunk_events);
        if (auto written = events_chunks(log, count); !written) return written;
    }
    return {};
}

Result<void> ChunkWriter::events_chunks(const trace::Log& log, std::uint32_t count) {
    LOOPSCOPE_TRY(size, choose_size(log, count));
    const std::uint32_t until = events_ + count;
    do {
        if (auto written = events_chunk(log, std::min(size, until - events_)); !written) return written;
    } while (events_ < until);
    return {};
}

Result<std::uint32_t> ChunkWriter::choose_size(const trace::Log& log, std::uint32_t count) {
    if (count <= small_chunk_events) return count;
    if (effort_ == Effort::quick) return small_chunk_events;
    if (events_ > 0 && count == chunk_events) return count;  // the chunk is a small part of the trace
    LOOPSCOPE_TRY(usual, stored_size(log, count, count, Content::text));
    const auto whole = static_cast<std::int64_t>(usual);
    const std::int64_t limit = whole + (static_cast<std::int64_t>(bytes_) + whole) / extra_part - extra_;
    std::uint32_t chosen = count;
    std::int64_t chosen_bytes = whole;
    for (std::uint32_t size = chunk_events / 2; size >= small_chunk_events; size /= 2) {
        if (size >= count) continue;
        LOOPSCOPE_TRY(stored, stored_size(log, count, size, Content::events));
        const auto bytes = static_cast<std::int64_t>(stored);
        if (bytes > limit) break;
        chosen = size;
        chosen_bytes = bytes;
    }
    extra_ += chosen_bytes - whole;
    return chosen;
}

Result<std::uint64_t> ChunkWriter::stored_size(const trace::Log& log, std::uint32_t count, std::uint32_t size,
                                               Content content) {
    std::uint64_t bytes = 0;
    for (std::uint32_t at = 0; at < count; at += size) {
        raw_.clear();
        raw_.varint(events_ + at);
        write_events(raw_, log, EventIndex{events_ + at}, std::min(size, count - at));
        LOOPSCOPE_TRY(stored, compressor_.compress(raw_.bytes(), content));
        bytes += chunk_header_size + stored.size();
    }
    return bytes;
}

Result<void> ChunkWriter::events_chunk(const trace::Log& log, std::uint32_t count) {
    // Strings come before the events that use them. Strings that do not fit go into chunks without events.
    const auto known = static_cast<std::uint32_t>(log.strings().size());
    std::uint32_t last = strings_;
    for (std::size_t text = 0; last < known && text < chunk_text; ++last)
        text += log.strings()[StringId{last + 1}].size() + 1;
    if (last < known) count = 0;
    raw_.clear();
    raw_.varint(events_);
    raw_.varint(strings_);
    raw_.varint(last - strings_);
    while (strings_ < last) {
        const std::string_view text = log.strings()[StringId{++strings_}];
        raw_.text(text);
        text_ += text.size() + Allowance::text_overhead;
    }
    raw_.varint(count);
    write_events(raw_, log, EventIndex{events_}, count);
    events_ += count;
    return chunk(ChunkKind::events);
}

Result<void> ChunkWriter::notes(const Info& info) {
    if (info.notes.empty() && info.marks.empty()) return {};
    raw_.clear();
    raw_.text(info.notes);
    raw_.varint(info.marks.size());
    text_ += info.marks.size() * Allowance::text_overhead;
    for (const trace::Mark& mark : info.marks) {
        raw_.varint(mark.event.value);
        raw_.text(mark.text);
    }
    return chunk(ChunkKind::notes);
}

Result<void> ChunkWriter::end() {
    raw_.clear();
    raw_.varint(events_);
    raw_.varint(strings_);
    return chunk(ChunkKind::end);
}

Result<void> ChunkWriter::chunk(ChunkKind kind) {
    if (raw_.size() > max_chunk_bytes)
        return fail(
            fmt::format("a text of {} MB is too large to be saved; the program has to print less at once",
                        raw_.size() >> 20),
            Error::Code::too_large);
    LOOPSCOPE_TRY(stored, compressor_.compress(raw_.bytes(),
                                               kind == ChunkKind::events ? Content::events : Content::text));
    if (kind != ChunkKind::events) text_ += raw_.size();
    if (auto padded = make_room(stored.size()); !padded) return padded;
    return write_chunk(kind, stored, static_cast<std::uint32_t>(raw_.size()));
}

Result<void> ChunkWriter::make_room(std::uint64_t stored) {
    if (text_ > Allowance::max_text)
        return fail(fmt::format("the texts of the trace take more than {} MB, the maximum of a file; the "
                                "program has to print less",
                                Allowance::max_text >> 20),
                    Error::Code::too_large);
    const std::uint64_t least = Allowance::stored_for(text_);
    const std::uint64_t file = bytes_ + chunk_header_size + stored;
    if (least <= file) return {};
    const std::vector<std::byte> nothing(least - file);
    return write_chunk(ChunkKind::padding, nothing, 0);
}

Result<void> ChunkWriter::write_chunk(ChunkKind kind, std::span<const std::byte> stored,
                                      std::uint32_t raw_size) {
    ByteWriter head;
    head.u32(static_cast<std::uint32_t>(kind));
    head.u32(raw_size);
    head.u32(static_cast<std::uint32_t>(stored.size()));
    head.u32(number_++);
    const std::uint64_t sum = checksum(head.bytes(), stored);
    head.u64(sum);
    // A chunk is written in one call, so that a process that ends between two calls leaves whole chunks.
    head.append(stored);
    return write(head.bytes());
}

}  // namespace loopscope::format
