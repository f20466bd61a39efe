// What imported traces say is the same when they were written for other tools and are read again.

#include <bit>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/chrome_export.hpp"
#include "core/exchange/perfetto_export.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/exchange/track_records.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/core/exchange/told_tracks.hpp"

namespace loopscope::exchange {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;
using trace::Kind;
using trace::TrackKind;

/// Tracks whose slices last a microsecond or more, written by hand.
class Traced {
  public:
    Traced() { log.emit(Kind::begin, 0, text("imported")); }
    std::uint32_t track(std::string_view name, TrackKind kind, std::string_view identity,
                        std::uint32_t parent = 0) {
        return announce_track(log, tracks_, StringId{text(name)}, parent, kind, StringId{text(identity)});
    }
    void slice(int from, int to, std::uint32_t track, std::string_view name) {
        at(from);
        log.emit(Kind::slice, track, text(name));
        at(to);
        log.emit(Kind::slice_end, track);
    }
    void counter(std::uint32_t number, std::string_view name, std::uint32_t track) {
        log.emit(Kind::counter, number, text(name), track);
    }
    void count(int time, std::uint32_t counter, double value) {
        at(time);
        const auto bits = std::bit_cast<std::uint64_t>(value);
        log.emit(Kind::count, counter, static_cast<std::uint32_t>(bits),
                 static_cast<std::uint32_t>(bits >> 32));
    }

    trace::Log log;

  private:
    std::uint32_t text(std::string_view words) { return log.intern(words).value; }
    void at(int microseconds) { log.set_time(std::chrono::microseconds(microseconds)); }

    std::uint32_t tracks_ = 0;
};

class ImportedExport : public testing::Test {
  protected:
    static std::shared_ptr<trace::Log> read(std::string_view json) {
        const auto imported = read_trace(std::as_bytes(std::span(json)), "t.json");
        EXPECT_TRUE(imported) << (imported ? "" : imported.error().message);
        return imported ? imported->log : std::make_shared<trace::Log>();
    }
    [[nodiscard]] ToldTracks through_chrome(const trace::Log& log) const {
        EXPECT_TRUE(write_chrome(folder_.path() / "again.json", log));
        return read_again("again.json");
    }
    [[nodiscard]] ToldTracks through_perfetto(const trace::Log& log) const {
        EXPECT_TRUE(write_perfetto(folder_.path() / "again.pftrace", log));
        return read_again("again.pftrace");
    }
    void expect_same_lines(const trace::Log& log) const {
        const ToldTracks before(log);
        EXPECT_EQ(through_chrome(log).lines, before.lines);
        EXPECT_EQ(through_perfetto(log).lines, before.lines);
    }

  private:
    [[nodiscard]] ToldTracks read_again(const char* name) const {
        const auto imported = read_trace(folder_.path() / name);
        EXPECT_TRUE(imported) << (imported ? "" : imported.error().message);
        static const trace::Log nothing;
        if (!imported) return ToldTracks(nothing);
        EXPECT_EQ(imported->missing, "");
        return ToldTracks(*imported->log);
    }

    TemporaryFolder folder_;
};

TEST_F(ImportedExport, keeps_what_flows_are_called_and_what_is_said_of_them) {
    const auto log = read(R"([
        {"ph":"X","ts":0,"dur":4,"pid":1,"tid":1,"name":"put","args":{"of":"put"}},
        {"ph":"s","ts":0,"pid":1,"tid":1,"id":1,"name":"hand over","cat":"queue","args":{"size":12}},
        {"ph":"X","ts":5,"dur":4,"pid":1,"tid":2,"name":"move"},
        {"ph":"t","ts":7,"pid":1,"tid":2,"id":1,"name":"hand over","cat":"queue","args":{"at":"7","more":[1]}},
        {"ph":"X","ts":10,"dur":4,"pid":1,"tid":3,"name":"take"},
        {"ph":"f","bp":"e","ts":12,"pid":1,"tid":3,"id":1,"name":"hand over","cat":"queue"},
        {"ph":"s","ts":12,"pid":1,"tid":3,"id":2,"name":"ends nowhere"}])");
    EXPECT_THAT(ToldTracks(*log).lines,
                ElementsAre("process 1/thread 1: put 0..4 {of=put}",
                            "process 1/thread 1: flow 1 start 0 at put (hand over of queue) {size=12}",
                            "process 1/thread 2: move 5..9",
                            "process 1/thread 2: flow 1 step 7 at move {at=7,more=[1]}",
                            "process 1/thread 3: take 10..14", "process 1/thread 3: flow 1 end 12 at take",
                            "process 1/thread 3: flow 2 start 12 at take (ends nowhere)"));
    expect_same_lines(*log);
}

TEST_F(ImportedExport, gives_no_name_to_flows_that_have_none) {
    const auto log = read(R"([
        {"ph":"X","ts":0,"dur":4,"pid":1,"tid":1,"name":"a","bind_id":"0x9","flow_out":true},
        {"ph":"X","ts":5,"dur":4,"pid":1,"tid":2,"name":"b","bind_id":"0x9","flow_in":true},
        {"ph":"X","ts":10,"dur":4,"pid":1,"tid":3,"name":"c","bind_id":"0x9","flow_in":true},
        {"ph":"i","ts":20,"pid":1,"tid":4,"name":"late","bind_id":"7","flow_out":true},
        {"ph":"n","ts":22,"pid":1,"id":"5","cat":"c","name":"half","bind_id":"7","flow_in":true}])");
    EXPECT_THAT(ToldTracks(*log).lines, Contains("process 1/thread 4: flow 3 start 20 at nothing"));
    expect_same_lines(*log);
}

TEST_F(ImportedExport, keeps_counters_of_one_name_apart) {
    Traced traced;
    const auto process = traced.track("p", TrackKind::process, "7");
    traced.counter(1, "bytes", process);
    traced.counter(2, "bytes", process);
    traced.count(0, 1, 10);
    traced.count(2, 2, 500);
    traced.count(3, 1, 11);
    EXPECT_THAT(through_chrome(traced.log).lines,
                IsSupersetOf({"p: bytes = 10 at 0", "p: bytes[2] = 500 at 2", "p: bytes = 11 at 3"}));
}

TEST_F(ImportedExport, keeps_processes_and_threads_apart_whose_numbers_were_used_again) {
    Traced traced;
    const auto first = traced.track("first", TrackKind::process, "7");
    const auto main = traced.track("main", TrackKind::thread, "8", first);
    const auto worker = traced.track("worker", TrackKind::thread, "8", first);
    const auto second = traced.track("second", TrackKind::process, "7");
    const auto again = traced.track("main", TrackKind::thread, "8", second);
    traced.slice(0, 1, main, "a");
    traced.slice(2, 3, worker, "b");
    traced.slice(4, 5, again, "c");
    const auto lines = ElementsAre("first/main: a 0..1", "first/worker: b 2..3", "second/main: c 4..5");
    EXPECT_THAT(through_chrome(traced.log).lines, lines);
    EXPECT_THAT(through_perfetto(traced.log).lines, lines);
}

TEST_F(ImportedExport, keeps_what_happens_on_a_process_apart_from_its_threads) {
    Traced traced;
    const auto process = traced.track("p", TrackKind::process, "7");
    const auto zero = traced.track("zero", TrackKind::thread, "0", process);
    traced.slice(0, 9, process, "starts");
    traced.slice(12, 15, zero, "work");
    const ToldTracks again = through_chrome(traced.log);
    EXPECT_THAT(again.tracks, ElementsAre("p process 7", "p/p thread 1000000001", "p/zero thread 0"));
    EXPECT_THAT(again.lines, ElementsAre("p/p: starts 0..9", "p/zero: work 12..15"));
}

TEST_F(ImportedExport, keeps_operations_of_one_id_apart_that_overlap) {
    const auto log = read(R"([
        {"ph":"S","ts":0,"pid":1,"tid":1,"id":5,"cat":"c","name":"load"},
        {"ph":"S","ts":2,"pid":1,"tid":1,"id":5,"cat":"c","name":"draw"},
        {"ph":"F","ts":6,"pid":1,"tid":1,"id":5,"cat":"c","name":"load"},
        {"ph":"F","ts":9,"pid":1,"tid":1,"id":5,"cat":"c","name":"draw"}])");
    EXPECT_THAT(ToldTracks(*log).lines,
                ElementsAre("process 1/load: load 0..6", "process 1/draw: draw 2..9"));
    expect_same_lines(*log);
}

TEST_F(ImportedExport, keeps_the_resources_of_each_of_nodes_threads_apart) {
    const auto resource = [](int thread, int id, int trigger, int time) {
        const std::string head =
            fmt::format(R"("pid":1,"tid":{},"id":{},"cat":"node.async_hooks","name":"PROMISE")", thread, id);
        return fmt::format(
            R"({{"ph":"b","ts":{},{},"args":{{"triggerAsyncId":{}}}}},{{"ph":"e","ts":{},{}}},)", time, head,
            trigger, time + 10, head);
    };
    const auto log = read("[" + resource(1, 5, 0, 0) + resource(1, 6, 5, 1) + resource(2, 5, 0, 2) +
                          resource(2, 7, 5, 3) + resource(2, 9, 6, 4) + "]");
    const ToldTracks before(*log);
    EXPECT_THAT(before.tracks, Contains("process 1/PROMISE (4) resource 7 of process 1/PROMISE (3)"));
    EXPECT_THAT(before.tracks, Contains("process 1/PROMISE (5) resource 9"));
    const ToldTracks again = through_chrome(*log);
    EXPECT_EQ(again.tracks, before.tracks);
    EXPECT_EQ(again.lines, before.lines);
}

TEST_F(ImportedExport, keeps_the_digits_of_numbers_that_are_too_long_for_other_readers) {
    const auto log =
        read(R"([{"ph":"X","ts":0,"dur":1,"name":"a","args":{"id":"12345678901234567890","n":12}}])");
    TemporaryFolder folder;
    ASSERT_TRUE(write_chrome(folder.path() / "t.json", *log));
    std::ostringstream json;
    json << std::ifstream(folder.path() / "t.json").rdbuf();
    EXPECT_THAT(json.str(), HasSubstr(R"("id":"12345678901234567890","n":12)"));
    expect_same_lines(*log);
}

}  // namespace
}  // namespace loopscope::exchange
