// Traces as people have reported them, each of which stands for a kind: what is in the file is shown, and
// nothing else.

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/read_trace.hpp"
#include "core/trace/index.hpp"
#include "tests/core/exchange/told_tracks.hpp"

namespace loopscope::exchange {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Result<Imported> opened_case(const std::string& name) {
    return read_trace(std::filesystem::path(LOOPSCOPE_TESTS_DIR "/core/exchange/cases") / name);
}

struct Case {
    std::vector<std::string> lines;
    std::vector<std::string> tracks;
    std::string missing;
};

Case told_case(const std::string& name) {
    const auto result = opened_case(name);
    if (!result) return {{result.error().message}, {}, {}};
    const ToldTracks told(*result->log);
    return {told.lines, told.tracks, result->missing};
}

TEST(ChromeCases, a_file_that_says_no_pid_has_one_process) {
    const Case told = told_case("no-pid.json");
    EXPECT_THAT(told.tracks, ElementsAre("app process 0", "app/pool thread 3"));
    EXPECT_THAT(told.lines, ElementsAre("app/pool: job 0..50", "app/pool: job2 60..65"));
    EXPECT_EQ(told.missing, "");
}

TEST(ChromeCases, an_id_may_go_from_process_to_process) {
    const Case told = told_case("async-across-processes.json");
    EXPECT_THAT(told.tracks, ElementsAre("rpc operation 0x5"));
    EXPECT_THAT(told.lines, ElementsAre("rpc: rpc 0..10", "rpc: received! 5"));
    EXPECT_EQ(told.missing, "");
}

TEST(ChromeCases, a_flow_leads_from_slice_to_slice) {
    EXPECT_THAT(
        told_case("flow-s-f.json").lines,
        ElementsAre("process 1/producer: put 0..10", "process 1/producer: flow 1 start 5 at put (item of c)",
                    "process 1/consumer: get 20..30", "process 1/consumer: flow 1 end 20 at get"));
}

TEST(ChromeCases, threads_are_in_the_order_that_the_file_asks_for) {
    const Case told = told_case("sort-index.json");
    EXPECT_THAT(told.tracks,
                ElementsAre("process 1 process 1", "process 1/high thread 2", "process 1/low thread 1"));
    EXPECT_EQ(told.missing, "");
}

TEST(ChromeCases, a_slice_without_a_duration_is_unfinished) {
    const Case told = told_case("x-without-dur.json");
    EXPECT_THAT(told.lines,
                ElementsAre("process 1/thread 1: endless 0...", "process 1/thread 2: work 50..60"));
    EXPECT_THAT(told.missing, HasSubstr("1 slice without a duration, shown as unfinished"));
}

TEST(ChromeCases, a_mark_is_an_instant) {
    EXPECT_THAT(told_case("mark-R.json").lines,
                ElementsAre("process 1/thread 1: nav 0..10", "process 1/thread 1: firstPaint! 5"));
}

TEST(ChromeCases, a_byte_that_is_no_utf_8_costs_its_character) {
    const Case told = told_case("bad-utf8.json");
    EXPECT_THAT(told.lines, ElementsAre("process 1/thread 1: caf\uFFFD \uFFFD\uFFFD 0..10",
                                        "process 1/thread 1: fine 20..30"));
    EXPECT_THAT(told.missing, HasSubstr("1 record with bytes that are no UTF-8"));
}

TEST(ChromeCases, records_may_stand_one_a_line) {
    const Case told = told_case("json-lines.json");
    EXPECT_THAT(told.lines, ElementsAre("process 1/thread 1: a 0..10", "process 1/thread 1: b 20..30",
                                        "process 1/thread 1: c 40..50"));
    EXPECT_EQ(told.missing, "");
}

TEST(ChromeCases, a_file_s_name_says_nothing_of_its_format) {
    EXPECT_THAT(told_case("node-log.log").lines,
                ElementsAre("process 1/thread 1: a 0..10", "process 1/thread 1: b 20..30"));
}

TEST(ChromeCases, ids_are_the_same_however_they_are_escaped) {
    const Case told = told_case("escapes-in-ids.json");
    EXPECT_THAT(told.lines, ElementsAre("process 1/thread wörker \"A\": a 0..10",
                                        "process 1/thread wörker \"A\": b 20..30"));
}

TEST(ChromeCases, times_beyond_all_calendars_are_told_from_the_first) {
    const Case told = told_case("nanoseconds-as-micros.json");
    EXPECT_THAT(told.lines,
                ElementsAre("process 1/thread 1: a 0..5000", "process 1/thread 1: b 9000..14000"));
    EXPECT_EQ(told.missing, "");
}

TEST(ChromeCases, times_that_do_not_fit_are_counted) {
    const Case told = told_case("extreme-times.json");
    EXPECT_THAT(told.lines, ElementsAre("process 1/thread 1: a 0..10", "process 1/thread 1: forever 20..."));
    EXPECT_THAT(told.missing, HasSubstr("1 record whose time is no number, or too far from the first"));
    EXPECT_THAT(told.missing, HasSubstr("1 slice whose duration is no number, or too long"));
}

TEST(ChromeCases, what_runs_at_the_same_time_runs_at_the_same_time) {
    EXPECT_THAT(told_case("parallel-threads.json").lines,
                ElementsAre("process 1/left: compute 0..100", "process 1/right: compute2 10..90"));
}

TEST(ChromeCases, slices_within_others_have_their_ends) {
    EXPECT_THAT(told_case("nested-ends.json").lines,
                ElementsAre("process 1/thread 1: outer 0..100", "process 1/thread 1: > inner 20..50",
                            "process 1/thread 1: > second 60..70"));
}

TEST(ChromeCases, other_json_is_no_trace) {
    EXPECT_THAT(
        told_case("not-a-trace.json").lines,
        ElementsAre(AllOf(HasSubstr("is JSON, but no trace"), HasSubstr("no array called traceEvents"))));
}

TEST(ChromeCases, resources_of_node_s_live_and_run_in_their_callbacks) {
    const Case told = told_case("async-lifetime-and-callbacks.json");
    EXPECT_THAT(told.tracks, ElementsAre("process 1 process 1", "process 1/PROMISE resource 0x2",
                                         "process 1/Timeout resource 0x3 of process 1/PROMISE"));
    EXPECT_THAT(
        told.lines,
        ElementsAre(
            "process 1/PROMISE: PROMISE 0..610 {data={\"triggerAsyncId\": 1, \"executionAsyncId\": 1}}",
            "process 1/Timeout: Timeout 10..600 {data={\"triggerAsyncId\": 2, \"executionAsyncId\": 2}}",
            "process 1/Timeout: > Timeout_CALLBACK 500..520",
            "process 1/PROMISE: > PROMISE_CALLBACK 521..530"));
    EXPECT_EQ(told.missing, "");
}

TEST(ChromeCases, a_name_may_have_20000_characters) {
    const std::string name(20'000, 'n');
    const std::string json = R"([{"ph":"X","pid":1,"tid":1,"ts":0,"dur":10,"name":")" + name + "\"}]";
    const auto result = read_trace(std::as_bytes(std::span(json)), "t.json");
    ASSERT_TRUE(result);
    EXPECT_THAT(ToldTracks(*result->log).lines, ElementsAre("process 1/thread 1: " + name + " 0..10"));
}

TEST(ChromeCases, a_line_break_in_a_string_costs_nothing) {
    const Case told = told_case("raw-newline-in-args.json");
    EXPECT_THAT(told.lines,
                ElementsAre("process 1/thread 1: a 0..10 {src=x\ny}", "process 1/thread 1: b 20..30"));
    EXPECT_EQ(told.missing, "");
}

}  // namespace
}  // namespace loopscope::exchange
