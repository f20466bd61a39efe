#include "core/exchange/readers.hpp"

#include <array>
#include <memory>
#include <utility>

#include "core/exchange/chrome_reader.hpp"
#include "core/exchange/json_kind.hpp"
#include "core/exchange/loopscope_reader.hpp"
#include "core/exchange/sniffing.hpp"
#include "core/exchange/unpacking_reader.hpp"
#include "core/format/layout.hpp"

namespace loopscope::exchange {
namespace {

using namespace std::string_view_literals;

Match is_loopscope(FirstBytes first) {
    return begins_like(first.text(),
                       {reinterpret_cast<const char*>(format::signature.data()), format::signature.size()});
}

template <JsonKind Kind>
Match is_json(FirstBytes first) {
    const JsonKind kind = json_kind(first.bytes, first.all);
    if (kind == JsonKind::undecided) return Match::maybe;
    return kind == Kind ? Match::yes : Match::no;
}

/// Returns whether bytes begin as gzip (RFC 1952), or as a zstd frame or one that is to be skipped (RFC
/// 8878).
Match is_packed(FirstBytes first) {
    const std::string_view text = first.text();
    if (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xf0U) == 0x50)
        return begins_like(text.substr(1), "\x2a\x4d\x18"sv);
    return either(begins_like(text, "\x1f\x8b"sv), begins_like(text, "\x28\xb5\x2f\xfd"sv));
}

template <class Reader>
std::unique_ptr<TraceReader> make(Incoming incoming, trace::LogProgress progress) {
    return std::make_unique<Reader>(std::move(incoming), std::move(progress));
}

constexpr std::array readable = {
    ReadableFormat{".loopscope files", is_loopscope, make<LoopscopeReader>},
    ReadableFormat{"Chrome traces in JSON", is_json<JsonKind::trace>, make<ChromeReader>},
    ReadableFormat{"all of these compressed with gzip or zstd", is_packed, make<UnpackingReader>},
};

}  // namespace

std::span<const ReadableFormat> readable_formats() {
    return readable;
}

}  // namespace loopscope::exchange
