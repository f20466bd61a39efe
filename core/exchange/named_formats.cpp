// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string_view>

#include "core/exchange/readers.hpp"
#include "core/exchange/sniffing.hpp"

namespace loopscope::exchange {
namespace {

using namespace std::string_view_literals;

// What begins with certain bytes. The text is a parameter of the template, so that each is a function of its
// own; a literal cannot be one, an object can.
template <std::size_t Size>
struct Beginning {
    // NOLINTNEXTLINE(google-explicit-constructor): so that it can be written as a literal
    consteval Beginning(const char (&text)[Size]) { std::copy_n(text, Size, characters); }
    char characters[Size] = {};
    [[nodiscard]] constexpr std::string_view text() const { return {characters, Size - 1}; }
};

template <Beginning... Texts>
Match begins_with(FirstBytes first) {
    Match best = Match::no;
    ((best = either(best, begins_like(first.text(), Texts.text()))), ...);
    return best;
}

/// Returns whether bytes begin as a tar archive (POSIX.1-1988, ustar): with a file's name, which is none of
/// JSON's beginnings, and a mark further on.
Match is_tar(FirstBytes first) {
    constexpr std::size_t magic = 257;
    const std::string_view text = first.text();
    if (!text.empty() &&
        (text.front() <= ' ' || text.front() > '~' || text.front() == '{' || text.front() == '['))
        return Match::no;
    return has_at(text, magic, "ustar");
}

/// Returns whether bytes begin as a profile of pprof (its profile.proto): with a sample type, which is a
/// message of two small numbers.
Match is_pprof(FirstBytes first) {
    const std::string_view text = first.text();
    return both(begins_like(text, "\x0a\x04\x08"sv), has_at(text, 4, "\x10"sv));
}

constexpr std::array named = {
    NamedFormat{"compressed with xz",
                begins_with<"\xfd"
                            "7zXZ">,
                "unpack it: `xzcat FILE | loopscope open -`"},
    NamedFormat{"compressed with bzip2", begins_with<"BZh">, "unpack it: `bzcat FILE | loopscope open -`"},
    NamedFormat{"compressed with LZ4", begins_with<"\x04\x22\x4d\x18">,
                "unpack it: `lz4cat FILE | loopscope open -`"},
    NamedFormat{"compressed with compress", begins_with<"\x1f\x9d">,
                "unpack it: `zcat FILE | loopscope open -`"},
    NamedFormat{"a ZIP archive", begins_with<"PK\x03\x04">, "unpack it and open a trace that is in it"},
    NamedFormat{"a 7-Zip archive", begins_with<"7z\xbc\xaf\x27\x1c">,
                "unpack it and open a trace that is in it"},
    NamedFormat{"a tar archive", is_tar, "unpack it and open a trace that is in it"},
    NamedFormat{"text in UTF-16", begins_with<"\xff\xfe", "\xfe\xff">, "save it as UTF-8 and open that"},
    NamedFormat{"a recording of Linux's perf", begins_with<"PERFILE2", "2ELIFREP">,
                "it holds samples, which have no begin and no end; `perf script` shows them"},
    NamedFormat{"a recording of trace-cmd", begins_with<"\x17\x08\x44tracing">,
                "`trace-cmd report FILE` shows it"},
    NamedFormat{"a trace of LTTng",
                begins_with<"/* CTF 1", "\x57\x1d\xd1\x75", "\x75\xd1\x1d\x57", "\xc1\x1f\xfc\xc1",
                            "\xc1\xfc\x1f\xc1">,
                "it is not read; `babeltrace2 FOLDER` shows it"},
    NamedFormat{"a program or a library (ELF)",
                begins_with<"\x7f"
                            "ELF">,
                "record what it does and open that"},
    NamedFormat{"a picture (PNG)", begins_with<"\x89PNG">, "open the trace that it shows"},
    NamedFormat{"a picture (JPEG)", begins_with<"\xff\xd8\xff">, "open the trace that it shows"},
    NamedFormat{"a web page", begins_with<"<!DOCTYPE html", "<!doctype html", "<html">,
                "open the trace that it shows"},
    NamedFormat{"a PDF", begins_with<"%PDF-">, "open a trace"},
    NamedFormat{"a database of SQLite", begins_with<"SQLite format 3">, "it is not read; open a trace"},
    NamedFormat{"a trace of Go's runtime", begins_with<"go 1.">,
                "it is not read; `go tool trace FILE` shows it"},
    NamedFormat{"a profile of pprof", is_pprof,
                "it holds samples, which have no begin and no end; `go tool pprof FILE` shows them"},
    NamedFormat{"a recording of Java's Flight Recorder", begins_with<"FLR\0">, "`jfr print FILE` shows it"},
    NamedFormat{"a heap dump of Java's", begins_with<"JAVA PROFILE 1.">,
                "it shows memory and not time; open a trace"},
    NamedFormat{"a trace of .NET", begins_with<"Nettrace">,
                "convert it: `dotnet-trace convert --format Chromium FILE`"},
    NamedFormat{"a profile of Python's cProfile", begins_with<"{\xa9", "\xfb\xa9">,
                "it holds sums, which have no begin and no end; record the program: `loopscope record`"},
    NamedFormat{"a profile of V8", is_json<JsonKind::v8_profile>,
                "it holds samples, which have no begin and no end; record a trace instead: `node "
                "--trace-event-categories node.async_hooks FILE`"},
    NamedFormat{"a profile of memory of V8", is_json<JsonKind::v8_heap_profile>,
                "it shows memory and not time; open a trace"},
    NamedFormat{"a heap snapshot of V8", is_json<JsonKind::v8_heap_snapshot>,
                "it shows memory and not time; open a trace"},
    NamedFormat{"a profile of Firefox", is_json<JsonKind::firefox_profile>,
                "it holds samples, which have no begin and no end; profiler.firefox.com shows it"},
    NamedFormat{"a log of Chrome's network", is_json<JsonKind::network_log>,
                "it is not read; save a trace in the browser's Performance panel instead"},
    NamedFormat{"a diagnostic report of Node", is_json<JsonKind::node_report>,
                "it shows one moment and not time; open a trace"},
    NamedFormat{"a list of HTTP requests (HAR)", is_json<JsonKind::har>,
                "it is not read; save a trace in the browser's Performance panel instead"},
    NamedFormat{"spans of OpenTelemetry or Jaeger", is_json<JsonKind::spans>,
                "they are not read; Jaeger shows them"},
};

}  // namespace

std::span<const NamedFormat> named_formats() {
    return named;
}

}  // namespace loopscope::exchange
