#include "core/exchange/speedscope_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/read_trace.hpp"
#include "tests/core/exchange/told_tracks.hpp"

namespace loopscope::exchange {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Result<Imported> read_speedscope(std::string_view json) {
    return read_trace(std::as_bytes(std::span(json)), "t.json");
}

std::string file_of(std::string_view profiles) {
    return fmt::format(
        R"({{"exporter":"test","name":"n","activeProfileIndex":0,"profiles":[{}],"shared":{{"frames":[
        {{"name":"main","file":"a.py","line":3,"col":7}},{{"name":"step"}}]}},
        "$schema":"https://www.speedscope.app/file-format-schema.json"}})",
        profiles);
}

std::string evented(std::string_view name, std::string_view unit, std::string_view events) {
    return fmt::format(
        R"({{"type":"evented","name":"{}","unit":"{}","startValue":0,"endValue":9,"events":[{}]}})", name,
        unit, events);
}

std::string opened(int frame, double at) {
    return fmt::format(R"({{"type":"O","frame":{},"at":{}}})", frame, at);
}
std::string closed(int frame, double at) {
    return fmt::format(R"({{"type":"C","frame":{},"at":{}}})", frame, at);
}

std::vector<std::string> lines_of_speedscope(std::string_view json) {
    const auto read = read_speedscope(json);
    if (!read) return {read.error().message};
    return ToldTracks(*read->log).lines;
}

std::string missing_of_speedscope(std::string_view json) {
    const auto read = read_speedscope(json);
    return read ? read->missing : read.error().message;
}

TEST(SpeedscopeReader, makes_a_track_of_each_profile_and_a_slice_of_each_frame) {
    const std::string json =
        file_of(evented("one", "milliseconds",
                        opened(0, 1) + "," + opened(1, 2.5) + "," + closed(1, 4) + "," + closed(0, 10)) +
                "," + evented("two", "seconds", opened(1, 0.0025) + "," + closed(1, 0.003)));
    EXPECT_THAT(lines_of_speedscope(json), ElementsAre("one: main 0..9000 {source=a.py:3:7}",
                                                       "one: > step 1500..3000", "two: step 1500..2000"));
    EXPECT_EQ(missing_of_speedscope(json), "");
}

TEST(SpeedscopeReader, reads_keys_in_any_order) {
    const std::string json =
        R"({"version":"0.1","shared":{"frames":[{"line":5,"name":"f"}]},"profiles":[{"events":[
        {"at":1,"frame":0,"type":"O"},{"frame":0,"type":"C","at":3}],"unit":"microseconds","name":"p","type":"evented"}]})";
    EXPECT_THAT(lines_of_speedscope(json), ElementsAre("p: f 0..2 {source=:5}"));
}

TEST(SpeedscopeReader, says_what_a_unit_stands_for_and_which_profiles_are_passed_over) {
    const std::string json =
        file_of(evented("n", "none", opened(0, 0) + "," + closed(0, 2)) + "," +
                evented("b", "bytes", opened(0, 0) + "," + closed(0, 2)) +
                R"(,{"type":"sampled","name":"s","unit":"seconds","samples":[[0]],"weights":[1]})");
    EXPECT_THAT(lines_of_speedscope(json), ElementsAre("n: main 0..2 {source=a.py:3:7}"));
    EXPECT_THAT(missing_of_speedscope(json),
                AllOf(HasSubstr("1 profile of samples, which have no begin and no end"),
                      HasSubstr("1 profile whose unit is no time (bytes)"),
                      HasSubstr("1 profile without a unit, of which 1 is shown as a microsecond")));
}

TEST(SpeedscopeReader, says_what_to_do_with_samples_alone) {
    EXPECT_THAT(missing_of_speedscope(file_of(
                    R"({"type":"sampled","name":"s","unit":"seconds","samples":[[0]],"weights":[1]})")),
                AllOf(HasSubstr("'t.json' is a profile of speedscope that holds samples"),
                      HasSubstr("speedscope.app shows them")));
    EXPECT_THAT(missing_of_speedscope(file_of("")), HasSubstr("without events that can be shown"));
}

TEST(SpeedscopeReader, names_what_is_not_as_it_should_be) {
    const std::string json = file_of(evented("p", "microseconds",
                                             opened(0, 0) + "," + opened(1, 1) + "," + closed(0, 2) + "," +
                                                 opened(9, 3) + R"(,{"type":"O","frame":0},)" +
                                                 R"({"type":"X","frame":0,"at":4},{"type":"O","at":4})"));
    EXPECT_THAT(lines_of_speedscope(json),
                ElementsAre("p: main 0... {source=a.py:3:7}", "p: > step 1..2", "p: > frame 9 3..."));
    EXPECT_THAT(missing_of_speedscope(json),
                AllOf(HasSubstr("1 end of another frame"), HasSubstr("1 event without a time"),
                      HasSubstr("1 event of an unknown type"), HasSubstr("1 event without a frame")));
}

TEST(SpeedscopeReader, shows_what_stands_before_the_end_of_a_file_that_is_cut_off) {
    const std::string json =
        file_of(evented("p", "microseconds", opened(0, 0) + "," + closed(0, 2) + "," + opened(1, 3)));
    const std::string cut = json.substr(0, json.find(R"("frame":1)"));
    EXPECT_THAT(lines_of_speedscope(cut), ElementsAre("p: frame 0 0..2"));
    EXPECT_THAT(missing_of_speedscope(cut), HasSubstr("the file ends before it is complete"));
    const auto bad = file_of(evented("p\xff", "microseconds", opened(0, 0) + "," + closed(0, 2)));
    EXPECT_THAT(lines_of_speedscope(bad), ElementsAre("p\uFFFD: main 0..2 {source=a.py:3:7}"));
}

TEST(SpeedscopeReader, shows_the_profiles_of_a_file_whose_frames_are_no_json) {
    const std::string json = file_of(evented("p", "microseconds", opened(0, 0) + "," + closed(0, 2)));
    for (const std::string_view wrong : {"\"file\"c:", "\"file\"", "file:", "\"file\":}", "\"file\":]"}) {
        std::string broken = json;
        broken.replace(broken.find(R"("file":)"), std::string_view(R"("file":)").size(), wrong);
        EXPECT_EQ(lines_of_speedscope(broken).size(), 1U) << wrong;
        EXPECT_THAT(missing_of_speedscope(broken),
                    HasSubstr("the file is damaged, and what comes behind that place is missing"))
            << wrong;
    }
}

TEST(SpeedscopeReader, shows_the_profiles_before_one_that_is_no_json) {
    const std::string whole = evented("p", "microseconds", opened(0, 0) + "," + closed(0, 2));
    const std::string_view key = R"("unit":)";
    struct Wrong {
        std::string_view text;
        std::string_view first_line;  // the frames stand behind what is no JSON, and may not be found
    };
    for (const auto& [text, first_line] :
         {Wrong{R"("unit";)", "p: main 0..2 {source=a.py:3:7}"}, Wrong{R"("unit":},)", "p: frame 0 0..2"},
          Wrong{R"("unit":])", "p: frame 0 0..2"}}) {
        std::string broken = whole;
        broken.replace(broken.find(key), key.size(), text);
        const auto lines = lines_of_speedscope(file_of(whole + "," + broken));
        ASSERT_FALSE(lines.empty()) << text;
        EXPECT_EQ(lines.front(), first_line) << text;
        EXPECT_THAT(missing_of_speedscope(file_of(whole + "," + broken)), HasSubstr("the file is damaged"));
    }
}

TEST(SpeedscopeReader, says_where_a_frame_is_in_whatever_order_the_file_does) {
    const std::string json =
        R"({"shared":{"frames":[{"col":7,"line":5,"name":"f","file":"a.js"},{"name":"g","col":3}]},
        "profiles":[{"type":"evented","name":"p","unit":"microseconds","events":[{"type":"O","frame":0,"at":0},
        {"type":"O","frame":1,"at":1}]}]})";
    EXPECT_THAT(lines_of_speedscope(json), ElementsAre("p: f 0... {source=a.js:5:7}", "p: > g 1..."));
}

TEST(SpeedscopeReader, takes_line_breaks_and_wrong_escapes_in_names_as_they_stand) {
    const std::string json =
        R"({"shared":{"frames":[{"name":"a\x\ud800"},{"name":"two)"
        "\n"
        R"(lines"}]},"profiles":[{"type":"evented","name":"\q","unit":"microseconds","events":[
        {"type":"O","frame":0,"at":0},{"type":"O","frame":1,"at":1}]}]})";
    EXPECT_THAT(lines_of_speedscope(json), ElementsAre("\\q: a\\x\uFFFD 0...", "\\q: > two\nlines 1..."));
}

}  // namespace
}  // namespace loopscope::exchange
