// SPDX-License-Identifier: MIT
#include "core/exchange/unpacker.hpp"

#include <algorithm>
#include <new>

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace loopscope::exchange {

/// Unpacks one member or frame after another.
class Unpacker::Stream {
  public:
    /// What one step did.
    struct Step {
        std::size_t taken = 0;  ///< packed bytes
        std::size_t made = 0;   ///< unpacked bytes
        State state = State::inside;
    };

    Stream() = default;
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    virtual ~Stream() = default;

    /// Unpacks as much as there is room for in `out`.
    virtual Step step(std::span<const std::byte> packed, std::span<std::byte> out) = 0;
    virtual void restart() = 0;
    /// Returns whether a member or frame can begin with a byte.
    [[nodiscard]] virtual bool may_begin_with(std::byte first) const = 0;
};

namespace {

/// How many bytes are unpacked in one step.
constexpr std::size_t step_size = std::size_t{1} << 18;

class DeflateStream final : public Unpacker::Stream {
  public:
    explicit DeflateStream(bool gzip) : gzip_(gzip) {
        constexpr int only_gzip = 16;  // added to the window's size: see inflateInit2 in zlib.h
        if (inflateInit2(&stream_, MAX_WBITS + (gzip ? only_gzip : 0)) != Z_OK) throw std::bad_alloc();
    }
    DeflateStream(const DeflateStream&) = delete;
    DeflateStream& operator=(const DeflateStream&) = delete;
    ~DeflateStream() override { inflateEnd(&stream_); }

    Step step(std::span<const std::byte> packed, std::span<std::byte> out) override {
        // zlib declares its input as bytes that it may change, and changes none.
        stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
        stream_.avail_in = static_cast<uInt>(packed.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        const int result = inflate(&stream_, Z_NO_FLUSH);
        if (result == Z_MEM_ERROR) throw std::bad_alloc();
        const Step done{packed.size() - stream_.avail_in, out.size() - stream_.avail_out, state_of(result)};
        if (result == Z_STREAM_END) inflateReset(&stream_);
        return done;
    }
    [[nodiscard]] bool may_begin_with(std::byte first) const override {
        // Deflate with any window (RFC 1950, 2.2).
        return gzip_ ? first == std::byte{0x1f} : (first & std::byte{0x0f}) == std::byte{8};
    }
    void restart() override { inflateReset(&stream_); }

  private:
    static Unpacker::State state_of(int result) {
        if (result == Z_STREAM_END) return Unpacker::State::between;
        // Z_BUF_ERROR: nothing could be done, for there were no more bytes.
        return result == Z_OK || result == Z_BUF_ERROR ? Unpacker::State::inside : Unpacker::State::damaged;
    }

    bool gzip_;
    z_stream stream_{};
};

class ZstdStream final : public Unpacker::Stream {
  public:
    ZstdStream() : stream_(ZSTD_createDStream()) {
        if (stream_ == nullptr) throw std::bad_alloc();
    }

    Step step(std::span<const std::byte> packed, std::span<std::byte> out) override {
        // What zstd made in the call in which it finds a fault is lost. So no call takes more than a block.
        ZSTD_inBuffer from{packed.data(), std::min(packed.size(), wanted_), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        const std::size_t result = ZSTD_decompressStream(stream_.get(), &to, &from);
        wanted_ = result == 0 || ZSTD_isError(result) != 0 ? begin_size : result;
        return {from.pos, to.pos, state_of(result)};
    }
    [[nodiscard]] bool may_begin_with(std::byte first) const override {
        // The first byte of a frame, or of one that is to be skipped (RFC 8878, 3.1.1 and 3.1.2).
        return first == std::byte{0x28} || (first & std::byte{0xf0}) == std::byte{0x50};
    }
    void restart() override {
        ZSTD_DCtx_reset(stream_.get(), ZSTD_reset_session_only);
        wanted_ = begin_size;
    }

  private:
    struct Free {
        void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
    };

    static Unpacker::State state_of(std::size_t result) {
        if (ZSTD_isError(result) == 0)
            return result == 0 ? Unpacker::State::between : Unpacker::State::inside;
        const ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
        if (code == ZSTD_error_memory_allocation) throw std::bad_alloc();
        return code == ZSTD_error_frameParameter_windowTooLarge ? Unpacker::State::too_wide
                                                                : Unpacker::State::damaged;
    }

    static constexpr std::size_t begin_size = 5;  // the least that zstd takes of a frame

    std::unique_ptr<ZSTD_DStream, Free> stream_;
    std::size_t wanted_ = begin_size;  // how many bytes zstd asks for
};

std::unique_ptr<Unpacker::Stream> stream_for(Packing packing) {
    if (packing == Packing::zstd) return std::make_unique<ZstdStream>();
    return std::make_unique<DeflateStream>(packing == Packing::gzip);
}

}  // namespace

std::string_view name_of(Packing packing) {
    if (packing == Packing::zlib) return "zlib";
    return packing == Packing::gzip ? "gzip" : "zstd";
}

Unpacker::Unpacker(Packing packing) : stream_(stream_for(packing)), made_(step_size) {}

Unpacker::~Unpacker() = default;

void Unpacker::restart() {
    stream_->restart();
    state_ = State::between;
    taken_ = 0;
    padded_ = false;
}

void Unpacker::unpack(std::span<const std::byte> packed, std::vector<std::byte>& out, std::uint64_t room) {
    bool more = false;  // whether the last step may have had more to give than it had room for
    while ((!packed.empty() || more) && !over()) {
        if (state_ == State::between) packed = begin_member(packed);
        if (state_ != State::inside) break;
        // One byte more than there is room for tells whether there is more.
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(step_size, room + 1));
        const Stream::Step done = stream_->step(packed, std::span(made_).first(size));
        const auto kept = static_cast<std::size_t>(std::min<std::uint64_t>(done.made, room));
        out.insert(out.end(), made_.begin(), made_.begin() + static_cast<std::ptrdiff_t>(kept));
        packed = packed.subspan(done.taken);
        taken_ += done.taken;
        more = done.state == State::inside && done.made == size;
        state_ = done.made > room ? State::full : done.state;
        room -= kept;
    }
}

std::span<const std::byte> Unpacker::begin_member(std::span<const std::byte> packed) {
    if (taken_ > 0) {
        // Tapes and block devices are padded with zeros, which gzip(1) ignores as well.
        const auto first = std::ranges::find_if(packed, [](std::byte byte) { return byte != std::byte{0}; });
        const auto zeros = static_cast<std::size_t>(first - packed.begin());
        padded_ = padded_ || zeros > 0;
        packed = packed.subspan(zeros);
        taken_ += zeros;
    }
    if (packed.empty()) return packed;
    state_ = padded_ || !stream_->may_begin_with(packed.front()) ? State::trailing : State::inside;
    return packed;
}

}  // namespace loopscope::exchange
