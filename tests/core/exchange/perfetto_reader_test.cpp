#include "core/exchange/perfetto_reader.hpp"

#include <bit>
#include <initializer_list>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/protobuf.hpp"
#include "core/exchange/read_trace.hpp"
#include "tests/core/exchange/packed.hpp"
#include "tests/core/exchange/told_tracks.hpp"

namespace loopscope::exchange {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Packets, with the numbers of trace_packet.proto, track_event.proto and track_descriptor.proto.

Message packet(std::uint64_t microseconds = 0) {
    Message made;
    if (microseconds > 0) made.number(8, microseconds * 1000);
    made.number(10, 1);
    return made;
}

std::string trace_of(std::initializer_list<Message> packets) {
    Message trace;
    for (const Message& each : packets) trace.message(1, each);
    return trace.bytes();
}

Message track(std::uint64_t uuid, std::uint64_t parent, std::string_view name) {
    Message made;
    made.number(1, uuid);
    if (parent != 0) made.number(5, parent);
    if (!name.empty()) made.text(2, name);
    return made;
}

Message process(std::uint64_t uuid, std::uint64_t pid, std::string_view name) {
    return packet().message(60, track(uuid, 0, "").message(3, Message().number(1, pid).text(6, name)));
}

Message thread(std::uint64_t uuid, std::uint64_t pid, std::uint64_t tid, std::string_view name) {
    return packet().message(
        60, track(uuid, 0, "").message(4, Message().number(1, pid).number(2, tid).text(5, name)));
}

Message named(std::uint64_t uuid, std::uint64_t parent, std::string_view name) {
    return packet().message(60, track(uuid, parent, name));
}

constexpr std::uint64_t begins = 1;
constexpr std::uint64_t ends = 2;
constexpr std::uint64_t happens = 3;
constexpr std::uint64_t counts = 4;

Message event(std::uint64_t type, std::uint64_t uuid, std::string_view name = {}) {
    Message made;
    made.number(9, type).number(11, uuid);
    if (!name.empty()) made.text(23, name);
    return made;
}

Message at(std::uint64_t microseconds, const Message& event) {
    return packet(microseconds).message(11, event);
}

Result<Imported> read_packets(std::string_view bytes) {
    return read_trace(std::as_bytes(std::span(bytes)), "t.pftrace");
}

struct Told {
    std::vector<std::string> lines;
    std::vector<std::string> tracks;
    std::string missing;
};

Told told_packets(std::initializer_list<Message> packets) {
    const auto read = read_packets(trace_of(packets));
    if (!read) return {{}, {}, read.error().message};
    const ToldTracks told(*read->log);
    return {told.lines, told.tracks, read->missing};
}

TEST(PerfettoReader, puts_slices_on_their_threads_and_these_into_their_processes) {
    const Told told = told_packets({
        process(1, 77, "server"),
        thread(2, 77, 78, "main"),
        at(10, event(begins, 2, "handle")),
        at(20, event(begins, 2, "parse")),
        at(25, event(happens, 2, "tick")),
        at(30, event(ends, 2)),
        at(50, event(ends, 2)),
    });
    EXPECT_THAT(told.tracks, ElementsAre("server process 77", "server/main thread 78"));
    EXPECT_THAT(told.lines, ElementsAre("server/main: handle 0..40", "server/main: > parse 10..20",
                                        "server/main: tick! 15"));
    EXPECT_EQ(told.missing, "");
}

TEST(PerfettoReader, makes_the_process_that_only_its_threads_name) {
    const Told told = told_packets({thread(2, 5, 6, ""), at(10, event(happens, 2, "x"))});
    EXPECT_THAT(told.tracks, ElementsAre("process 5 process 5", "process 5/thread 6 thread 6"));
}

TEST(PerfettoReader, says_that_ends_alone_are_nothing_to_show) {
    EXPECT_THAT(
        told_packets({at(10, event(ends, 1))}).missing,
        AllOf(HasSubstr("has no track events"), HasSubstr("1 of 1 records was passed over (1 record of ends "
                                                          "without a begin)")));
}

TEST(PerfettoReader, begins_no_flow_where_an_old_event_says_that_one_comes_in) {
    const auto bound = [](std::uint64_t direction, std::string_view name) {
        return event(happens, 1, name).message(6, Message().number(8, 77).number(13, direction));
    };
    const Told told =
        told_packets({at(10, bound(1, "in")), at(20, bound(2, "out")), at(30, bound(1, "again"))});
    EXPECT_THAT(told.lines, ElementsAre("in: in! 0", "in: out! 10", "in: flow 1 start 10 at nothing",
                                        "in: again! 20", "in: flow 1 step 20 at nothing"));
    EXPECT_THAT(told.missing, HasSubstr("1 flow that goes on without a begin"));
}

TEST(PerfettoReader, cuts_no_text_of_an_argument) {
    const std::string text(5000, 'x');
    const Message value = Message().text(10, "d").message(11, Message().text(10, text).text(6, text + "!"));
    const Told told = told_packets({at(1, event(happens, 1, "a").message(4, value))});
    EXPECT_THAT(told.lines, ElementsAre(HasSubstr("d={\"" + text + "\":\"" + text + "!\"}")));
    EXPECT_EQ(told.missing, "");
}

TEST(PerfettoReader, shows_tracks_of_one_name_and_parent_as_operations_unless_they_are_kept_apart) {
    const auto apart = [](std::uint64_t uuid) {
        return packet().message(60, track(uuid, 1, "upload").number(15, 2));
    };
    const Told told = told_packets({
        process(1, 7, "p"),
        named(10, 1, "request"),
        named(11, 1, "request"),
        named(12, 1, "alone"),
        apart(13),
        apart(14),
        at(1, event(happens, 10, "a")),
        at(2, event(happens, 11, "b")),
        at(3, event(happens, 12, "c")),
        at(4, event(happens, 13, "d")),
        at(5, event(happens, 14, "e")),
    });
    EXPECT_THAT(told.tracks,
                ElementsAre("p process 7", "p/request operation 10", "p/request (2) operation 11",
                            "p/alone plain 12", "p/upload plain 13", "p/upload (2) plain 14"));
}

TEST(PerfettoReader, calls_tracks_of_one_key_by_one_name) {
    const auto keyed = [](std::uint64_t uuid, std::string_view name, std::uint64_t key) {
        return packet().message(60, track(uuid, 0, name).number(15, 3).number(17, key));
    };
    const Told told = told_packets({keyed(1, "one", 5), keyed(2, "two", 5), keyed(3, "one", 6),
                                    at(1, event(happens, 1, "a")), at(2, event(happens, 2, "b")),
                                    at(3, event(happens, 3, "c"))});
    EXPECT_THAT(told.tracks, ElementsAre("one operation 1", "one (2) operation 2", "one (6) plain 3"));
}

TEST(PerfettoReader, orders_tracks_as_their_parent_asks) {
    const auto ordered = [](std::uint64_t order) {
        return packet().message(60, track(1, 0, "root").number(11, order));
    };
    const auto ranked = [](std::uint64_t uuid, std::string_view name, std::uint64_t rank) {
        return packet().message(60, track(uuid, 1, name).number(12, rank));
    };
    const auto order_of = [&](std::uint64_t order) {
        std::vector<std::string> tracks =
            told_packets({ordered(order), ranked(2, "c", 2), ranked(3, "a", 3), ranked(4, "b", 1),
                          at(3, event(happens, 2, "x")), at(1, event(happens, 3, "x")),
                          at(2, event(happens, 4, "x"))})
                .tracks;
        std::string letters;
        for (const std::string& each : tracks)
            letters += each[each.rfind('/') == std::string::npos ? 0 : each.rfind('/') + 1];
        return letters;
    };
    EXPECT_EQ(order_of(0), "rcab") << "as in the file";
    EXPECT_EQ(order_of(1), "rabc") << "by name";
    EXPECT_EQ(order_of(2), "rabc") << "by time";
    EXPECT_EQ(order_of(3), "rbca") << "by rank";
}

TEST(PerfettoReader, finds_the_texts_that_are_named_by_number_until_they_are_cleared) {
    const auto text = [](std::uint64_t number, std::string_view said) {
        return Message().number(1, number).text(2, said);
    };
    const auto numbered = [](std::uint64_t when, std::uint64_t name) {
        return packet(when).number(13, 2).message(11, Message()
                                                          .number(9, happens)
                                                          .number(11, 1)
                                                          .number(10, name)
                                                          .number(3, 4)
                                                          .message(4, Message().number(1, 9).number(17, 8)));
    };
    const Message texts = Message()
                              .message(2, text(3, "handle"))
                              .message(1, text(4, "net"))
                              .message(3, text(9, "url"))
                              .message(29, text(8, "/index"));
    const Told told = told_packets({
        numbered(1, 3),
        packet().number(13, 1).message(12, texts),
        numbered(10, 3),
        packet().number(13, 1).message(12, Message().message(2, text(3, "another"))),
        numbered(20, 3),
        packet().number(42, 1),
        numbered(30, 3),
    });
    EXPECT_THAT(told.lines, ElementsAre("handle: handle! 0 {url=/index}", "handle: another! 10 {=}"));
    EXPECT_THAT(told.missing, HasSubstr("2 records of events whose names are in packets that are missing"));
}

TEST(PerfettoReader, writes_arguments_as_json_and_those_of_an_end_at_its_beginning) {
    const auto argument = [](std::string_view name) { return Message().text(10, name); };
    Message begin = event(begins, 1, "a");
    begin.message(4, argument("text").text(6, "x\"y"));
    begin.message(4, argument("minus").number(4, static_cast<std::uint64_t>(-3)));
    begin.message(4, argument("yes").number(2, 1));
    begin.message(4, argument("half").fixed64(5, std::bit_cast<std::uint64_t>(0.5)));
    begin.message(4, argument("at").number(7, 255));
    begin.message(4, argument("json").text(9, "{\"k\":1}"));
    begin.message(
        4, argument("dict")
               .message(11, argument("n").number(3, 1))
               .message(
                   11,
                   argument("l").message(12, Message().text(6, "x\"y")).message(12, Message().number(2, 0))));
    begin.message(33, Message().text(2, "a.cpp").text(3, "f()").number(4, 12));
    const Told told =
        told_packets({at(1, begin), at(2, event(ends, 1).message(4, argument("status").number(3, 200)))});
    EXPECT_THAT(
        told.lines,
        ElementsAre(
            "a: a 0..1 {text=x\"y,minus=-3,yes=true,half=0.5,at=0xff,json={\"k\":1},dict={\"n\":1,\"l\":["
            "\"x\\\"y\",false]},source=a.cpp:12 f(),status=200}"));
}

TEST(PerfettoReader, leads_flows_from_slice_to_slice) {
    const auto flow = [](const Message& message, std::uint64_t id) {
        return Message(message).fixed64(47, id);
    };
    const Told told = told_packets({
        named(1, 0, "a"),
        named(2, 0, "b"),
        at(1, flow(event(begins, 1, "send"), 5)),
        at(2, event(ends, 1)),
        at(3, flow(event(begins, 2, "relay"), 5)),
        at(4, event(ends, 2)),
        at(5, event(begins, 1, "receive").fixed64(48, 5)),
        at(6, event(ends, 1)),
        at(7, event(happens, 1, "late").fixed64(48, 5)),
    });
    EXPECT_THAT(told.lines, ElementsAre("a: send 0..1", "a: flow 1 start 0 at send", "b: relay 2..3",
                                        "b: flow 1 step 2 at relay", "a: receive 4..5",
                                        "a: flow 1 end 4 at receive", "a: late! 6"));
    EXPECT_THAT(told.missing, HasSubstr("1 flow that ends without a begin"));
}

TEST(PerfettoReader, counts_in_the_units_that_a_counter_says) {
    const auto counter = [](std::uint64_t uuid, std::string_view name, const Message& how) {
        return packet().message(60, track(uuid, 0, name).message(8, how));
    };
    const Told told = told_packets({
        counter(1, "memory", Message().number(3, 3).number(4, 1024)),
        counter(2, "sent", Message().number(5, 1).text(6, "requests")),
        at(1, event(counts, 1).number(30, 2)),
        at(2, event(counts, 2).number(30, 5)),
        at(3, event(counts, 2).number(30, 7)),
        at(4, event(counts, 1).fixed64(44, std::bit_cast<std::uint64_t>(0.5))),
        at(5, event(begins, 9, "s").number(31, 1).number(12, 4)),
    });
    EXPECT_THAT(told.lines, ElementsAre(": memory (bytes) = 2048 at 0", ": sent (requests) = 5 at 1",
                                        ": sent (requests) = 12 at 2", ": memory (bytes) = 512 at 3",
                                        "s: s 4...", ": memory (bytes) = 4096 at 4"));
}

Message clock(std::uint64_t id, std::uint64_t units) {
    return Message().number(1, id).number(2, units);
}

TEST(PerfettoReader, relates_clocks_by_their_snapshots) {
    const auto by = [](std::uint64_t id, std::uint64_t units, std::string_view name) {
        return Message().number(8, units).number(10, 1).number(58, id).message(11, event(happens, 1, name));
    };
    const Told told = told_packets({
        packet().message(6, Message()
                                .message(1, clock(6, 1'000'000))
                                .message(1, clock(3, 500'000))
                                .message(1, clock(64, 200).number(3, 1).number(4, 1000))),
        by(6, 1'001'000, "boot"),
        by(3, 502'000, "monotonic"),
        by(64, 3, "incremental"),
        by(64, 1, "incremental"),
        by(99, 1, "unknown"),
    });
    EXPECT_THAT(told.lines, ElementsAre("boot: boot! 0", "boot: monotonic! 1", "boot: incremental! 2",
                                        "boot: incremental! 3"));
    EXPECT_THAT(told.missing, HasSubstr("1 record of events whose clock has no relation to the others"));
}

TEST(PerfettoReader, reads_packets_that_are_compressed) {
    const std::string inner = trace_of({at(10, event(begins, 1, "a")), at(20, event(ends, 1))});
    const std::string twice = trace_of({packet().text(50, deflated(inner, false))});
    const Told told =
        told_packets({packet().text(50, deflated(inner, false)), packet().text(133, zstandard(inner)),
                      packet().text(50, deflated(twice, false)), packet().text(50, "x\x9c???")});
    EXPECT_THAT(told.lines, ElementsAre("a: a 0..10", "a: > a 0..10"));
    EXPECT_THAT(told.missing, AllOf(HasSubstr("1 record that are compressed twice"),
                                    HasSubstr("1 record whose compressed part is damaged")));
}

TEST(PerfettoReader, reads_old_events_that_say_a_phase) {
    const auto old = [](char phase) { return Message().number(2, static_cast<std::uint64_t>(phase)); };
    const auto operation = [&](char phase, std::string_view name) {
        return Message().text(23, name).text(22, "net").message(6, old(phase).number(6, 0x1f));
    };
    const Told told = told_packets({
        packet().message(44, Message().number(1, 5).number(2, 6).text(5, "io")),
        at(1, Message().text(23, "work").message(6, old('B'))),
        at(2, operation('b', "fetch")),
        at(3, operation('n', "data")),
        at(4, operation('e', "fetch")),
        at(5, Message().message(6, old('E'))),
        at(6, Message().text(23, "odd").message(6, old('O'))),
    });
    EXPECT_THAT(told.tracks, ElementsAre("process 5 process 5", "process 5/io thread 6",
                                         "process 5/fetch operation 0x1f net"));
    EXPECT_THAT(told.lines, ElementsAre("process 5/io: work 0..4", "process 5/fetch: fetch 1..3",
                                        "process 5/fetch: data! 2"));
    EXPECT_THAT(told.missing, HasSubstr("1 record of old events of phase O"));
}

TEST(PerfettoReader, counts_by_kind_what_it_passes_over) {
    const Told told = told_packets({
        packet().text(1, ""),
        packet().text(1, ""),
        packet().text(2, ""),
        packet().text(33, ""),
        packet().text(900, ""),
        at(1, event(happens, 1, "x")),
        at(2, event(ends, 1)),
        packet().message(11, event(happens, 1, "never")),
    });
    EXPECT_THAT(told.missing,
                AllOf(HasSubstr("2 records of ftrace"), HasSubstr("1 record of process tree"),
                      HasSubstr("1 record of field 900"), HasSubstr("1 record of ends without a begin"),
                      HasSubstr("1 record of events without a time")));
    EXPECT_THAT(told_packets({packet().text(1, "")}).missing,
                AllOf(HasSubstr("'t.pftrace' has no track events among its 1 packets"),
                      HasSubstr("1 record of ftrace")));
}

TEST(PerfettoReader, shows_what_stands_before_what_is_cut_off_or_no_packet) {
    const std::string whole =
        trace_of({named(1, 0, "a"), at(1, event(happens, 1, "x")), at(2, event(happens, 1, "y"))});
    const auto lines_of = [](std::string_view bytes) {
        const auto read = read_packets(bytes);
        return read ? std::pair(ToldTracks(*read->log).lines.size(), read->missing)
                    : std::pair(std::size_t{0}, read.error().message);
    };
    EXPECT_EQ(lines_of(whole).first, 2U);
    const auto cut = lines_of(std::string_view(whole).substr(0, whole.size() - 3));
    EXPECT_EQ(cut.first, 1U);
    EXPECT_THAT(cut.second, HasSubstr("the file ends inside the packet at byte "));
    const auto damaged = lines_of(whole + "\x07hello, this is no packet");
    EXPECT_EQ(damaged.first, 2U);
    EXPECT_THAT(damaged.second,
                HasSubstr(fmt::format("what comes after byte {} is no packet", whole.size())));
}

TEST(PerfettoReader, survives_tracks_that_are_inside_of_each_other_in_a_circle) {
    const Told told = told_packets({named(1, 2, "a"), named(2, 3, "b"), named(3, 1, "c"), named(4, 4, "d"),
                                    at(1, event(happens, 1, "x")), at(2, event(happens, 4, "y"))});
    EXPECT_EQ(told.tracks.size(), 4U);
    EXPECT_EQ(told.lines.size(), 2U);
}

TEST(PerfettoReader, passes_slices_over_that_are_inside_of_too_many) {
    Message trace;
    for (int depth = 0; depth < 5000; ++depth) trace.message(1, at(1, event(begins, 1, "deep")));
    for (int depth = 0; depth < 5000; ++depth) trace.message(1, at(2, event(ends, 1)));
    const auto read = read_packets(trace.bytes());
    ASSERT_TRUE(read);
    EXPECT_EQ(ToldTracks(*read->log).lines.size(), TrackRecords::max_depth);
    EXPECT_THAT(read->missing, HasSubstr("904 records of slices inside more than 4096 others"));
}

}  // namespace
}  // namespace loopscope::exchange
