#include "core/trace/tracks.hpp"

#include <bit>
#include <limits>

#include <gmock/gmock.h>

#include "tests/core/trace/hand_written.hpp"

namespace loopscope::trace {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

/// What other tools' traces have.
class TracksTest : public HandWritten {
  protected:
    EventIndex track(std::uint32_t number, std::uint32_t parent = 0) {
        return add(Kind::track, number, text("track"), parent);
    }
    EventIndex count(std::uint32_t counter, double value) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        return add(Kind::count, counter, static_cast<std::uint32_t>(bits),
                   static_cast<std::uint32_t>(bits >> 32));
    }
};

TEST_F(TracksTest, have_slices_inside_each_other_with_arguments_and_instants) {
    track(1);
    const auto child = track(2, 1);
    const auto outer = add(Kind::slice, 2, text("parse"), text("io"));
    const auto argument = add(Kind::argument, 2, text("bytes"), text("12"));
    add(Kind::slice, 2, text("read"));
    add(Kind::slice_end, 2);
    const auto end = add(Kind::slice_end, 2);
    const auto instant = add(Kind::instant, 1, text("gc"));
    add(Kind::argument, 1, text("generation"), text("2"));
    EXPECT_EQ(wrong(), "");
    const Index all = index();
    ASSERT_THAT(all.tracks().tracks(), SizeIs(2));
    const TrackInfo& info = all.tracks().tracks()[1];
    EXPECT_EQ(info.parent, 1U);
    EXPECT_EQ(info.slices, 2U);
    EXPECT_EQ(info.depth, 2U);
    EXPECT_EQ(info.open, 0U);
    EXPECT_EQ(all.tracks().tracks()[0].instants, 1U);
    EXPECT_EQ(details(child), "2 'track'  in track 1");
    EXPECT_EQ(details(outer), "track 2 'parse'  'io'");
    EXPECT_EQ(details(argument), "track 2 'bytes' = '12'");
    EXPECT_EQ(details(end), "track 2");
    EXPECT_EQ(details(instant), "track 1 'gc'");
    add(Kind::slice_end, 2);
    EXPECT_THAT(wrong(), HasSubstr("no slice is open on track 2"));
}

TEST_F(TracksTest, are_numbered_in_order_and_in_groups_that_there_are) {
    track(2);
    EXPECT_THAT(wrong(), HasSubstr("it should number track 1, not 2"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::track, 1, 0, 1);
    EXPECT_THAT(check(other).error().message, HasSubstr("it names track 1, and there are 0"));
    Log another;
    another.emit(Kind::begin);
    another.emit(Kind::slice, 1);
    EXPECT_THAT(check(another).error().message, HasSubstr("it names track 1, and there are 0"));
}

TEST_F(TracksTest, argument_is_of_something_that_began) {
    track(1);
    add(Kind::argument, 1, text("bytes"), text("12"));
    EXPECT_THAT(wrong(), HasSubstr("nothing has begun on track 1"));
}

TEST_F(TracksTest, flows_lead_from_slice_to_slice) {
    track(1);
    add(Kind::slice, 1, text("send"));
    const auto start = add(Kind::flow, 1, 1, tagged(FlowPoint::start));
    add(Kind::flow, 1, 1, tagged(FlowPoint::step));
    add(Kind::flow, 1, 1, tagged(FlowPoint::end));
    EXPECT_EQ(wrong(), "");
    EXPECT_EQ(details(start), "track 1  flow 1  start");
    add(Kind::flow, 1, 3, tagged(FlowPoint::start));
    EXPECT_THAT(wrong(), HasSubstr("it should number flow 2, not 3"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::track, 1);
    other.emit(Kind::slice, 1);
    other.emit(Kind::flow, 1, 1, tagged(FlowPoint::end));
    EXPECT_THAT(check(other).error().message, HasSubstr("it names flow 1, and there are 0"));
}

TEST_F(TracksTest, flow_touches_something_that_began) {
    track(1);
    add(Kind::flow, 1, 1, tagged(FlowPoint::start));
    EXPECT_THAT(wrong(), HasSubstr("nothing has begun on track 1"));
}

TEST_F(TracksTest, flows_have_names_and_arguments_where_they_touch_something) {
    track(1);
    add(Kind::slice, 1, text("send"));
    add(Kind::flow, 1, 1, tagged(FlowPoint::start));
    const auto name = add(Kind::flow_name, 1, text("wake"), text("net"));
    const auto argument = add(Kind::flow_argument, 1, text("bytes"), text("12"));
    EXPECT_EQ(wrong(), "");
    EXPECT_EQ(details(name), "flow 1 'wake'  'net'");
    EXPECT_EQ(details(argument), "track 1 'bytes' = '12'");
    const Index all = index();
    EXPECT_EQ(log.strings()[all.slices().name_of_flow(1).name], "wake");
    EXPECT_EQ(log.strings()[all.slices().name_of_flow(1).category], "net");
    EXPECT_FALSE(all.slices().name_of_flow(2).name);
    add(Kind::flow_name, 2, text("wake"));
    EXPECT_THAT(wrong(), HasSubstr("it names flow 2, and there is 1"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::track, 1);
    other.emit(Kind::slice, 1);
    other.emit(Kind::flow_argument, 1);
    EXPECT_THAT(check(other).error().message, HasSubstr("no flow has touched track 1"));
}

TEST_F(TracksTest, counters_have_numbers_that_are_numbers) {
    track(1);
    const auto counter = add(Kind::counter, 1, text("memory"), 1);
    const auto counted = count(1, 0.5);
    count(1, -3);
    EXPECT_EQ(wrong(), "");
    EXPECT_EQ(details(counter), "1 'memory'  in track 1");
    EXPECT_EQ(details(counted), "counter 1 = 0.5");
    ASSERT_THAT(index().tracks().counters(), SizeIs(1));
    EXPECT_EQ(index().tracks().counters()[0].counts, 2U);
    count(1, std::numeric_limits<double>::infinity());
    EXPECT_THAT(wrong(), HasSubstr("what it counts is no number"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::count, 1);
    EXPECT_THAT(check(other).error().message, HasSubstr("it names counter 1, and there are 0"));
}

TEST_F(TracksTest, change_nothing_that_loops_do) {
    begin_step();
    track(1);
    const auto last = add(Kind::suspend, 1, 0, tagged(Wait::yield));
    add(Kind::slice, 1, text("parse"));
    EXPECT_EQ(index().last_event({0}), last);
    EXPECT_EQ(state().task(TaskId{1}).phase, TaskStatus::Phase::waiting);
}

}  // namespace
}  // namespace loopscope::trace
