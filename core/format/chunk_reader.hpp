#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/source.hpp"
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
    std::uint64_t end = 0;     ///< how many bytes of the file are whole with it
    std::uint64_t stored = 0;  ///< how many bytes it takes in the file
    std::uint64_t size = 0;    ///< how many it unfolds to, as it says
    std::vector<std::byte> raw;
    bool too_large = false;     ///< for what is stored of it: it was not unfolded
    bool decompressed = false;  ///< of a kind that is known here, and unfolded

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

/// Reads one file, chunk by chunk: finds where each begins and ends, whether it is as it was written, and
/// what it holds. Whether that makes a trace is for others to say.
class ChunkReader {
  public:
    /// `name` is what errors call the file.
    ChunkReader(Source& source, std::string name) : source_(source), name_(std::move(name)) {}

    /// Reads what stands before the first chunk.
    [[nodiscard]] Result<void> header();
    /// Reads the next chunk into `chunk`, whose memory is used again. REQUIRES: there was a header, and the
    /// last step was `read`.
    void next(Chunk& chunk);

  private:
    struct Head {
        ChunkKind kind{};
        std::uint32_t raw = 0;
        std::uint32_t stored = 0;
    };

    Chunk::Step read(Chunk& chunk);
    void unfold(Chunk& chunk, std::span<const std::byte> stored);
    [[nodiscard]] std::optional<Head> head(std::span<const std::byte> bytes) const;

    Source& source_;
    std::string name_;
    std::uint64_t at_ = 0;  // bytes of whole chunks
    std::uint32_t number_ = 0;
    bool ended_ = false;
    Decompressor decompressor_;
};

}  // namespace loopscope::format
