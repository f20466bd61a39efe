#include "core/exchange/readers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/exchange/chrome_reader.hpp"
#include "core/exchange/loopscope_reader.hpp"
#include "core/format/layout.hpp"

namespace loopscope::exchange {
namespace {

using namespace std::string_view_literals;

std::string_view text_of(FirstBytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Match match(std::string_view text, std::string_view beginning) {
    const std::string_view both = text.substr(0, beginning.size());
    if (both != beginning.substr(0, both.size())) return Match::no;
    return both.size() == beginning.size() ? Match::yes : Match::maybe;
}

/// Returns a text without the white space at its beginning.
std::string_view after_space(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

/// Returns a text without the byte order mark at its beginning, which JSON may have.
std::string_view after_mark(std::string_view text) {
    return text.starts_with(RecordScanner::encoding_mark) ? text.substr(RecordScanner::encoding_mark.size())
                                                          : text;
}

Match begins_with(FirstBytes first, std::string_view text) {
    return match(text_of(first), text);
}

/// Returns whether JSON begins with these tokens, with or without white space between them.
Match begins_with_json(FirstBytes first, std::span<const std::string_view> tokens) {
    std::string_view rest = text_of(first);
    if (match(rest, RecordScanner::encoding_mark) == Match::maybe) return Match::maybe;
    rest = after_mark(rest);
    for (const std::string_view token : tokens) {
        rest = after_space(rest);
        const Match found = match(rest, token);
        if (found != Match::yes) return found;
        rest.remove_prefix(token.size());
    }
    return Match::yes;
}

// --- Formats that can be read ---

Match is_loopscope(FirstBytes first) {
    return begins_with(first,
                       {reinterpret_cast<const char*>(format::signature.data()), format::signature.size()});
}

Match is_json(FirstBytes first) {
    const std::string_view text = text_of(first);
    if (match(text, RecordScanner::encoding_mark) == Match::maybe) return Match::maybe;
    const std::string_view root = after_space(after_mark(text));
    if (root.empty()) return Match::maybe;
    return root.front() == '[' || root.front() == '{' ? Match::yes : Match::no;
}

template <class Reader>
std::unique_ptr<TraceReader> make(Incoming incoming, trace::LogProgress progress) {
    return std::make_unique<Reader>(std::move(incoming), std::move(progress));
}

constexpr std::array readable = {
    ReadableFormat{".loopscope files", is_loopscope, make<LoopscopeReader>},
    ReadableFormat{"Chrome traces in JSON", is_json, make<ChromeReader>},
};

// --- Formats that are only named ---

template <std::size_t Size>
Match matches_json(FirstBytes first, const std::array<std::string_view, Size>& tokens) {
    return begins_with_json(first, tokens);
}

Match is_gzip(FirstBytes first) {
    return begins_with(first, "\x1f\x8b");
}
Match is_zstd(FirstBytes first) {
    return begins_with(first, "\x28\xb5\x2f\xfd");
}
Match is_zip(FirstBytes first) {
    return begins_with(first, "PK\x03\x04");
}
Match is_perf_data(FirstBytes first) {
    return begins_with(first, "PERFILE2");
}
Match is_go_trace(FirstBytes first) {
    return begins_with(first, "go 1.");
}
Match is_utf16(FirstBytes first) {
    return std::max(begins_with(first, "\xff\xfe"), begins_with(first, "\xfe\xff"));
}
Match is_v8_profile(FirstBytes first) {
    return matches_json(first, std::array{"{"sv, "\"nodes\""sv, ":"sv, "["sv});
}
Match is_har(FirstBytes first) {
    return matches_json(first, std::array{"{"sv, "\"log\""sv, ":"sv, "{"sv});
}
Match is_firefox_profile(FirstBytes first) {
    return matches_json(first, std::array{"{"sv, "\"meta\""sv, ":"sv, "{"sv, "\"interval\""sv});
}
Match is_speedscope(FirstBytes first) {
    return matches_json(first, std::array{"{"sv, "\"$schema\""sv, ":"sv, "\"https://www.speedscope.app/"sv});
}

/// Returns whether the bytes begin with a packet's length and, in the packet, a field that packets begin
/// with: their clocks, a timestamp, a sequence or a track.
Match is_perfetto(FirstBytes first) {
    constexpr std::array tags = {'\x32', '\x40', '\x50', '\xe2'};
    constexpr std::size_t max_length = 5;  // bytes of a packet's length
    const std::string_view text = text_of(first);
    if (text.empty()) return Match::maybe;
    if (text.front() != '\x0a') return Match::no;
    std::size_t at = 1;
    while (at < text.size() && at < max_length && (static_cast<unsigned char>(text[at]) & 0x80U) != 0) ++at;
    if (++at >= text.size()) return Match::maybe;
    return std::ranges::find(tags, text[at]) == tags.end() ? Match::no : Match::yes;
}

constexpr std::array named = {
    NamedFormat{"compressed with gzip", is_gzip, "unpack it: `zcat FILE | loopscope open -`"},
    NamedFormat{"compressed with zstd", is_zstd, "unpack it: `zstdcat FILE | loopscope open -`"},
    NamedFormat{"a ZIP archive", is_zip, "unpack it and open a trace that is in it"},
    NamedFormat{"text in UTF-16", is_utf16, "save it as UTF-8 and open that"},
    NamedFormat{"a recording of Linux's perf", is_perf_data,
                "samples show no tasks; record a Chrome trace of the program instead"},
    NamedFormat{"a trace of Go's runtime", is_go_trace,
                "it is not read; record a Chrome trace of the program instead"},
    NamedFormat{"a profile of V8", is_v8_profile,
                "samples show no tasks; record a trace instead: `node --trace-event-categories "
                "node.async_hooks FILE`"},
    NamedFormat{"a profile of Firefox", is_firefox_profile,
                "samples show no tasks; record a Chrome trace of the program instead"},
    NamedFormat{"a profile of speedscope", is_speedscope,
                "it is not read; open the trace that it was made of, if that is Chrome's"},
    NamedFormat{"a list of HTTP requests (HAR)", is_har,
                "it is not read; save a trace in the browser's Performance panel instead"},
    NamedFormat{"a trace of Perfetto's in protobuf", is_perfetto,
                "it is not read; save it as Chrome JSON: `traceconv json FILE FILE.json`"},
};

}  // namespace

std::span<const ReadableFormat> readable_formats() {
    return readable;
}

std::span<const NamedFormat> named_formats() {
    return named;
}

}  // namespace loopscope::exchange
