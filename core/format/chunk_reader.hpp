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

/// A chunk as far as it can be understood without those before it.
struct Chunk {
    enum class Step : std::uint8_t {
        read,     ///< it is whole; more may follow
        ended,    ///< there is none: the file is over where it should be
        cut,      ///< the file is over before this one is
        damaged,  ///< what stands here is no chunk
    };

    Step step = Step::cut;
    ChunkKind kind{};
    std::uint32_t number = 0;
    std::uint64_t end = 0;          ///< how many bytes of the file are whole with it
    std::uint64_t stored = 0;       ///< how many bytes it takes in the file
    std::uint64_t size = 0;         ///< how many it unfolds to, as it says
    std::vector<std::byte> packed;  ///< the chunk as it is in the file
    std::vector<std::byte> raw;     ///< what it unfolds to
    bool too_large = false;         ///< for what is stored of it: it was not unfolded
    bool decompressed = false;      ///< of a kind that is known here, and unfolded

    /// What a chunk of events says.
    struct Events {
        std::uint64_t before = 0;          ///< events in the chunks before it
        std::uint64_t strings_before = 0;  ///< strings in them
        std::uint64_t string_count = 0;
        std::span<const std::byte> strings;  ///< a part of `raw`: so many texts
        std::vector<trace::Event> events;
        bool sound = false;     ///< whether its lengths fit
        bool too_many = false;  ///< more events than a chunk may have; they were not read
    };
    Events events;  ///< if it is of that kind
};

/// Reads one file, chunk by chunk, from bytes that are pushed in pieces of any size: finds where each chunk
/// begins and ends, whether it is as it was written, and what it holds. Whether that makes a trace is for
/// others to say.
class ChunkReader {
  public:
    /// Where chunks are unfolded.
    enum class Unfolding {
        here,   ///< as they come, on the caller's thread
        aside,  ///< on a thread of their own, while the caller looks at those before
    };
    /// Told of each chunk in order; returns false to hear of no more. The chunk is valid until it returns.
    using Take = std::function<bool(const Chunk&)>;

    /// `name` is what errors call the file, `size` how many bytes it has; 0: not known.
    ChunkReader(std::string name, std::uint64_t size, Unfolding unfolding)
        : name_(std::move(name)), size_(size), unfolding_(unfolding) {}

    /// Takes the next bytes and tells of the chunks that are whole by now; unfolded aside, of some of them
    /// later. Fails if what stands before the first chunk is not of this format and version. Throws what the
    /// thread throws, and that there is none to be had.
    Result<void> push(std::span<const std::byte> bytes, const Take& take);
    /// Tells of the rest; unless `take` said that it wants no more, the last one is none that was `read`.
    /// REQUIRES: push() has not failed, and neither is called again.
    Result<void> finish(const Take& take);
    /// Returns whether more bytes would change anything.
    [[nodiscard]] bool wants_more() const { return !over_; }

  private:
    struct Head {
        ChunkKind kind{};
        std::uint32_t raw = 0;
        std::uint32_t stored = 0;
    };

    [[nodiscard]] Result<void> check_header() const;
    /// The one that is being collected.
    Chunk& chunk() { return aside_ != nullptr ? aside_->slot() : chunk_; }
    /// Takes what belongs to the chunk that comes next. Returns whether it is complete, or no chunk.
    bool collect(std::span<const std::byte>& bytes);
    [[nodiscard]] std::optional<Head> head(std::span<const std::byte> bytes) const;
    /// Has the collected chunk unfolded, here or aside.
    void hand_over(const Take& take);
    /// Sees whether a chunk is as it was written, and finds out what it holds.
    void unfold(Chunk& chunk);
    void tell(const Chunk& chunk, const Take& take);
    void tell_oldest(const Take& take);

    std::string name_;
    std::uint64_t size_;
    Unfolding unfolding_;
    std::vector<std::byte> header_;  // what stands before the first chunk
    std::uint64_t at_ = 0;           // bytes of whole chunks
    std::uint32_t number_ = 0;
    bool ended_ = false;   // the chunk that says that nothing is missing was there
    bool over_ = false;    // nothing that comes counts any more
    bool silent_ = false;  // nothing more is told
    Decompressor decompressor_;
    Chunk chunk_;                             // the one that is being collected, where it is unfolded here
    std::unique_ptr<Aside<Chunk, 4>> aside_;  // last: its thread uses the others
};

}  // namespace loopscope::format
