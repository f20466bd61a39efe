#include "core/exchange/chrome_reader.hpp"

#include <fstream>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/read_trace.hpp"
#include "core/trace/index.hpp"
#include "core/trace/transitions.hpp"
#include "tests/core/exchange/told_tracks.hpp"

namespace loopscope::exchange {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using trace::Kind;

Result<Imported> imported(std::string_view json) {
    return read_chrome(json, "t.json");
}

std::vector<std::string> told(std::string_view json) {
    const auto result = imported(json);
    if (!result) return {result.error().message};
    return ToldTracks(*result->log).lines;
}

std::vector<std::string> told_tracks(std::string_view json) {
    const auto result = imported(json);
    if (!result) return {result.error().message};
    return ToldTracks(*result->log).tracks;
}

std::string missing(std::string_view json) {
    const auto result = imported(json);
    return result ? result->missing : result.error().message;
}

std::string one(std::string_view phase, int time, std::string_view rest) {
    return fmt::format(R"({{"ph":"{}","ts":{},{}}})", phase, time, rest);
}

TEST(ChromeReader, makes_a_slice_whichever_way_it_is_written) {
    const auto expected = ElementsAre("process 1/thread 7: work 0..30");
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
        told(
            "\xef\xbb\xbf"
            R"( {"a":[{"ph":1}],"traceEvents":[{"ph":"X","ts":10,"dur":30,"pid":1,"tid":7.0,"name":"work"}]})"),
        expected)
        << "a mark of the encoding, other members first, numbers with fractions";
    EXPECT_THAT(told(R"({"ph":"X","ts":10,"dur":30,"pid":1,"tid":7,"name":"work"})"), expected)
        << "nothing around it";
}

TEST(ChromeReader, pauses_while_it_puts_its_records_in_order) {
    constexpr int records = 50'000;
    std::string json = "[";
    for (int at = records; at > 0; --at)
        json += one(at % 2 == 0 ? "E" : "B", at, R"("pid":1,"tid":7,"name":"work")") + ",";
    json.back() = ']';
    ChromeReader reader({"t.json", "t.json", json.size()}, {});
    ASSERT_TRUE(reader.push(std::as_bytes(std::span<const char>(json))));
    auto work = reader.finish_in_pieces();
    int pauses = 0;
    while (work.advance()) ++pauses;
    const auto in_pieces = work.take();
    ASSERT_TRUE(in_pieces);
    EXPECT_GT(pauses, 30) << "as ends find their begins, as lanes are laid out, and as the log is written";
    EXPECT_EQ(ToldTracks(*in_pieces->log).lines, told(json));
}

TEST(ChromeReader, passes_over_a_record_that_lacks_a_comma_whatever_stands_behind_it) {
    constexpr std::string_view lacking = R"({"ph":"X","name":"a":1})";
    constexpr std::string_view whole = R"(,{"ph":"X","ts":1,"dur":1,"pid":1,"tid":1,"name":"b"}])";
    for (const std::string_view behind : {"", "}", "]", "\"", ",", ":"}) {
        const std::string json = fmt::format("[{}{}{}", lacking, behind, whole);
        for (std::size_t piece = 1; piece <= json.size(); piece *= 2) {
            ChromeReader reader({"t.json", "t.json", json.size()}, {});
            for (std::string_view rest = json; !rest.empty();
                 rest.remove_prefix(std::min(piece, rest.size())))
                ASSERT_TRUE(reader.push(std::as_bytes(std::span(rest.substr(0, piece)))));
            const auto read = reader.finish();
            if (!read) continue;  // the byte ends the array, or begins a string that has no end
            EXPECT_THAT(read->missing, HasSubstr("1 record without valid JSON")) << behind << piece;
        }
    }
}

TEST(ChromeReader, names_tracks_by_metadata) {
    EXPECT_THAT(told_tracks(R"([{"ph":"X","ts":0,"dur":1,"pid":1,"tid":7,"name":"a"},
                                {"ph":"M","pid":1,"tid":7,"name":"thread_name","args":{"name":"main"}},
                                {"ph":"M","pid":1,"name":"process_labels","args":{"labels":"Example"}},
                                {"ph":"M","pid":1,"name":"process_name","args":{"name":"Tab"}}])"),
                ElementsAre("Tab (Example) process 1", "Tab (Example)/main thread 7"));
}

TEST(ChromeReader, orders_processes_and_threads_as_asked_and_then_by_their_ids) {
    const auto x = [](int pid, int tid) {
        return fmt::format(R"({{"ph":"X","ts":0,"dur":1,"pid":{},"tid":{}}},)", pid, tid);
    };
    const auto sorted = [](std::string_view what, int pid, int index) {
        return fmt::format(
            R"({{"ph":"M","pid":{},"tid":3,"name":"{}_sort_index","args":{{"sort_index":{}}}}},)", pid, what,
            index);
    };
    EXPECT_THAT(
        told_tracks("[" + x(10, 1) + x(9, 20) + x(9, 3) + x(8, 1) + sorted("process", 8, 5) +
                    sorted("thread", 9, 1)),
        ElementsAre("process 9 process 9", "process 9/thread 20 thread 20", "process 9/thread 3 thread 3",
                    "process 10 process 10", "process 10/thread 1 thread 1", "process 8 process 8",
                    "process 8/thread 1 thread 1"));
}

TEST(ChromeReader, makes_a_track_of_each_operation) {
    const std::string json = "[" + one("b", 0, R"("cat":"net","id":"0x1","name":"get")") + "," +
                             one("b", 1, R"("cat":"net","id":2,"name":"put")") + "," +
                             one("n", 2, R"("cat":"net","id":"0x1","name":"half")") + "," +
                             one("e", 3, R"("cat":"net","id":1)") + "," +
                             one("e", 4, R"("cat":"net","id2":{"global":2})") + "]";
    EXPECT_THAT(told(json), ElementsAre("get: get 0..3", "put: put 1..4", "get: half! 2"));
    EXPECT_THAT(told_tracks(json), ElementsAre("get operation 0x1", "put operation 2"));
}

TEST(ChromeReader, tells_operations_apart_by_category_scope_and_process) {
    const auto pair = [](std::string_view more) {
        return fmt::format(R"({{"ph":"b","ts":0,"name":"op",{0}}},{{"ph":"e","ts":5,"name":"op",{0}}},)",
                           more);
    };
    EXPECT_THAT(told_tracks("[" + pair(R"("pid":1,"cat":"a","id":1)") + pair(R"("pid":1,"cat":"b","id":1)") +
                            pair(R"("pid":1,"cat":"a","id":1,"scope":"s")") +
                            pair(R"("pid":1,"cat":"a","id2":{"local":1})") +
                            pair(R"("pid":2,"cat":"a","id2":{"local":1})") +
                            pair(R"("pid":2,"cat":"a","id2":{"global":"0x1"})")),
                ElementsAre("process 1 process 1", "process 1/op operation 1", "process 1/op (2) operation 1",
                            "process 1/op (3) operation 1", "process 2 process 2", "process 2/op operation 1",
                            "op operation 1"))
        << "the first and the last are the same, in two processes";
}

TEST(ChromeReader, names_an_operation_by_its_outermost_slice_and_those_of_one_id_apart) {
    const std::string json =
        "[" + one("b", 0, R"("id":1,"name":"outer")") + "," + one("b", 1, R"("id":1,"name":"inner")") + "," +
        one("e", 2, R"("id":1,"name":"inner")") + "," + one("e", 3, R"("id":1,"name":"outer")") + "," +
        one("b", 5, R"("id":1,"name":"other")") + "," + one("e", 6, R"("id":1,"name":"other")");
    EXPECT_THAT(told(json), ElementsAre("outer: outer 0..3", "outer: > inner 1..2", "other: other 5..6"));
    EXPECT_THAT(told_tracks(json), ElementsAre("outer operation 1", "other operation 1"));
}

TEST(ChromeReader, reads_operations_as_they_were_written_before) {
    const std::string json = "[" + one("S", 0, R"("id":1,"name":"load","cat":"c")") + "," +
                             one("T", 1, R"("id":1,"name":"load","cat":"c","args":{"step":"fetch"})") + "," +
                             one("S", 2, R"("id":1,"name":"draw","cat":"c")") + "," +
                             one("p", 3, R"("id":1,"name":"draw","cat":"c")") + "," +
                             one("F", 4, R"("id":1,"name":"load","cat":"c")") + "," +
                             one("F", 5, R"("id":1,"name":"draw","cat":"c")");
    EXPECT_THAT(told(json), ElementsAre("load: load 0..4", "load: fetch! 1 {step=fetch}", "draw: draw 2..5",
                                        "draw: draw! 3"));
}

TEST(ChromeReader, nests_slices_whichever_is_written_first) {
    EXPECT_THAT(
        told(
            R"([{"ph":"X","ts":0,"dur":3,"tid":1,"name":"in"},{"ph":"X","ts":0,"dur":9,"tid":1,"name":"out"}])"),
        ElementsAre("thread 1: out 0..9", "thread 1: > in 0..3"));
}

TEST(ChromeReader, keeps_the_order_of_the_file_where_times_are_equal) {
    EXPECT_THAT(told("[" + one("B", 0, R"("name":"outer")") + "," + one("B", 5, R"("name":"short")") + "," +
                     one("E", 5, "\"tid\":0") + "," + one("E", 5, "\"tid\":0") + "," +
                     one("B", 5, R"("name":"next")") + "," + one("E", 6, "\"tid\":0")),
                ElementsAre("thread: outer 0..5", "thread: > short 5..5", "thread: next 5..6"));
}

TEST(ChromeReader, nests_both_ways_of_writing_on_one_thread) {
    EXPECT_THAT(told("[" + one("X", 0, R"("dur":5,"name":"x")") + "," + one("B", 0, R"("name":"b")") + "," +
                     one("E", 9, "\"tid\":0") + "," + one("X", 9, R"("dur":2,"name":"y")")),
                ElementsAre("thread: b 0..9", "thread: > x 0..5", "thread: y 9..11"));
}

TEST(ChromeReader, puts_slices_that_do_not_nest_on_further_tracks) {
    const std::string json = "[" + one("X", 0, R"("dur":10,"tid":1,"name":"a")") + "," +
                             one("X", 5, R"("dur":10,"tid":1,"name":"b")") + "," +
                             one("X", 6, R"("dur":2,"tid":1,"name":"in a")") + "," +
                             one("X", 8, R"("dur":10,"tid":1,"name":"c")") + "," +
                             one("X", 15, R"("dur":1,"tid":1,"name":"d")");
    EXPECT_THAT(told(json), ElementsAre("thread 1: a 0..10", "thread 1 (2): b 5..15", "thread 1: > in a 6..8",
                                        "thread 1 (3): c 8..18", "thread 1: d 15..16"));
    EXPECT_THAT(told_tracks(json),
                ElementsAre("thread 1 thread 1", "thread 1 (2) thread 1", "thread 1 (3) thread 1"));
}

TEST(ChromeReader, ends_the_slice_that_an_end_names) {
    EXPECT_THAT(told("[" + one("B", 0, R"("name":"a")") + "," + one("B", 2, R"("name":"b")") + "," +
                     one("E", 5, R"("name":"a")") + "," + one("E", 8, R"("name":"b")")),
                ElementsAre("thread: a 0..5", "thread (2): b 2..8"));
    EXPECT_THAT(missing("[" + one("B", 0, R"("name":"a")") + "," + one("E", 5, R"("name":"z")") + "]"),
                AllOf(HasSubstr("1 end without a beginning"), HasSubstr("1 slice without an end")));
}

TEST(ChromeReader, ends_the_slice_that_an_end_names_however_many_are_open) {
    std::string json = "[";
    for (int at = 0; at < 500; ++at) json += one("B", at, fmt::format(R"("name":"{}")", at % 250)) + ",";
    for (int at = 0; at < 500; ++at)
        json += one("E", 1000 + at, fmt::format(R"("name":"{}")", at % 250)) + ",";
    const auto result = imported(json);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->missing, "'t.json': the file ends before its array does");
    const ToldTracks told(*result->log);
    EXPECT_THAT(told.lines, testing::IsSupersetOf({testing::ContainsRegex("thread.*: 0 0..1250$"),
                                                   testing::ContainsRegex("thread.*: >* ?0 250..1000$"),
                                                   testing::ContainsRegex("thread.*: >* ?249 499..1249$")}));
}

TEST(ChromeReader, tells_arguments_of_the_end_at_the_beginning) {
    EXPECT_THAT(
        told("[" + one("B", 0, R"("name":"a","args":{"x":1,"y":"one"})") + "," +
             one("E", 5, R"("args":{"y":"two","z":[1, {"q": null}]})") + "," +
             one("i", 6, R"("name":"i","args":{"n":null,"t":true,"s":"\u0041\n"})")),
        ElementsAre("thread: a 0..5 {x=1,y=two,z=[1, {\"q\": null}]}", "thread: i! 6 {n=null,t=true,s=A\n}"));
}

TEST(ChromeReader, makes_counters_of_series) {
    EXPECT_THAT(told(R"([{"ph":"C","ts":1,"pid":1,"name":"cats","args":{"in":1,"out":2.5}},
                         {"ph":"C","ts":2,"pid":1,"name":"dogs","args":{"value":"7"}},
                         {"ph":"C","ts":3,"pid":1,"name":"dogs","id":4,"args":{"value":-1e3}},
                         {"ph":"C","ts":4,"pid":2,"name":"cats","args":{"in":3}}])"),
                ElementsAre("process 1: cats in = 1 at 0", "process 1: cats out = 2.5 at 0",
                            "process 1: dogs = 7 at 1", "process 1: dogs[4] = -1000 at 2",
                            "process 2: cats = 3 at 3"));
    EXPECT_THAT(
        missing(R"([{"ph":"C","ts":1,"name":"a","args":{"x":1,"y":"z","w":{}}},{"ph":"C","ts":1,"args":5}])"),
        AllOf(HasSubstr("2 counter values without a number"), HasSubstr("of a counter without values"),
              HasSubstr("whose args is a number, where an object belongs")));
}

TEST(ChromeReader, leads_flows_to_the_slice_around_them_or_to_the_next_one) {
    const std::string slices = one("X", 0, R"("dur":10,"tid":1,"name":"a")") + "," +
                               one("X", 0, R"("dur":10,"tid":2,"name":"b")") + "," +
                               one("X", 30, R"("dur":10,"tid":2,"name":"c")") + ",";
    const std::string start = one("s", 5, R"("id":1,"tid":1,"name":"f")") + ",";
    EXPECT_THAT(told("[" + slices + start + one("f", 7, R"("id":1,"tid":2,"name":"f","bp":"e")")),
                testing::Contains("thread 2: flow 1 end 7 at b"));
    EXPECT_THAT(told("[" + slices + start + one("f", 7, R"("id":1,"tid":2,"name":"f")")),
                testing::Contains("thread 2: flow 1 end 30 at c"));
    EXPECT_THAT(told("[" + slices + start + one("t", 8, R"("id":1,"tid":2,"name":"f")") + "," +
                     one("f", 30, R"("id":1,"tid":2,"name":"f")")),
                testing::IsSupersetOf({"thread 2: flow 1 step 8 at b", "thread 2: flow 1 end 30 at c"}));
    EXPECT_THAT(missing("[" + slices + start + one("f", 45, R"("id":1,"tid":2,"name":"f")") + "]"),
                HasSubstr("1 record of a flow that touches no slice"));
    EXPECT_THAT(missing("[" + slices + one("f", 5, R"("id":1,"tid":2,"name":"f","bp":"e")") + "]"),
                HasSubstr("1 flow end without a beginning"));
}

TEST(ChromeReader, leads_no_flow_from_slice_to_slice_whose_records_name_none) {
    const std::string json = "[" + one("X", 0, R"("dur":4,"tid":1,"name":"a","flow_out":true)") + "," +
                             one("X", 10, R"("dur":4,"tid":2,"name":"b","flow_in":true)") + "," +
                             one("B", 20, R"("tid":3,"name":"c")") + "," +
                             one("E", 30, R"("tid":3,"bind_id":7,"flow_out":true)") + "]";
    EXPECT_THAT(told(json), ElementsAre("thread 1: a 0..4", "thread 2: b 10..14", "thread 3: c 20..30"));
    EXPECT_THAT(missing(json), HasSubstr("2 flows without a bind_id"));
    EXPECT_THAT(missing(json), HasSubstr("1 flow that is bound to the end of a slice"));
}

TEST(ChromeReader, says_what_a_flow_is_called_and_what_its_records_say) {
    const auto lines = told("[" + one("X", 0, R"("dur":4,"tid":1,"name":"a")") + "," +
                            one("s", 1, R"("tid":1,"id":1,"name":"wake","cat":"net","args":{"n":1})") + "," +
                            one("f", 5, R"("tid":2,"id":1,"name":"wake","cat":"net","args":{"n":2})") + "," +
                            one("X", 8, R"("dur":4,"tid":2,"name":"b")") + "]");
    EXPECT_THAT(lines, ElementsAre("thread 1: a 0..4", "thread 1: flow 1 start 1 at a (wake of net) {n=1}",
                                   "thread 2: b 8..12", "thread 2: flow 1 end 8 at b {n=2}"));
}

TEST(ChromeReader, puts_threads_in_order_whose_ids_are_no_numbers) {
    std::string json = "[";
    for (const char* id : {"nan", "7", "inf", "-nan", "3", "nan(1)", "1e999", "x"})
        json += one("X", 0, fmt::format(R"("dur":4,"tid":"{}","name":"a")", id)) + ",";
    EXPECT_THAT(told_tracks(json + "]"),
                ElementsAre("thread 3 thread 3", "thread 7 thread 7", "thread inf thread inf",
                            "thread -nan thread -nan", "thread 1e999 thread 1e999", "thread nan thread nan",
                            "thread nan(1) thread nan(1)", "thread x thread x"));
}

TEST(ChromeReader, takes_names_of_arguments_with_wrong_escapes_as_they_stand) {
    EXPECT_THAT(
        told("[" + one("X", 0, R"("dur":4,"tid":1,"name":"a","args":{"C:\\\x":1,"\ud800b":2})") + "]"),
        ElementsAre("thread 1: a 0..4 {C:\\\\x=1,\uFFFDb=2}"));
}

TEST(ChromeReader, looks_for_the_trigger_of_a_resource_in_no_text) {
    const std::string json =
        "[" +
        one("b", 0,
            R"("pid":1,"tid":1,"id":5,"cat":"node.async_hooks","name":"A","args":{"data":"{\"triggerAsyncId\":4}"})") +
        "," + one("b", 0, R"("pid":1,"tid":1,"id":4,"cat":"node.async_hooks","name":"B")") + "]";
    EXPECT_THAT(told_tracks(json), testing::Contains("process 1/A resource 5"));
}

TEST(ChromeReader, leads_a_flow_with_several_ends_to_each_of_them) {
    EXPECT_THAT(
        told("[" + one("X", 0, R"("dur":4,"tid":1,"name":"a","bind_id":"0x9","flow_out":true)") + "," +
             one("X", 10, R"("dur":4,"tid":2,"name":"b","bind_id":"0x9","flow_in":true)") + "," +
             one("X", 20, R"("dur":4,"tid":3,"name":"c","bind_id":9,"flow_in":true,"flow_out":true)") + "," +
             one("X", 30, R"("dur":4,"tid":4,"name":"d","bind_id":"0x9","flow_in":true)")),
        ElementsAre("thread 1: a 0..4", "thread 1: flow 1 start 0 at a", "thread 1: flow 2 start 0 at a",
                    "thread 2: b 10..14", "thread 2: flow 1 end 10 at b", "thread 3: c 20..24",
                    "thread 3: flow 2 step 20 at c", "thread 4: d 30..34", "thread 4: flow 2 end 30 at d"));
}

TEST(ChromeReader, tells_a_flow_at_the_very_end_of_a_slice_as_inside_it) {
    EXPECT_THAT(told("[" + one("X", 0, R"("dur":5,"tid":1,"name":"a")") + "," +
                     one("s", 5, R"("id":1,"tid":1,"name":"f")") + "," +
                     one("X", 5, R"("dur":5,"tid":2,"name":"b")") + "," +
                     one("f", 5, R"("id":1,"tid":2,"name":"f","bp":"e")")),
                testing::IsSupersetOf({"thread 1: flow 1 start 5 at a (f)", "thread 2: flow 1 end 5 at b"}));
}

TEST(ChromeReader, follows_resources_of_node_s_by_ids_of_any_kind) {
    const auto hooks = [](std::string_view phase, int time, std::string_view id, std::string_view name,
                          std::string_view trigger) {
        const std::string args =
            trigger.empty() ? "" : fmt::format(R"(,"args":{{"data":{{"triggerAsyncId":{}}}}})", trigger);
        return fmt::format(
            R"({{"ph":"{}","ts":{},"pid":1,"tid":1,"cat":"node,node.async_hooks","id":{},"name":"{}"{}}},)",
            phase, time, id, name, args);
    };
    const std::string json =
        "[" + hooks("b", 0, "\"0xa\"", "TCP", "1") + hooks("b", 1, "11", "PROMISE", "\"0xa\"") +
        hooks("b", 2, "\"12\"", "PROMISE", "\"11\"") + hooks("b", 3, "11", "PROMISE_CALLBACK", "") +
        hooks("b", 4, "11", "PROMISE_CALLBACK", "") + hooks("e", 5, "11", "PROMISE_CALLBACK", "") +
        hooks("e", 6, "11", "PROMISE_CALLBACK", "") + hooks("b", 7, "2", "Timeout_CALLBACK", "") +
        hooks("e", 8, "2", "Timeout_CALLBACK", "") + hooks("e", 9, "\"0xb\"", "PROMISE", "");
    EXPECT_THAT(told_tracks(json), ElementsAre("process 1 process 1", "process 1/TCP resource 0xa",
                                               "process 1/PROMISE resource 11 of process 1/TCP",
                                               "process 1/PROMISE (2) resource 12 of process 1/PROMISE",
                                               "process 1/Timeout_CALLBACK operation 2"));
    EXPECT_THAT(told(json), testing::IsSupersetOf({"process 1/TCP: TCP 0... {data={\"triggerAsyncId\":1}}",
                                                   "process 1/PROMISE: > PROMISE_CALLBACK 3..6",
                                                   "process 1/PROMISE: >> PROMISE_CALLBACK 4..5",
                                                   "process 1/Timeout_CALLBACK: Timeout_CALLBACK 7..8"}));
    EXPECT_THAT(missing(json), HasSubstr("2 slices without an end, shown as unfinished"));
}

TEST(ChromeReader, counts_what_has_no_meaning_by_kind) {
    const auto result = imported(
        R"([1, "a", {"ph":"O","ts":1}, {"ph":"?","ts":1}, {"ph":"X","name":}, {}, {"ph":"i"}, {"ph":"X","ts":1,"dur":-5},
            {"ph":"M","name":"num_cpus","args":{"number":8}}, {"ph":"E","ts":1,"tid":1}, {"ph":"i","ts":2,"tid":1,"name":"x"}])");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->records, 11u);
    EXPECT_EQ(result->skipped, 10u);
    std::vector<std::string> kinds;
    for (const Omission& each : result->omissions) kinds.push_back(each.line());
    EXPECT_THAT(
        kinds,
        testing::UnorderedElementsAre(
            HasSubstr("1 value where an object belongs: a number, the first at byte 1"),
            HasSubstr("1 value where an object belongs: a string, the first at byte 4"),
            HasSubstr("1 record of objects' lives and states (N, O, D), the first at byte 9"),
            HasSubstr("1 record of an unknown phase \"?\""), HasSubstr("1 record without valid JSON"),
            HasSubstr("1 record without a phase (ph)"), HasSubstr("1 record without a time (ts)"),
            HasSubstr("1 record with a negative duration"),
            HasSubstr("1 record of metadata called \"num_cpus\""), HasSubstr("1 end without a beginning")));
    EXPECT_THAT(result->missing, HasSubstr("'t.json': 10 of 11 records were passed over ("));
    EXPECT_THAT(result->missing, HasSubstr("--passed-over lists these and 5 more kinds"));
}

TEST(ChromeReader, says_what_is_missing_at_the_end) {
    const std::string said =
        missing(R"([{"ph":"B","ts":1,"name":"x"},{"ph":"i","ts":2,"name":"y"},{"ph":"i","ts")");
    EXPECT_THAT(said, HasSubstr("ends before its array does"));
    EXPECT_THAT(said, HasSubstr("1 slice without an end"));
    EXPECT_THAT(said, HasSubstr("1 record cut off at the end"));
    EXPECT_THAT(missing(R"([{"ph":"i","ts":2,"name":"y"}] [{"ph":"i","ts":2,"name":"z"}])"),
                HasSubstr("another trace follows at byte 31, which was not read"));
}

TEST(ChromeReader, reads_what_is_not_quite_json) {
    EXPECT_THAT(told("[" + one("X", 0,
                               "\"dur\":1,\"name\":\"a\tb\",\"args\":{\"x\":NaN,\"y\":\"\\q\\ud800\",\"z\":"
                               "\"\\ud83d\\ude00\"}")),
                ElementsAre("thread: a\tb 0..1 {x=NaN,y=\\q\uFFFD,z=\U0001F600}"));
}

TEST(ChromeReader, takes_as_many_slices_that_do_not_nest_as_there_are) {
    std::string json = "[";
    for (int at = 0; at < 3000; ++at) json += one("X", at, R"("dur":3000,"name":"a")") + ",";
    EXPECT_EQ(told_tracks(json).size(), 3000U);
    json = "[";
    for (int at = 0; at < 10'000; ++at) json += one("B", at, R"("name":"a")") + ",";
    const auto result = imported(json);
    ASSERT_TRUE(result);
    trace::Index index;
    index.update(*result->log);
    EXPECT_EQ(index.slices().slices(), 10'000U);
    EXPECT_LE(index.tracks().track(1).depth, 4096U) << "deeper ones are on further tracks";
}

TEST(ChromeReader, refuses_what_is_no_trace_in_one_sentence) {
    for (const std::string_view text : {"", "   ", "hello", "12", "\"[]\""})
        EXPECT_THAT(imported(text).error().message, HasSubstr("is no Chrome trace")) << text;
    for (const std::string_view text : {"[]", "[{}]", "[[[[", "[1,2", R"([{"ph":"s","ts":1}])"})
        EXPECT_THAT(imported(text).error().message, HasSubstr("nothing to show")) << text;
    for (const std::string_view text : {"{}", "{\"a\"", "{{{{", R"({"name":"a"})", R"({"a":1}{"b":2})"})
        EXPECT_THAT(imported(text).error().message, HasSubstr("is JSON, but no trace")) << text;
    EXPECT_THAT(imported(R"({"traceEvents":{"a":1}})").error().message,
                HasSubstr("its traceEvents is an object, where an array of records belongs"));
    EXPECT_THAT(imported(std::string_view("[\0{\0\"\0", 6)).error().message, HasSubstr("UTF-16"));
}

TEST(ChromeReader, takes_times_as_far_apart_as_can_be) {
    EXPECT_EQ(told(R"([{"ph":"X","ts":-1000000000000000.9,"dur":2000000000000000.9,"tid":1,"name":"a"},
                       {"ph":"X","ts":1000000000000000.9,"dur":300000000000000.9,"tid":1,"name":"b"}])")
                  .size(),
              2u);
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

}  // namespace
}  // namespace loopscope::exchange
