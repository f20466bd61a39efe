// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/aside.hpp"
#include "core/base/result.hpp"
#include "core/format/compression.hpp"
#include "core/format/layout.hpp"
#include "core/trace/event.hpp"

namespace loopscope::format {

/// A chunk, as far as it can be read without the chunks before it.
struct Chunk {
    enum class Step : std::uint8_t {
        read,     ///< the chunk is whole; more chunks may follow
        ended,    ///< there is no chunk: the file ends where it should
        cut,      ///< the file ends before the chunk does
        damaged,  ///< the bytes are no chunk
    };

    Step step = Step::cut;
    ChunkKind kind{};
    std::uint32_t number = 0;
    std::uint64_t end = 0;          ///< the number of bytes of the file up to the end of the chunk
    std::uint64_t stored = 0;       ///< the number of bytes that the chunk takes in the file
    std::uint64_t size = 0;         ///< the number of bytes that the chunk decompresses to, as it says
    std::vector<std::byte> packed;  ///< the chunk as it is in the file
    std::vector<std::byte> raw;     ///< the decompressed content
    bool too_large = false;         ///< for its stored bytes; it was not decompressed
    bool decompressed = false;      ///< of a kind that this version knows, and decompressed

    /// The content of a chunk of events.
    struct Events {
        std::uint64_t before = 0;          ///< number of events in the chunks before
        std::uint64_t strings_before = 0;  ///< number of strings in the chunks before
        std::uint64_t string_count = 0;
        std::span<const std::byte> strings;  ///< a part of `raw`: string_count texts
        std::vector<trace::Event> events;
        bool sound = false;     ///< whether the lengths fit
        bool too_many = false;  ///< more events than a chunk may have; they were not read
    };
    Events events;  ///< of a chunk of events
};

/// Reads one file, chunk by chunk, from bytes that are pushed in pieces of any size: finds where each chunk
/// begins and ends, whether it is as it was written, and what it holds. Does not check whether the chunks
/// make a trace. Used from one thread at a time.
class ChunkReader {
  public:
    /// The thread on which chunks are decompressed.
    enum class Unfolding {
        here,   ///< as they come, on the caller's thread
        aside,  ///< on a thread of their own, while the caller handles earlier chunks
    };
    /// A function that is called with each chunk in order, on the thread that calls push() and finish().
    /// Returns false to be called no more. The chunk is valid until the function returns.
    using Take = std::function<bool(const Chunk&)>;

    /// Makes a reader of a file that errors call `name`, and that has `size` bytes; 0: not known.
    ChunkReader(std::string name, std::uint64_t size, Unfolding unfolding)
        : name_(std::move(name)), size_(size), unfolding_(unfolding) {}

    /// Takes the next bytes and calls `take` with the chunks that are complete by now; where chunks are
    /// decompressed aside, with some of them in a later call. Fails if what precedes the first chunk is not
    /// of this format and version. Throws what the thread throws, and std::system_error if no thread can be
    /// started.
    Result<void> push(std::span<const std::byte> bytes, const Take& take);
    /// Calls `take` with the remaining chunks; unless `take` has returned false, the last of them is one
    /// whose step is not `read`. REQUIRES: push() has not failed, and neither push() nor finish() is called
    /// afterwards.
    Result<void> finish(const Take& take);
    /// Returns whether more bytes would make a difference.
    [[nodiscard]] bool wants_more() const { return !over_; }

  private:
    struct Head {
        ChunkKind kind{};
        std::uint32_t raw = 0;
        std::uint32_t stored = 0;
    };

    [[nodiscard]] Result<void> check_header() const;
    /// Returns the chunk that is being collected.
    Chunk& chunk() { return aside_ != nullptr ? aside_->slot() : chunk_; }
    /// Takes the bytes that belong to the next chunk. Returns whether the chunk is complete, or turned out to
    /// be no chunk.
    bool collect(std::span<const std::byte>& bytes);
    [[nodiscard]] std::optional<Head> head(std::span<const std::byte> bytes) const;
    /// Decompresses the collected chunk, on this thread or aside.
    void hand_over(const Take& take);
    /// Checks whether a chunk is as it was written, and decompresses and reads its content.
    void unfold(Chunk& chunk);
    void tell(const Chunk& chunk, const Take& take);
    void tell_oldest(const Take& take);

    std::string name_;
    std::uint64_t size_;
    Unfolding unfolding_;
    std::vector<std::byte> header_;  // the bytes before the first chunk
    std::uint64_t at_ = 0;           // bytes of whole chunks
    std::uint32_t number_ = 0;
    bool ended_ = false;   // the chunk which says that nothing is missing was read
    bool over_ = false;    // further bytes make no difference
    bool silent_ = false;  // `take` is called no more
    Decompressor decompressor_;
    Chunk chunk_;  // the chunk that is being collected, where chunks are decompressed here
    std::unique_ptr<Aside<Chunk, 4>> aside_;  // the last member: its thread uses the others
};

}  // namespace loopscope::format
