#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <zlib.h>
#include <zstd.h>

namespace loopscope::exchange {

/// Returns a text compressed with zlib; as one gzip member, unless `gzip` is false.
inline std::string deflated(std::string_view text, bool gzip = true) {
    z_stream stream{};
    constexpr int level = 1;
    constexpr int memory = 9;
    constexpr int as_gzip = 16;
    if (deflateInit2(&stream, level, Z_DEFLATED, MAX_WBITS + (gzip ? as_gzip : 0), memory,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string packed(deflateBound(&stream, text.size()), '\0');
    // zlib declares its input as bytes that it may change, and changes none.
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

inline std::string gzipped(std::string_view text) {
    return deflated(text);
}

/// Returns a text as one zstd frame.
inline std::string zstandard(std::string_view text) {
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

}  // namespace loopscope::exchange
