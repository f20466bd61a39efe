// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>

#include "core/base/result.hpp"
#include "core/format/bytes.hpp"
#include "core/format/compression.hpp"
#include "core/format/info.hpp"
#include "core/format/layout.hpp"
#include "core/trace/log.hpp"

namespace loopscope::format {

/// A function that writes the next bytes of a file.
using Output = std::function<Result<void>(std::span<const std::byte>)>;

/// Writes the parts of a `.loopscope` file, in order: begin, then events and notes, then end.
///
/// Damage loses a chunk and all that follow, so a short trace in one chunk would be lost as a whole.
/// Therefore the first 65,536 events and the last ones go into the smallest chunks, of 4,096 events or more,
/// that make the file no more than 5 % larger than one chunk at the usual level of zstd would.
class ChunkWriter {
  public:
    /// Makes a writer to `output`. With Effort::quick all chunks are small, whatever that costs in bytes: for
    /// a file that grows, and is written again once it is complete.
    explicit ChunkWriter(Output output, Effort effort = Effort::thorough);

    /// Writes the header, and what was run.
    [[nodiscard]] Result<void> begin(const Info& info);
    /// Writes the events of a log up to event `until`, and the strings, that have not been written yet.
    /// `all`: also those that do not fill a chunk. REQUIRES: size() <= until <= log.size().
    [[nodiscard]] Result<void> events(const trace::Log& log, std::uint32_t until, bool all);
    /// Writes the listings of other files that have not been written yet.
    [[nodiscard]] Result<void> sources(const Info& info);
    /// Writes notes and marks, if there are any.
    [[nodiscard]] Result<void> notes(const Info& info);
    /// Writes the chunk which says that nothing is missing.
    [[nodiscard]] Result<void> end();

    /// Returns how many events were written.
    [[nodiscard]] std::uint32_t size() const { return events_; }

  private:
    Result<void> write(std::span<const std::byte> bytes);
    Result<void> chunk(ChunkKind kind);
    Result<void> write_chunk(ChunkKind kind, std::span<const std::byte> stored, std::uint32_t raw_size);
    /// Pads the file so that a reader takes a chunk of `stored` bytes with the texts in it, and all before
    /// it.
    Result<void> make_room(std::uint64_t stored);
    Result<void> events_chunk(const trace::Log& log, std::uint32_t count);
    /// Writes the next events in chunks.
    Result<void> events_chunks(const trace::Log& log, std::uint32_t count);
    /// Returns how many of the next `count` events each chunk is to hold.
    Result<std::uint32_t> choose_size(const trace::Log& log, std::uint32_t count);
    /// Returns how many bytes the next `count` events take in chunks of `size` events.
    Result<std::uint64_t> stored_size(const trace::Log& log, std::uint32_t count, std::uint32_t size,
                                      Content content);

    Output output_;
    Effort effort_;
    Compressor compressor_;
    ByteWriter raw_;
    std::uint64_t bytes_ = 0;   // bytes that were written
    std::uint64_t text_ = 0;    // bytes that a reader may count as text at most
    std::int64_t extra_ = 0;    // bytes that small chunks took beyond a single one; < 0: saved
    std::uint32_t number_ = 0;  // of the next chunk
    std::uint32_t events_ = 0;
    std::uint32_t strings_ = 0;
    std::size_t listings_ = 0;
};

}  // namespace loopscope::format
