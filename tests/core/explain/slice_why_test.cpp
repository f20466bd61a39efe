#include "core/explain/slice_why.hpp"

#include <bit>

#include <gmock/gmock.h>

#include "core/explain/slice_view.hpp"
#include "core/explain/why.hpp"
#include "core/explain/words.hpp"
#include "tests/core/trace/hand_written.hpp"

// What is said about traces of tracks, as other tools write them.
namespace loopscope::explain {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using trace::Kind;
using trace::tagged;
using trace::TrackKind;

/// A process `app` with a thread `main` and a thread without a name.
class SliceWhyTest : public trace::HandWritten {
  protected:
    SliceWhyTest() {
        track(1, TrackKind::process, "app", "12");
        track(2, TrackKind::thread, "main", "1", 1);
        track(3, TrackKind::thread, "", "7", 1);
    }
    void track(std::uint32_t number, TrackKind kind, const char* name, const char* id,
               std::uint32_t parent = 0) {
        add(Kind::track, number, text(name), parent);
        add(Kind::identity, number, text(id), tagged(kind));
    }
    EventIndex begin(std::uint32_t track, const char* name, std::int64_t microseconds) {
        log.set_time(std::chrono::microseconds(microseconds));
        return add(Kind::slice, track, text(name), text("work"));
    }
    EventIndex end(std::uint32_t track, std::int64_t microseconds) {
        log.set_time(std::chrono::microseconds(microseconds));
        return add(Kind::slice_end, track);
    }
    /// Calls with what is known at an event.
    template <class Function>
    auto at(EventIndex event, Function function) {
        EXPECT_EQ(wrong(), "");
        const trace::Index all = index();
        trace::State state;
        for (EventIndex each; each <= event; ++each) state.apply(log[each]);
        return function(Facts{log, all, state, event});
    }
    std::string said(EventIndex event) {
        return at(event, [](const Facts& facts) { return why(facts).text(); });
    }
    SliceView seen(EventIndex event) { return at(event, slice_view); }
};

TEST_F(SliceWhyTest, says_what_a_slice_is_and_what_it_is_inside_of) {
    const auto outer = begin(2, "load", 10'000);
    const auto inner = begin(2, "parse", 12'000);
    const auto argument = add(Kind::argument, 2, text("bytes"), text("12"));
    const auto inner_end = end(2, 13'500);
    end(2, 20'000);
    const auto open = begin(3, "wait", 30'000);
    EXPECT_EQ(said(outer),
              "load runs on main 1 of app 12 for 10 ms, from 0.010 s on; a slice inside of it takes 1.5 ms "
              "of that.");
    EXPECT_EQ(said(inner),
              "parse runs on main 1 of app 12 for 1.5 ms, from 0.012 s on. It is inside of load.");
    EXPECT_EQ(said(argument), said(inner)) << "an argument is of its slice";
    EXPECT_EQ(said(inner_end), said(inner)) << "an end is of its slice";
    EXPECT_EQ(said(open),
              "wait begins on thread 7 of app 12 at 0.030 s; the trace does not say when it ends.");
    const SliceView view = seen(inner);
    EXPECT_EQ(view.category, "work");
    ASSERT_THAT(view.arguments, SizeIs(1));
    EXPECT_EQ(view.arguments[0].name, "bytes");
    EXPECT_EQ(view.arguments[0].value, "12");
    EXPECT_THAT(view.inside_of, ElementsAre(Field(&SliceView::Other::event, outer)));
    EXPECT_EQ(seen(outer).own, Duration(std::chrono::microseconds(8'500)));
    EXPECT_THAT(seen(outer).arguments, IsEmpty()) << "it has the arguments of what is inside of it";
}

TEST_F(SliceWhyTest, says_which_flow_led_to_it) {
    const auto put = begin(2, "put", 0);
    add(Kind::flow, 2, 1, tagged(trace::FlowPoint::start));
    end(2, 10);
    const auto get = begin(3, "get", 20);
    add(Kind::flow, 3, 1, tagged(trace::FlowPoint::end));
    end(3, 30);
    EXPECT_EQ(said(get),
              "get runs on thread 7 of app 12 for 10 µs, from 0.000020 s on. A flow leads to it from put on "
              "main 1.");
    EXPECT_EQ(
        said(put),
        "put runs on main 1 of app 12 for 10 µs, from 0.000 s on. A flow leads from it to get on thread 7.");
    ASSERT_THAT(seen(get).flows, SizeIs(1));
    EXPECT_EQ(seen(get).flows[0].event, put);
    EXPECT_TRUE(seen(get).flows[0].leads_here);
}

TEST_F(SliceWhyTest, says_what_a_flow_is_called_and_what_the_trace_says_of_it) {
    const auto put = begin(2, "put", 0);
    const auto flow = add(Kind::flow, 2, 1, tagged(trace::FlowPoint::start));
    const auto name = add(Kind::flow_name, 1, text("hand over"), text("queue"));
    const auto size = add(Kind::flow_argument, 2, text("size"), text("12"));
    add(Kind::flow, 2, 2, tagged(trace::FlowPoint::start));
    end(2, 10);
    const auto get = begin(3, "get", 20);
    add(Kind::flow, 3, 1, tagged(trace::FlowPoint::end));
    EXPECT_THAT(said(get), HasSubstr("A flow called hand over leads to it from put on main 1."));
    EXPECT_THAT(said(put), HasSubstr("A flow called hand over leads from it to get on thread 7."));
    for (const EventIndex each : {put, flow, name, size}) {
        const SliceView view = seen(each);
        EXPECT_EQ(view.event, put);
        ASSERT_THAT(view.flow_arguments, SizeIs(1));
        EXPECT_EQ(view.flow_arguments[0].name, "size");
        EXPECT_EQ(view.flow_arguments[0].value, "12");
    }
    EXPECT_THAT(at(get, surroundings).flows,
                ElementsAre(Field(&Cause::text, "from put on main 1: hand over")));
    add(Kind::flow, 3, 2, tagged(trace::FlowPoint::end));
    EXPECT_THAT(said(put), HasSubstr("Flows lead from it to get on thread 7, and get on thread 7."))
        << "they have no name in common";
}

TEST_F(SliceWhyTest, says_values_as_people_read_them) {
    EXPECT_EQ(value_text(27'812'345), "27,812,345");
    EXPECT_EQ(value_text(27'812'345, 6), "27,812,345");
    EXPECT_EQ(value_text(1234.5678, 6), "1,234.57");
    EXPECT_EQ(value_text(-1234567.25), "-1,234,567.25");
    EXPECT_EQ(value_text(-123), "-123");
    EXPECT_EQ(value_text(0), "0");
    EXPECT_EQ(value_text(-0.0), "0");
    EXPECT_EQ(value_text(0.1), "0.1");
    EXPECT_EQ(value_text(0.00025), "0.00025");
    EXPECT_EQ(value_text(999'999.9999, 6), "1,000,000");
    EXPECT_EQ(value_text(2.5e-7), "2.5e-07");
    EXPECT_EQ(value_text(1e18), "1e+18");
}

TEST_F(SliceWhyTest, says_of_a_flow_that_touches_no_slice_that_it_comes_from_nothing) {
    begin(2, "early", 0);
    end(2, 5);
    add(Kind::flow, 2, 1, tagged(trace::FlowPoint::start));
    const auto get = begin(3, "get", 20);
    add(Kind::flow, 3, 1, tagged(trace::FlowPoint::end));
    EXPECT_THAT(said(get), HasSubstr("A flow leads to it from nothing on main 1."));
}

TEST_F(SliceWhyTest, tells_resources_from_what_runs) {
    track(4, TrackKind::resource, "PROMISE", "0x2", 1);
    track(5, TrackKind::resource, "Timeout", "0x3", 1);
    add(Kind::cause, 5, 0, 4);
    const auto life = begin(5, "Timeout", 10);
    const auto runs = begin(5, "Timeout_CALLBACK", 500);
    end(5, 520);
    end(5, 530);
    EXPECT_EQ(said(life),
              "Timeout 0x3 exists for 520 µs, from 0.000010 s on; it came of PROMISE 0x2; it runs once.");
    EXPECT_EQ(said(runs),
              "Timeout_CALLBACK runs on Timeout 0x3 of app 12 for 20 µs, from 0.000500 s on. It is "
              "inside of Timeout.");
}

TEST_F(SliceWhyTest, says_what_happens_and_what_is_counted) {
    begin(2, "load", 0);
    log.set_time(std::chrono::microseconds(5));
    const auto instant = add(Kind::instant, 2, text("first paint"));
    add(Kind::counter, 1, text("memory"), 1);
    const auto bits = std::bit_cast<std::uint64_t>(12.5);
    const auto count =
        add(Kind::count, 1, static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32));
    EXPECT_EQ(said(instant), "first paint happens on main 1 of app 12 at 0.000005 s. It is inside of load.");
    EXPECT_EQ(said(count), "The counter memory of app 12 is 12.5 from 0.000005 s on.");
    EXPECT_EQ(said(EventIndex{1}), "This trace has 3 tracks, 1 slice, 1 instant and 1 counter.");
}

TEST_F(SliceWhyTest, says_durations_in_the_unit_that_suits_them) {
    EXPECT_EQ(duration_text(Duration(0)), "0 ns");
    EXPECT_EQ(duration_text(Duration(850)), "850 ns");
    EXPECT_EQ(duration_text(Duration(12'340)), "12.34 µs");
    EXPECT_EQ(duration_text(Duration(999'949)), "999.9 µs");
    EXPECT_EQ(duration_text(Duration(1'204'000)), "1.204 ms");
    EXPECT_EQ(duration_text(Duration(60'000'000'000)), "60 s");
}

}  // namespace
}  // namespace loopscope::explain
