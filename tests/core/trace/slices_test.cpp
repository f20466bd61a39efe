#include "core/trace/slices.hpp"

#include <gmock/gmock.h>

#include "tests/core/trace/hand_written.hpp"

namespace loopscope::trace {
namespace {

using testing::SizeIs;

/// Where slices of other tools' traces are found.
class SlicesTest : public HandWritten {
  protected:
    void track(std::uint32_t number, TrackKind kind, const char* name = "track", std::uint32_t parent = 0) {
        add(Kind::track, number, text(name), parent);
        add(Kind::identity, number, text("7"), tagged(kind));
    }
    EventIndex begin(std::uint32_t track, const char* name = "slice") {
        return add(Kind::slice, track, text(name));
    }
    EventIndex end(std::uint32_t track) { return add(Kind::slice_end, track); }
};

TEST_F(SlicesTest, are_in_rows_by_their_depth) {
    track(1, TrackKind::thread);
    const auto outer = begin(1);
    const auto inner = begin(1);
    const auto inner_end = end(1);
    const auto second = begin(1);
    end(1);
    const auto outer_end = end(1);
    const auto open = begin(1);
    EXPECT_EQ(wrong(), "");
    const Index all = index();
    const Slices& slices = all.slices();
    ASSERT_THAT(slices.lanes(), SizeIs(1));
    EXPECT_EQ(slices.slices(), 4U);
    const std::vector<SliceRow>& rows = slices.lanes()[0].rows;
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0].begin(0), outer);
    EXPECT_EQ(rows[0].end(0), outer_end);
    EXPECT_EQ(rows[1].end(0), inner_end);
    EXPECT_FALSE(rows[0].end(1)) << "a slice that has not ended has an end";
    EXPECT_EQ(rows[1].begun_before(second), 1U);
    EXPECT_EQ(rows[1].begun_before(second + 1), 2U);
    EXPECT_EQ(rows[1].begun_before(second + 1, 2), 2U);

    const auto found = slices.find(1, second);
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, (SliceSpot{0, 1, 1}));
    EXPECT_EQ(slices.begin_of(*slices.parent_of(*found)), outer);
    EXPECT_FALSE(slices.parent_of({0, 0, 0}));
    EXPECT_FALSE(slices.find(1, inner_end)) << "an end is not where a slice begins";
    EXPECT_EQ(slices.begin_of(*slices.open_at(0, inner)), inner);
    EXPECT_EQ(slices.begin_of(*slices.open_at(0, inner_end)), outer);
    EXPECT_FALSE(slices.open_at(0, outer_end));
    EXPECT_EQ(slices.begin_of(*slices.open_at(0, open)), open);
}

TEST_F(SlicesTest, are_counted_by_their_names) {
    track(1, TrackKind::thread);
    begin(1, "load");
    begin(1, "parse");
    end(1);
    begin(1, "parse");
    add(Kind::instant, 1, text("load"));
    const Index all = index();
    const Slices& slices = all.slices();
    const auto named = [&](const char* name) { return slices.count_of(StringId{text(name)}); };
    EXPECT_EQ(named("load"), 2U);
    EXPECT_EQ(named("parse"), 2U);
    EXPECT_EQ(named("of nothing"), 0U);
    EXPECT_EQ(named("track"), 0U) << "the name of a track was counted";
    ASSERT_THAT(slices.names(), SizeIs(2));
    EXPECT_EQ(log.strings()[slices.names()[0]], "load");
}

TEST_F(SlicesTest, of_operations_share_lanes_where_they_do_not_overlap) {
    track(1, TrackKind::process, "app");
    track(2, TrackKind::operation, "rpc", 1);
    track(3, TrackKind::operation, "rpc", 1);
    track(4, TrackKind::operation, "rpc", 1);
    track(5, TrackKind::operation, "other", 1);
    const auto first = begin(2);
    const auto beside = begin(3);
    const auto other = begin(5);
    end(2);
    const auto after = begin(4);
    const auto again = begin(2);
    EXPECT_EQ(wrong(), "");
    const Index all = index();
    const Slices& slices = all.slices();
    const auto lane_of = [&](std::uint32_t track, EventIndex at) { return *slices.lane_of(track, at); };
    EXPECT_EQ(lane_of(2, first), 0U);
    EXPECT_EQ(lane_of(3, beside), 1U);
    EXPECT_EQ(lane_of(5, other), 2U);
    EXPECT_EQ(lane_of(4, after), 0U) << "the lane of what has ended stays empty";
    EXPECT_EQ(lane_of(2, again), 3U) << "its lane was taken meanwhile";
    EXPECT_EQ(lane_of(2, first), 0U) << "where it was before has changed";
    EXPECT_EQ(slices.lanes()[1].number, 1U);
    EXPECT_EQ(slices.lanes()[3].number, 2U);
    EXPECT_EQ(slices.begin_of(*slices.find(2, first)), first);
    EXPECT_EQ(slices.begin_of(*slices.find(2, again)), again);
    EXPECT_FALSE(slices.lane_of(1, again)) << "nothing happened on the process's own track";
}

TEST_F(SlicesTest, are_touched_by_flows_one_after_the_other) {
    track(1, TrackKind::thread);
    track(2, TrackKind::thread);
    const auto from = begin(1);
    const auto start = add(Kind::flow, 1, 1, tagged(FlowPoint::start));
    end(1);
    const auto other = add(Kind::flow, 1, 2, tagged(FlowPoint::start));
    const auto to = begin(2);
    const auto finish = add(Kind::flow, 2, 1, tagged(FlowPoint::end));
    EXPECT_EQ(wrong(), "");
    const Index all = index();
    const Slices& slices = all.slices();
    EXPECT_EQ(slices.flows(), 2U);
    const auto& touches = slices.lanes()[0].flow_points;
    ASSERT_EQ(touches.size(), 2U);
    EXPECT_EQ(touches[0], start);
    EXPECT_EQ(touches[1], other);
    EXPECT_EQ(slices.flow_point(start).slice, from);
    EXPECT_EQ(slices.flow_point(start).next, finish);
    EXPECT_FALSE(slices.flow_point(start).previous);
    EXPECT_EQ(slices.flow_point(finish).slice, to);
    EXPECT_EQ(slices.flow_point(finish).previous, start);
    EXPECT_FALSE(slices.flow_point(other).slice) << "no slice was open";
    EXPECT_FALSE(slices.flow_point(to).event) << "no flow is there";
}

TEST_F(SlicesTest, have_the_root_of_what_they_came_of) {
    track(1, TrackKind::resource, "PROMISE");
    track(2, TrackKind::resource, "Timeout");
    track(3, TrackKind::resource, "Timeout");
    add(Kind::cause, 2, 0, 1);
    add(Kind::cause, 3, 0, 2);
    add(Kind::cause, 1, 0, 1);
    EXPECT_EQ(wrong(), "");
    const Index all = index();
    EXPECT_EQ(all.tracks().track(3).cause, 2U);
    EXPECT_EQ(all.tracks().track(3).root, 1U);
    EXPECT_EQ(all.tracks().track(1).root, 1U) << "what causes itself has no cause";
    EXPECT_EQ(all.tracks().track(2).kind, TrackKind::resource);
}

}  // namespace
}  // namespace loopscope::trace
