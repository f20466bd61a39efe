// SPDX-License-Identifier: MIT
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

/// Compresses the chunks of a file as zstd frames. Chunks of events use the dictionary assets/events.zdict, a
/// sample of what most traces hold, which is a part of the format (docs/trace_format.md): with it a trace of
/// fifty events takes half the bytes, because its own events are too few for zstd to learn from.
namespace loopscope::format {

/// The content of a chunk, as far as it matters for compression.
enum class Content {
    text,    ///< unlike the samples of the dictionary
    events,  ///< like the samples of the dictionary
};

/// The amount of time that compressing may take.
enum class Effort {
    quick,     ///< as little as possible: a caller waits for each chunk
    thorough,  ///< as much as is reasonable for a file that is kept
};

/// Compresses chunks. Used from one thread at a time.
class Compressor {
  public:
    explicit Compressor(Effort effort = Effort::thorough);
    Compressor(Compressor&&) noexcept;
    Compressor& operator=(Compressor&&) noexcept;
    ~Compressor();

    /// Returns one zstd frame that says the size of its content; valid until the next call. Fails if memory
    /// runs out.
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

/// Decompresses chunks. Used from one thread at a time.
class Decompressor {
  public:
    Decompressor();
    Decompressor(Decompressor&&) noexcept;
    Decompressor& operator=(Decompressor&&) noexcept;
    ~Decompressor();

    /// Decompresses `stored` into `raw`. Returns false unless `stored` is one whole zstd frame that says that
    /// it holds as many bytes as `raw` has, and does.
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
