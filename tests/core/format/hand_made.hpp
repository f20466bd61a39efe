#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/format/bytes.hpp"
#include "core/format/checksum.hpp"
#include "core/format/compression.hpp"
#include "core/format/layout.hpp"
#include "core/format/reader.hpp"

namespace loopscope::format {

using Raw = std::function<void(ByteWriter&)>;

/// A file that is written chunk by chunk, whatever is in them.
class HandMade {
  public:
    HandMade() {
        bytes_.append(std::as_bytes(std::span(signature)));
        bytes_.u32(version);
        bytes_.u32(0);
    }

    HandMade& chunk(ChunkKind kind, const Raw& write) {
        ByteWriter raw;
        write(raw);
        const auto stored = compressor_.compress(raw.bytes(), Content::text).value();
        ByteWriter head;
        head.u32(static_cast<std::uint32_t>(kind));
        head.u32(static_cast<std::uint32_t>(raw.size()));
        head.u32(static_cast<std::uint32_t>(stored.size()));
        head.u32(number_++);
        head.u64(checksum(head.bytes(), stored));
        bytes_.append(head.bytes());
        bytes_.append(stored);
        return *this;
    }
    HandMade& info(std::string_view source = {}, std::uint64_t parameters = 0) {
        return chunk(ChunkKind::info, [&](ByteWriter& out) {
            for (const std::string_view text :
                 {std::string_view("p"), std::string_view("p.py"), source, std::string_view()})
                out.text(text);
            out.varint(parameters);
            for (std::uint64_t each = 0; each < 2 * parameters; ++each) out.u8(0);
        });
    }
    /// A `begin`, after as many strings.
    HandMade& begin(const std::vector<std::string>& strings = {}) {
        return chunk(ChunkKind::events, [&](ByteWriter& out) {
            for (const std::size_t number : {std::size_t{0}, std::size_t{0}, strings.size()})
                out.varint(number);
            for (const std::string& string : strings) out.text(string);
            out.varint(1);
            for (int each = 0; each < 5; ++each) out.u8(0);
        });
    }
    [[nodiscard]] Result<Loaded> load(Allowance allowance = Allowance()) const {
        return format::load(bytes_.bytes(), "t.loopscope", allowance);
    }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  private:
    ByteWriter bytes_;
    Compressor compressor_;
    std::uint32_t number_ = 0;
};

/// So many events of a kind of which nothing is said, after `before` events.
inline Raw plain(trace::Kind kind, std::uint64_t before, std::uint64_t count) {
    return [=](ByteWriter& out) {
        for (const std::uint64_t number : {before, std::uint64_t{0}, std::uint64_t{0}, count})
            out.varint(number);
        out.append(std::vector<std::byte>(count, static_cast<std::byte>(kind)));
        out.append(std::vector<std::byte>(4 * count));
    };
}

inline Raw numbers(std::vector<std::uint64_t> all) {
    return [all = std::move(all)](ByteWriter& out) {
        for (const std::uint64_t each : all) out.varint(each);
    };
}

}  // namespace loopscope::format
