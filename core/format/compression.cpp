// SPDX-License-Identifier: MIT
#include "core/format/compression.hpp"

#include <string_view>

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace loopscope::dictionaries {

std::string_view file(std::string_view name);

}  // namespace loopscope::dictionaries

namespace loopscope::format {
namespace {

/// The default level of zstd.
constexpr int usual_level = 3;
/// The level for small chunks, for which the best level takes no time that anybody would notice.
constexpr int small_level = 19;
/// The level for other events: higher ones take many times as long. A quarter of the bytes is saved where
/// events repeat all the time.
constexpr int events_level = 6;
constexpr int quick_level = 1;
/// The maximum number of bytes of a small chunk.
constexpr std::size_t max_small_bytes = std::size_t{16} << 10;

std::string_view dictionary() {
    return dictionaries::file("events.zdict");
}

}  // namespace

void Compressor::Free::operator()(ZSTD_CCtx_s* context) const {
    ZSTD_freeCCtx(context);
}
void Compressor::Free::operator()(ZSTD_CDict_s* dictionary) const {
    ZSTD_freeCDict(dictionary);
}

Compressor::Compressor(Effort effort) : effort_(effort), context_(ZSTD_createCCtx()) {}
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;
Compressor::~Compressor() = default;

std::size_t Compressor::compress_events(std::span<const std::byte> raw) {
    const bool small = raw.size() <= max_small_bytes;
    Dictionary& known = small ? for_small_ : for_large_;
    if (known == nullptr) {
        const int level = effort_ == Effort::quick ? quick_level : small ? small_level : events_level;
        known.reset(ZSTD_createCDict(dictionary().data(), dictionary().size(), level));
    }
    return ZSTD_compress_usingCDict(context_.get(), stored_.data(), stored_.size(), raw.data(), raw.size(),
                                    known.get());
}

Result<std::span<const std::byte>> Compressor::compress(std::span<const std::byte> raw, Content content) {
    stored_.resize(ZSTD_compressBound(raw.size()));
    const bool small = raw.size() <= max_small_bytes;
    const std::size_t size =
        content == Content::events
            ? compress_events(raw)
            : ZSTD_compressCCtx(context_.get(), stored_.data(), stored_.size(), raw.data(), raw.size(),
                                small ? small_level : usual_level);
    if (ZSTD_isError(size) != 0)
        return fail(fmt::format("the trace cannot be compressed: {}", ZSTD_getErrorName(size)),
                    ZSTD_getErrorCode(size) == ZSTD_error_memory_allocation ? Error::Code::out_of_memory
                                                                            : Error::Code::other);
    return std::span<const std::byte>(stored_).first(size);
}

void Decompressor::Free::operator()(ZSTD_DCtx_s* context) const {
    ZSTD_freeDCtx(context);
}
void Decompressor::Free::operator()(ZSTD_DDict_s* dictionary) const {
    ZSTD_freeDDict(dictionary);
}

Decompressor::Decompressor() : context_(ZSTD_createDCtx()) {}
Decompressor::Decompressor(Decompressor&&) noexcept = default;
Decompressor& Decompressor::operator=(Decompressor&&) noexcept = default;
Decompressor::~Decompressor() = default;

bool Decompressor::decompress(std::span<const std::byte> stored, std::span<std::byte> raw) {
    if (ZSTD_getFrameContentSize(stored.data(), stored.size()) != raw.size()) return false;
    const bool known = ZSTD_getDictID_fromFrame(stored.data(), stored.size()) != 0;
    if (known && dictionary_ == nullptr)
        dictionary_.reset(ZSTD_createDDict(dictionary().data(), dictionary().size()));
    const std::size_t size =
        known ? ZSTD_decompress_usingDDict(context_.get(), raw.data(), raw.size(), stored.data(),
                                           stored.size(), dictionary_.get())
              : ZSTD_decompressDCtx(context_.get(), raw.data(), raw.size(), stored.data(), stored.size());
    return size == raw.size();
}

}  // namespace loopscope::format
