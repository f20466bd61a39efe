#include "app/session/slice_stops.hpp"

#include <gtest/gtest.h>

#include "tests/core/trace/hand_written.hpp"

namespace loopscope::session {
namespace {

using Stop = SliceStops::What;

/// Two tracks: `load` with `parse` in it and an instant on the first, then `draw` on both.
class SliceStopsTest : public trace::HandWritten {
  protected:
    SliceStopsTest() {
        add(trace::Kind::track, 1, text("main"));
        add(trace::Kind::track, 2, text("worker"));
        load = add(trace::Kind::slice, 1, text("load"));
        add(trace::Kind::argument, 1, text("bytes"), text("12"));
        parse = add(trace::Kind::slice, 1, text("parse"));
        paint = add(trace::Kind::instant, 1, text("paint"));
        add(trace::Kind::slice_end, 1);
        add(trace::Kind::slice_end, 1);
        other_draw = add(trace::Kind::slice, 2, text("draw"));
        draw = add(trace::Kind::slice, 1, text("draw"));
        all = index();
    }
    [[nodiscard]] SliceStops stops() const { return {log, all}; }

    EventIndex load, parse, paint, other_draw, draw;
    trace::Index all;
};

TEST_F(SliceStopsTest, are_slices_and_instants_in_order) {
    EXPECT_EQ(stops().after(Stop::any, EventIndex{}), load);
    EXPECT_EQ(stops().after(Stop::any, load), parse);
    EXPECT_EQ(stops().after(Stop::any, parse), paint);
    EXPECT_EQ(stops().after(Stop::any, paint), other_draw);
    EXPECT_EQ(stops().after(Stop::any, other_draw), draw);
    EXPECT_EQ(stops().after(Stop::any, draw), std::nullopt);
    EXPECT_EQ(stops().before(Stop::any, draw), other_draw);
    EXPECT_EQ(stops().before(Stop::any, other_draw), paint);
    EXPECT_EQ(stops().before(Stop::any, load), std::nullopt);
}

TEST_F(SliceStopsTest, can_be_of_one_sort) {
    EXPECT_EQ(stops().after(Stop::outermost, load), other_draw) << "parse is inside of load";
    EXPECT_EQ(stops().before(Stop::outermost, other_draw), load);
    EXPECT_EQ(stops().after(Stop::instant, EventIndex{}), paint);
    EXPECT_EQ(stops().after(Stop::instant, paint), std::nullopt);
    EXPECT_EQ(stops().before(Stop::instant, draw), paint);
}

TEST_F(SliceStopsTest, can_be_beside_the_slice_at_an_event) {
    EXPECT_EQ(stops().after(Stop::beside, load), draw) << "the other draw is on another track";
    EXPECT_EQ(stops().before(Stop::beside, draw), load);
    EXPECT_EQ(stops().after(Stop::beside, parse), std::nullopt);
    EXPECT_EQ(stops().after(Stop::beside, paint), std::nullopt) << "an instant is as deep as no slice";
}

}  // namespace
}  // namespace loopscope::session
