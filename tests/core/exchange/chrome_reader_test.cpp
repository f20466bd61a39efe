#include "core/exchange/chrome_reader.hpp"

#include <fstream>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/chrome_export.hpp"
#include "core/exchange/chrome_record.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/exchange/record_scanner.hpp"
#include "core/trace/index.hpp"
#include "core/trace/transitions.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::exchange {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using trace::Kind;

Result<Imported> imported(std::string_view json) {
    return read_chrome(json, "t.json");
}

/// What happens on each lane, in words: "0.000010 main: step".
std::vector<std::string> told(std::string_view json) {
    const auto result = imported(json);
    if (!result) return {result.error().message};
    const trace::Log& log = *result->log;
    const auto checked = trace::check(log);
    EXPECT_TRUE(checked) << checked.error().message;
    trace::Index index;
    index.update(log);
    std::vector<std::string> lines;
    for (EventIndex at; at < log.end_index(); ++at) {
        const Kind kind = log[at].kind();
        if (kind != Kind::print && kind != Kind::step && kind != Kind::suspend) continue;
        const std::string lane(log.strings()[index.task(log[at].task()).coroutine]);
        const auto time = log.time(at).count() / 1000;
        if (kind == Kind::print) lines.push_back(fmt::format("{} {}: {}", time, lane, log.printed_text(at)));
        if (kind == Kind::step) lines.push_back(fmt::format("{} {} runs", time, lane));
        if (kind == Kind::suspend) lines.push_back(fmt::format("{} {} waits", time, lane));
    }
    return lines;
}

std::string one(std::string_view phase, int time, std::string_view rest) {
    return fmt::format(R"({{"ph":"{}","ts":{},{}}})", phase, time, rest);
}

TEST(ChromeReader, makes_a_step_of_a_slice_whichever_way_it_is_written) {
    const auto expected = ElementsAre("0 thread 7 runs", "0 thread 7: work", "30 thread 7 waits");
    EXPECT_THAT(told(R"([{"ph":"X","ts":10,"dur":30,"pid":1,"tid":7,"name":"work"}])"), expected);
    EXPECT_THAT(told(R"({"traceEvents":[{"ph":"B","ts":10,"pid":1,"tid":7,"name":"work"},
                                        {"ph":"E","ts":40,"pid":1,"tid":7}],"displayTimeUnit":"ms"})"),
                expected);
    EXPECT_THAT(
        told(R"([{"ph":"E","ts":40,"pid":1,"tid":7}, {"ph":"B","ts":10,"pid":1,"tid":7,"name":"work"}])"),
        expected)
        << "unsorted";
    EXPECT_THAT(told(R"([{"ph":"X","ts":"10","dur":"30","pid":"1","tid":"7","name":"work"},)"), expected)
        << "strings, unterminated";
    EXPECT_THAT(
        told("\xef\xbb\xbf"
             R"( {"a":[{"ph":1}],"traceEvents":[{"ph":"X","ts":10,"dur":30,"tid":7,"name":"work"}]})"),
        expected)
        << "a mark of the encoding, other members first";
}

TEST(ChromeReader, names_lanes_by_metadata) {
    EXPECT_THAT(told(R"([{"ph":"X","ts":0,"dur":1,"pid":1,"tid":7,"name":"a"},
                         {"ph":"M","pid":1,"tid":7,"name":"thread_name","args":{"name":"main"}}])"),
                ElementsAre("0 main runs", "0 main: a", "1 main waits"));
}

TEST(ChromeReader, makes_a_lane_of_each_async_id) {
    EXPECT_THAT(told("[" + one("b", 0, R"("cat":"net","id":"0x1","name":"get")") + "," +
                     one("b", 1, R"("cat":"net","id":2,"name":"put")") + "," +
                     one("n", 2, R"("cat":"net","id":"0x1","name":"half")") + "," +
                     one("e", 3, R"("cat":"net","id":"0x1")") + "," +
                     one("e", 4, R"("cat":"net","id2":{"local":2})") + "]"),
                ElementsAre("0 get 0x1 runs", "0 get 0x1: get", "1 get 0x1 waits", "1 put 2 runs",
                            "1 put 2: put", "2 put 2 waits", "2 get 0x1 runs", "2 get 0x1: half",
                            "3 get 0x1 waits", "3 put 2 runs", "4 put 2 waits"));
}

TEST(ChromeReader, lets_lanes_that_run_at_once_take_turns) {
    EXPECT_THAT(
        told(
            R"([{"ph":"X","ts":0,"dur":10,"tid":1,"name":"a"},{"ph":"X","ts":4,"dur":2,"tid":2,"name":"b"}])"),
        ElementsAre("0 thread 1 runs", "0 thread 1: a", "4 thread 1 waits", "4 thread 2 runs",
                    "4 thread 2: b", "6 thread 2 waits", "6 thread 1 runs", "10 thread 1 waits"));
}

TEST(ChromeReader, prints_nested_slices_inside_the_outer_one_s_step) {
    EXPECT_THAT(
        told(
            R"([{"ph":"X","ts":0,"dur":3,"tid":1,"name":"in"},{"ph":"X","ts":0,"dur":9,"tid":1,"name":"out"}])"),
        ElementsAre("0 thread 1 runs", "0 thread 1: out", "0 thread 1: in", "9 thread 1 waits"));
}

TEST(ChromeReader, counts_what_has_no_meaning) {
    const auto result =
        imported(R"([1, "a", {"ph":"C","ts":1}, {"ph":"s","ts":1}, {"ph":"X","name":}, {}, {"ph":"i"},
                                    {"ph":"E","ts":1,"tid":1}, {"ph":"i","ts":2,"tid":1,"name":"x"}])");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->records, 9u);
    EXPECT_EQ(result->skipped, 8u);
    EXPECT_EQ(result->missing, "'t.json': 8 of 9 records have no meaning here and were skipped");
}

TEST(ChromeReader, takes_a_record_whose_id2_holds_something_else) {
    EXPECT_THAT(told(R"([{"ph":"n","id2":{"x":{},"other":3},"ts":4,"name":"a"}])"),
                ElementsAre("0 a 3 runs", "0 a 3: a", "0 a 3 waits"));
}

TEST(ChromeReader, says_what_is_missing_at_the_end) {
    const auto result =
        imported(R"([{"ph":"B","ts":1,"name":"x"},{"ph":"i","ts":2,"name":"y"},{"ph":"i","ts")");
    ASSERT_TRUE(result);
    EXPECT_THAT(result->missing, HasSubstr("ends before its array does"));
    EXPECT_THAT(result->missing, HasSubstr("1 slices have no end"));
}

TEST(ChromeReader, refuses_what_is_no_trace_in_one_sentence) {
    for (const std::string_view text : {"", "   ", "hello", "12", "\"[]\""})
        EXPECT_THAT(imported(text).error().message, HasSubstr("is no Chrome trace")) << text;
    for (const std::string_view text :
         {"[]", "{}", "[{}]", "{\"a\"", "{\"traceEvents\":{}}", "[[[[", "{{{{", "[1,2"})
        EXPECT_THAT(imported(text).error().message, HasSubstr("nothing to show")) << text;
}

TEST(ChromeReader, reads_back_what_is_exported_a_lane_for_each_task) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "t.json";
    const auto run = scenario::run_program("indication", trace::Storage::contextvar);
    ASSERT_TRUE(write_chrome(path, run.log()));
    const auto result = read_trace(path);
    ASSERT_TRUE(result) << result.error().message;
    const auto checked = trace::check(*result->log);
    EXPECT_TRUE(checked) << checked.error().message;
    const auto tasks = trace::all_of_kind(run.log(), Kind::spawn).size();
    EXPECT_EQ(trace::all_of_kind(*result->log, Kind::spawn).size(), tasks + 1) << "and the loop";
}

TEST(ChromeReader, takes_times_as_far_apart_as_can_be) {
    EXPECT_EQ(told(R"([{"ph":"X","ts":-4611686018427387.9,"dur":4611686018427387.9,"tid":1,"name":"a"},
                       {"ph":"X","ts":4611686018427387.9,"dur":4611686018427387.9,"tid":1,"name":"b"}])")
                  .size(),
              6u);
}

TEST(ChromeReader, can_be_stopped_at_any_time) {
    std::string json = "[";
    for (int each = 0; each < 100'000; ++each) json += one("i", each, R"("tid":1,"name":"a")") + ",";
    double last = 0;
    const auto until = [&](double end) {
        return read_chrome(json, "t.json", [&last, end](double done, const auto&) {
            EXPECT_GE(done, last);
            last = done;
            return done < end;
        });
    };
    EXPECT_TRUE(until(2));
    for (const double end : {0.01, 0.5, 0.9}) {
        last = 0;
        EXPECT_EQ(until(end).error().message, "reading 't.json' was stopped");
        EXPECT_GE(last, end);
        EXPECT_LT(last, end + 0.3);
    }
}

TEST(Micros, are_exact_to_the_nanosecond) {
    const auto nanoseconds = [](std::string_view text) {
        return parse_micros(text).value_or(Time(-1)).count();
    };
    EXPECT_EQ(nanoseconds("12"), 12'000);
    EXPECT_EQ(nanoseconds("1700000000000000.123"), 1'700'000'000'000'000'123);
    EXPECT_EQ(nanoseconds("0.0019"), 1);
    EXPECT_EQ(nanoseconds("-1.5"), -1'500);
    EXPECT_EQ(nanoseconds("1.5e3"), 1'500'000);
    for (const std::string_view wrong :
         {"", "-", ".", "1e99", "99999999999999999999", "9999999999999999999.1", "true", "nan", "inf"})
        EXPECT_FALSE(parse_micros(wrong)) << wrong;
}

TEST(ChromeReader, repeats_no_more_than_the_beginning_of_a_process_s_name) {
    std::string json = fmt::format(R"([{{"ph":"M","name":"process_name","pid":1,"args":{{"name":"{}"}}}})",
                                   std::string(10'000, 'p'));
    for (int each = 0; each < 100; ++each)
        json += "," + one("X", each,
                          fmt::format(R"("dur":1,"pid":{},"tid":{},"name":"n")", each == 0 ? 2 : 1, each));
    const auto result = imported(json + "]");
    ASSERT_TRUE(result) << result.error().message;
    std::size_t bytes = 0;
    for (std::uint32_t id = 1; id <= result->log->strings().size(); ++id)
        bytes += result->log->strings()[StringId{id}].size();
    EXPECT_LT(bytes, 20'000U);
}

}  // namespace
}  // namespace loopscope::exchange
