#include "core/exchange/record_scanner.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::exchange {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// All records of a text that is pushed in pieces.
std::vector<std::string> records_in(RecordScanner& scanner, std::string_view text, std::size_t piece) {
    std::vector<std::string> records;
    for (; !text.empty() && scanner.wants_more(); text.remove_prefix(std::min(piece, text.size()))) {
        scanner.push(std::as_bytes(std::span(text.substr(0, piece))));
        for (auto record = scanner.next(); !record.empty(); record = scanner.next())
            records.emplace_back(record);
    }
    scanner.finish();
    EXPECT_EQ(scanner.next(), "");
    return records;
}

TEST(RecordScanner, finds_the_same_records_whatever_the_pieces) {
    const std::string json =
        R"({"other":{"traceEvents":[{"no":1}]},"traceEvents":[{"a":"}]\\\"{"}, [1], {"b":[{"c":{}}]},null,{"d":1}],"z":"\""})";
    for (std::size_t piece = 1; piece <= json.size(); ++piece) {
        Omissions omissions;
        RecordScanner scanner(omissions);
        EXPECT_THAT(records_in(scanner, json, piece),
                    ElementsAre(R"({"a":"}]\\\"{"})", R"({"b":[{"c":{}}]})", R"({"d":1})"))
            << piece;
        EXPECT_EQ(scanner.skipped(), 2u);
        EXPECT_TRUE(scanner.terminated());
    }
}

TEST(RecordScanner, ends_wherever_the_text_does) {
    const std::string json = R"({"x":[1,{}],"traceEvents":[{"a":"\\"},2,{"b":[{}]}],"y":"\u0020"})";
    for (std::size_t size = 0; size < json.size(); ++size) {
        Omissions omissions;
        RecordScanner scanner(omissions);
        EXPECT_LE(records_in(scanner, std::string_view(json).substr(0, size), 3).size(), 2U);
        EXPECT_FALSE(scanner.wants_more());
    }
}

TEST(RecordScanner, counts_a_record_that_is_cut_off_as_skipped) {
    Omissions omissions;
    RecordScanner scanner(omissions);
    EXPECT_THAT(records_in(scanner, R"([{"a":1},{"b":)", 4), ElementsAre(R"({"a":1})"));
    EXPECT_EQ(scanner.skipped(), 1U);
    EXPECT_FALSE(scanner.terminated());
}

TEST(RecordScanner, skips_a_record_that_is_too_long_whatever_the_pieces) {
    constexpr std::size_t limit = 1000;
    const auto record = [](std::size_t size) { return R"({"a":")" + std::string(size - 8, 'x') + R"("})"; };
    const std::string json = "[" + record(limit) + "," + record(limit + 1) + R"(,{"b":1}])";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{77}, limit, json.size()}) {
        Omissions omissions;
        RecordScanner scanner(omissions, RecordScanner::max_gap, limit);
        EXPECT_THAT(records_in(scanner, json, piece), ElementsAre(record(limit), R"({"b":1})")) << piece;
        EXPECT_EQ(scanner.skipped(), 1U);
    }
}

TEST(RecordScanner, gives_up_where_no_record_comes_for_too_long_at_the_same_byte_whatever_the_pieces) {
    constexpr std::uint64_t gap = 10'000;
    for (const auto& [begin, more] : std::vector<std::pair<std::string, std::string_view>>{
             {R"({"a)", "key"},            // a key of the root without an end
             {R"({"a":")", "text"},        // a value
             {R"({"a":[)", "[[{"},         // a deep one
             {"{", R"("a":1,)"},           // members
             {"[", " "},                   // spaces
             {"[", "1,"},                  // no records
             {R"([{"a":")", "long text"},  // a record without an end
         }) {
        std::string text = begin;
        while (text.size() <= gap) text += more;
        for (const std::size_t piece : {std::size_t{1}, std::size_t{777}, text.size()}) {
            Omissions omissions;
            RecordScanner scanner(omissions, gap);
            EXPECT_THAT(records_in(scanner, text, piece), IsEmpty()) << begin;
            EXPECT_TRUE(scanner.gave_up()) << begin;
            EXPECT_EQ(scanner.position(), gap) << begin;
        }
        text.resize(gap);
        Omissions omissions;
        RecordScanner scanner(omissions, gap);
        records_in(scanner, text, 100);
        EXPECT_FALSE(scanner.gave_up()) << "it ends just there";
    }
    Omissions omissions;
    RecordScanner scanner(omissions, gap);
    std::string records = "[";
    for (int each = 0; each < 10'000; ++each) records += R"({"a":1},)";
    EXPECT_EQ(records_in(scanner, records, 1000).size(), 10'000U);
    EXPECT_FALSE(scanner.gave_up()) << "these are records";
}

TEST(RecordScanner, knows_the_key_of_the_records_from_others_that_look_like_it) {
    for (const std::string_view key :
         {"traceEvent", "traceEventsX", "xtraceEvents", R"(traceEvents\")", R"(\"traceEvents)", ""}) {
        const std::string text = fmt::format(R"({{"{}":[{{"a":1}}]}})", key);
        for (const std::size_t piece : {std::size_t{1}, std::size_t{100}}) {
            Omissions omissions;
            RecordScanner scanner(omissions);
            EXPECT_THAT(records_in(scanner, text, piece), ElementsAre(text)) << "may be a record itself";
            EXPECT_FALSE(scanner.has_array()) << key;
        }
    }
    Omissions omissions;
    RecordScanner scanner(omissions);
    EXPECT_THAT(records_in(scanner, R"({"x":1,"traceEvents":[{"a":1}]})", 1), ElementsAre(R"({"a":1})"));
}

TEST(RecordScanner, finds_records_without_an_array_around_them) {
    const std::string json = "{\"a\":[1,{\"b\":\"}\"}]}\n{\"c\":2}\r\n\n 7\n{\"d\":{}},{\"e\":5";
    for (std::size_t piece = 1; piece <= json.size(); ++piece) {
        Omissions omissions;
        RecordScanner scanner(omissions);
        EXPECT_THAT(records_in(scanner, json, piece),
                    ElementsAre(R"({"a":[1,{"b":"}"}]})", R"({"c":2})", R"({"d":{}})"))
            << piece;
        EXPECT_EQ(omissions.sentence(5),
                  "2 of 5 records were passed over (1 record cut off at the end, 1 value where an object "
                  "belongs: a number)");
    }
}

TEST(RecordScanner, says_where_another_trace_begins) {
    for (const std::string_view end : {"[{\"b\":2}]", "{\"traceEvents\":[]}"}) {
        for (const std::string_view begin : {R"([{"a":1}] )", R"({"traceEvents":[{"a":1}],"b":3} )"}) {
            const std::string json = std::string(begin) + std::string(end);
            for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, json.size()}) {
                Omissions omissions;
                RecordScanner scanner(omissions);
                EXPECT_THAT(records_in(scanner, json, piece), ElementsAre(R"({"a":1})"));
                EXPECT_EQ(scanner.another(), begin.size()) << json;
            }
        }
    }
}

TEST(RecordScanner, says_what_stands_where_the_array_belongs) {
    for (const auto& [value, what] :
         std::vector<std::pair<std::string_view, std::string_view>>{{"{}", "an object"},
                                                                    {"5", "a number"},
                                                                    {"\"[]\"", "a string"},
                                                                    {"null", "null"},
                                                                    {"true", "a truth value"}}) {
        Omissions omissions;
        RecordScanner scanner(omissions);
        records_in(scanner, fmt::format(R"({{"traceEvents":{}}})", value), 3);
        EXPECT_EQ(scanner.no_array(), what);
    }
}

}  // namespace
}  // namespace loopscope::exchange
