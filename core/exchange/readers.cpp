// SPDX-License-Identifier: MIT
#include "core/exchange/readers.hpp"

#include <array>
#include <memory>
#include <utility>

#include "core/exchange/chrome_reader.hpp"
#include "core/exchange/loopscope_reader.hpp"
#include "core/exchange/perfetto_reader.hpp"
#include "core/exchange/sniffing.hpp"
#include "core/exchange/speedscope_reader.hpp"
#include "core/exchange/tokio_console_reader.hpp"
#include "core/exchange/unpacking_reader.hpp"
#include "core/exchange/wire_fields.hpp"
#include "core/format/layout.hpp"

namespace loopscope::exchange {
namespace {

using namespace std::string_view_literals;

Match is_loopscope(FirstBytes first) {
    return begins_like(first.text(),
                       {reinterpret_cast<const char*>(format::signature.data()), format::signature.size()});
}

/// Returns whether bytes begin as gzip (RFC 1952), or as a zstd frame or one that is to be skipped (RFC
/// 8878).
Match is_packed(FirstBytes first) {
    const std::string_view text = first.text();
    if (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xf0U) == 0x50)
        return begins_like(text.substr(1), "\x2a\x4d\x18"sv);
    return either(begins_like(text, "\x1f\x8b"sv), begins_like(text, "\x28\xb5\x2f\xfd"sv));
}

/// Returns whether bytes begin with a packet's length and, in the packet, a field that packets begin with.
/// What pprof writes begins like a packet of ftrace's, and so may JSON behind an empty line: neither is one.
Match is_perfetto(FirstBytes first) {
    std::string_view rest = first.text();
    if (rest.empty()) return Match::maybe;
    if (rest.front() != '\x0a') return Match::no;
    rest.remove_prefix(1);
    std::uint64_t length = 0;
    const bool json = !rest.empty() && (rest.front() == '{' || rest.front() == '[');
    if (!WireFields::take_varint(rest, length))
        return rest.size() < WireFields::max_varint ? Match::maybe : Match::no;
    if (length == 0) return Match::no;
    std::uint64_t tag = 0;
    if (!WireFields::take_varint(rest, tag))
        return rest.size() < WireFields::max_varint ? Match::maybe : Match::no;
    const std::uint64_t field = tag >> 3;
    constexpr std::uint64_t max_field = 1000;
    constexpr std::uint64_t ftrace = 1;
    if (field == 0 || field > max_field) return Match::no;
    if (field == ftrace) return tag == (ftrace << 3 | 2) && !json ? Match::yes : Match::no;
    const std::uint64_t type = tag & 7;
    return type <= 2 || type == 5 ? (json && tag < 0x80 ? Match::no : Match::yes) : Match::no;
}

template <class Reader>
std::unique_ptr<TraceReader> make(Incoming incoming, trace::LogProgress progress) {
    return std::make_unique<Reader>(std::move(incoming), std::move(progress));
}

constexpr std::array readable = {
    ReadableFormat{".loopscope files", is_loopscope, make<LoopscopeReader>},
    ReadableFormat{"Chrome traces in JSON", is_json<JsonKind::trace>, make<ChromeReader>},
    ReadableFormat{"speedscope's evented profiles", is_json<JsonKind::speedscope>, make<SpeedscopeReader>},
    ReadableFormat{"recordings for tokio's console", is_json<JsonKind::tokio_console>,
                   make<TokioConsoleReader>},
    ReadableFormat{"Perfetto traces in protobuf", is_perfetto, make<PerfettoReader>},
    ReadableFormat{"all of these compressed with gzip or zstd", is_packed, make<UnpackingReader>},
};

}  // namespace

std::span<const ReadableFormat> readable_formats() {
    return readable;
}

}  // namespace loopscope::exchange
