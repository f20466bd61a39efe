#include "core/exchange/any_reader.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/json_kind.hpp"
#include "core/exchange/readers.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::exchange {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// All that can be told from what was read, or from why nothing was.
struct Outcome {
    std::vector<trace::Event> events;
    std::vector<std::string> strings;
    format::Info info;
    std::string sentence;
    std::uint64_t records = 0;
    std::uint64_t skipped = 0;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome_of(const Result<Imported>& imported) {
    if (!imported) return {{}, {}, {}, imported.error().message, 0, 0};
    return {trace::events_of(*imported->log),
            trace::strings_of(*imported->log),
            imported->info,
            imported->missing,
            imported->records,
            imported->skipped};
}

/// Reads a text whose pieces are so long as `next_size` says.
template <class NextSize>
Outcome read(std::string_view text, bool size_is_known, NextSize next_size) {
    AnyReader reader({"folder/t", "t", size_is_known ? text.size() : 0});
    while (!text.empty() && reader.wants_more()) {
        const std::string_view piece = text.substr(0, next_size());
        text.remove_prefix(piece.size());
        if (auto pushed = reader.push(std::as_bytes(std::span(piece))); !pushed)
            return {{}, {}, {}, pushed.error().message, 0, 0};
    }
    return outcome_of(reader.finish());
}

Outcome read_at_once(std::string_view text, bool size_is_known = true) {
    return read(text, size_is_known, [&] { return text.size(); });
}

std::string contents_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Text {
    std::filesystem::path path;
    std::string text;
};

/// What every file is made of that the tree has for such purposes: of earlier builds, and what the fuzzers
/// begin with, without the bytes that tell them what to do with it.
std::vector<Text> all_texts() {
    constexpr std::size_t max_head = 9;
    const std::filesystem::path tests = LOOPSCOPE_TESTS_DIR;
    std::vector<Text> texts;
    for (const auto& folder :
         {tests / "core/format/files", tests / "core/exchange/cases", tests.parent_path() / "fuzz/corpus"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            std::string text = contents_of(entry.path());
            for (std::size_t head = 0; head <= std::min(max_head, text.size()); ++head) {
                const auto first = std::as_bytes(std::span(text)).subspan(head);
                if (std::ranges::none_of(readable_formats(), [&](const ReadableFormat& format) {
                        return format.sniff({first}) == Match::yes;
                    }))
                    continue;
                text.erase(0, head);
                break;
            }
            texts.push_back({entry.path(), std::move(text)});
        }
    }
    return texts;
}

TEST(AnyReader, makes_the_same_of_a_file_whatever_the_pieces) {
    std::mt19937 random(7);
    std::size_t read_whole = 0;
    for (const auto& [path, text] : all_texts()) {
        for (const bool size_is_known : {true, false}) {
            const Outcome expected = read_at_once(text, size_is_known);
            if (!expected.events.empty()) ++read_whole;
            EXPECT_EQ(read(text, size_is_known, [] { return std::size_t{1}; }), expected) << path;
            for (const std::size_t max_piece : {40U, 5000U}) {
                std::uniform_int_distribution<std::size_t> size(1, max_piece);
                EXPECT_EQ(read(text, size_is_known, [&] { return size(random); }), expected) << path;
            }
        }
    }
    EXPECT_GT(read_whole, 30U);
}

TEST(AnyReader, finds_the_same_fault_at_the_same_byte_whatever_the_pieces) {
    const std::filesystem::path tests = LOOPSCOPE_TESTS_DIR;
    std::mt19937 random(11);
    for (const auto& path : {tests / "core/format/files/v1/switched.loopscope",
                             tests.parent_path() / "fuzz/corpus/chrome/object.json"}) {
        const std::string whole = contents_of(path);
        ASSERT_FALSE(whole.empty());
        for (int round = 0; round < 150; ++round) {
            std::string text = whole;
            const std::size_t at = random() % text.size();
            if (round % 2 == 0)
                text.resize(at);
            else
                text[at] = static_cast<char>(text[at] ^ (1 << random() % 8));
            std::uniform_int_distribution<std::size_t> size(1, 1 + text.size() / 4);
            EXPECT_EQ(read(text, true, [&] { return size(random); }), read_at_once(text)) << path << at;
        }
    }
}

TEST(AnyReader, wants_no_more_once_nothing_would_change) {
    AnyReader reader({"t", "t", 0});
    const std::string_view array = R"([{"ph":"i","ts":1,"name":"a"}])";
    ASSERT_TRUE(reader.push(std::as_bytes(std::span(array))));
    EXPECT_TRUE(reader.wants_more()) << "another trace may follow, and that is said";
    ASSERT_TRUE(reader.push(std::as_bytes(std::span(std::string_view(" [")))));
    EXPECT_FALSE(reader.wants_more());
    EXPECT_TRUE(reader.finish());
}

TEST(AnyReader, says_what_a_file_is_that_it_does_not_read_and_what_to_do) {
    using namespace std::string_view_literals;
    const std::vector<std::tuple<std::string_view, const char*, const char*>> known = {
        {"\xfd"
         "7zXZ\0"sv,
         "compressed with xz", "xzcat"},
        {"BZh91AY"sv, "compressed with bzip2", "bzcat"},
        {"\x04\x22\x4d\x18"sv, "compressed with LZ4", "lz4cat"},
        {"\x1f\x9d\x90"sv, "compressed with compress", "zcat"},
        {"PK\x03\x04\x14"sv, "ZIP", "unpack"},
        {"7z\xbc\xaf\x27\x1c"sv, "7-Zip", "unpack"},
        {"PERFILE2........"sv, "perf", "perf script"},
        {"\x17\x08\x44tracing"sv, "trace-cmd", "report"},
        {"/* CTF 1.8 */"sv, "LTTng", "babeltrace2"},
        {"\x7f"
         "ELF\x02"sv,
         "ELF", "record"},
        {"\x89PNG\r\n"sv, "PNG", "open the trace"},
        {"<!DOCTYPE html>"sv, "web page", "open the trace"},
        {"go 1.22 trace\0\0\0"sv, "Go's runtime", "go tool trace"},
        {"\x0a\x04\x08\x01\x10\x02"sv, "pprof", "go tool pprof"},
        {"FLR\0\0\2"sv, "Flight Recorder", "jfr print"},
        {"JAVA PROFILE 1.0.2"sv, "heap dump", "memory"},
        {"Nettrace\x14"sv, ".NET", "dotnet-trace convert"},
        {"{\xa9\3z"sv, "cProfile", "loopscope record"},
        {"\xff\xfe[\0"sv, "UTF-16", "UTF-8"},
        {R"({"nodes":[{"id":1,"callFrame":{}}]})", "profile of V8", "--trace-event-categories"},
        {"\xef\xbb\xbf { \"startTime\" : 1, \"timeDeltas\": [", "profile of V8", "--trace-event-categories"},
        {R"({"head":{"callFrame":{}}})", "profile of memory", "open a trace"},
        {R"({"snapshot":{"meta":{"node_fields":[]}}})", "heap snapshot", "open a trace"},
        {R"({"log":{"version":"1.2"}})", "HAR", "Performance"},
        {R"({"meta":{"categories":[{"name":"a"}],"interval":1}})", "Firefox", "profiler.firefox.com"},
        {R"({"constants":{"logEventTypes":{}}})", "network", "Performance"},
        {R"({"header":{"reportVersion":3}})", "diagnostic report", "open a trace"},
        {R"({"resourceSpans":[]})", "OpenTelemetry", "Jaeger shows"},
    };
    for (const auto& [text, what, advice] : known)
        EXPECT_THAT(read_at_once(text).sentence,
                    AllOf(HasSubstr("'folder/t' is "), HasSubstr(what), HasSubstr(advice)));
}

TEST(AnyReader, says_what_can_be_read_where_it_knows_nothing_better) {
    for (const std::string_view text : {"hello", "12", "\"[]\"", " ", "\x89LSC", "<svg/>", "\xef\xbb\xbf"})
        EXPECT_EQ(
            read_at_once(text).sentence,
            "'folder/t' is no trace that can be read: .loopscope files, Chrome traces in JSON, speedscope's "
            "evented profiles, recordings for tokio's console, Perfetto traces in protobuf and all of these "
            "compressed with gzip or zstd can, whatever they are called")
            << text;
    EXPECT_EQ(read_at_once("").sentence, "'folder/t' is empty: there is nothing to show");
    EXPECT_THAT(
        read_at_once(R"({"a":1})").sentence,
        HasSubstr(
            "is JSON, but no trace: it has no array called traceEvents, and its objects have no phase"));
}

TEST(AnyReader, tells_json_by_its_keys_in_whatever_order_they_are) {
    const auto kind = [](std::string_view json) { return json_kind(std::as_bytes(std::span(json)), true); };
    EXPECT_EQ(kind(R"({"a":{"nodes":[{"callFrame":1}]},"traceEvents":[)"), JsonKind::trace);
    EXPECT_EQ(kind(R"({"traceEvents":[{"name":"x"}],"log":{"version":1}})"), JsonKind::trace)
        << "the first one decides";
    EXPECT_EQ(kind(R"({"text":"\"traceEvents\":","log":{"pages":1}})"), JsonKind::har) << "a text is no key";
    EXPECT_EQ(kind(R"([{"log":{"pages":1}}])"), JsonKind::trace);
    EXPECT_EQ(kind(R"({"shared":{"frames":[]},"profiles":[]})"), JsonKind::speedscope);
    EXPECT_EQ(kind(R"({"profiles":[{"name":"a","type":"sampled"}]})"), JsonKind::speedscope);
    EXPECT_EQ(kind("{\"v\":1}\n{\"Spawn\":{"), JsonKind::tokio_console);
    EXPECT_EQ(kind("{\"v\":1}\n{\"Other\":{"), JsonKind::trace);
    EXPECT_EQ(kind("hello"), JsonKind::none);
}

TEST(AnyReader, takes_json_behind_an_empty_line_for_json) {
    for (const std::string_view text : {"\n[{\"ph\":\"i\",\"ts\":1,\"name\":\"a\"}]",
                                        "\n{\"traceEvents\":[{\"ph\":\"i\",\"ts\":1,\"name\":\"a\"}]}",
                                        "\n{\n\"traceEvents\":[{\"ph\":\"i\",\"ts\":1,\"name\":\"a\"}]}"})
        EXPECT_FALSE(read_at_once(text).events.empty()) << text << read_at_once(text).sentence;
}

TEST(Readers, are_sure_of_no_other_s_beginning) {
    for (const auto& [path, text] : all_texts()) {
        const auto first = std::as_bytes(std::span(text)).first(std::min(text.size(), max_first_bytes));
        int sure = 0;
        for (const ReadableFormat& format : readable_formats())
            sure += format.sniff({first}) == Match::yes ? 1 : 0;
        for (const NamedFormat& format : named_formats())
            EXPECT_NE(format.sniff({first}), Match::yes) << path << " seems to be " << format.name;
        EXPECT_LE(sure, 1) << path;
    }
}

TEST(Readers, do_not_change_their_minds) {
    for (const auto& [path, text] : all_texts()) {
        const auto all = std::as_bytes(std::span(text));
        const auto check = [&, &path = path](const auto& format) {
            Match before = Match::maybe;
            for (std::size_t size = 0; size < std::min<std::size_t>(all.size(), 64); ++size) {
                const Match now = format.sniff({all.first(size)});
                if (before != Match::maybe) {
                    EXPECT_EQ(now, before) << path << format.name;
                }
                before = now;
            }
        };
        std::ranges::for_each(readable_formats(), check);
        std::ranges::for_each(named_formats(), check);
    }
}

}  // namespace
}  // namespace loopscope::exchange
