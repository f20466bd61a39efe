#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.hpp"

struct ZSTD_CCtx_s;
struct ZSTD_CDict_s;
struct ZSTD_DCtx_s;
struct ZSTD_DDict_s;

/// The chunks of a file as zstd frames. Those of events are told apart from what most traces hold: with the
/// dictionary assets/events.zdict, which is a part of the format (docs/trace_format.md), a trace of fifty
/// events takes half the bytes, because its own are too few to learn from.
namespace loopscope::format {

/// What a chunk holds, as far as compression cares.
enum class Content {
    text,    ///< the dictionary knows nothing like it
    events,  ///< as the dictionary's samples
};

/// How much time it may take.
enum class Effort {
    quick,     ///< as little as there is: somebody waits for each chunk
    thorough,  ///< as much as a file that is kept is worth
};

class Compressor {
  public:
    explicit Compressor(Effort effort = Effort::thorough);
    Compressor(Compressor&&) noexcept;
    Compressor& operator=(Compressor&&) noexcept;
    ~Compressor();

    /// One frame that says its content's size; good until the next call. An error if memory runs out.
    [[nodiscard]] Result<std::span<const std::byte>> compress(std::span<const std::byte> raw,
                                                              Content content);

  private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
        void operator()(ZSTD_CDict_s* dictionary) const;
    };

    using Dictionary = std::unique_ptr<ZSTD_CDict_s, Free>;
    std::size_t compress_events(std::span<const std::byte> raw);

    Effort effort_;
    std::unique_ptr<ZSTD_CCtx_s, Free> context_;
    Dictionary for_small_;  // each is made when first used
    Dictionary for_large_;
    std::vector<std::byte> stored_;
};

class Decompressor {
  public:
    Decompressor();
    Decompressor(Decompressor&&) noexcept;
    Decompressor& operator=(Decompressor&&) noexcept;
    ~Decompressor();

    /// A frame's content. False unless it is one whole frame, says that it holds as many bytes as `raw`, and
    /// does.
    [[nodiscard]] bool decompress(std::span<const std::byte> stored, std::span<std::byte> raw);

  private:
    struct Free {
        void operator()(ZSTD_DCtx_s* context) const;
        void operator()(ZSTD_DDict_s* dictionary) const;
    };

    std::unique_ptr<ZSTD_DCtx_s, Free> context_;
    std::unique_ptr<ZSTD_DDict_s, Free> dictionary_;  // made when first used
};

}  // namespace loopscope::format
