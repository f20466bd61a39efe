#include "app/timeline/flags.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using trace::Storage;

/// A run with two switches, to its end.
session::Session switched() {
    session::Session session = session::seed();
    extend(session, 20);
    session.go_to_head();
    session.select(Storage::contextvar);
    extend(session, 12);
    session.go_to_head();
    session.select(Storage::thread_local_);
    run(session);
    return session;
}

void expect_apart(const TimelineScene& timeline, const std::vector<Flag>& flags) {
    float end = timeline.layout.gutter;
    for (const Flag& flag : flags) {
        if (flag.width <= 0) continue;
        EXPECT_GE(flag.left, end) << "event " << flag.event.value;
        end = flag.left + flag.width;
        EXPECT_LE(end, timeline.layout.all.width);
    }
}

TEST(Flags, of_marks_and_switches_that_stand_near_each_other_overlap_nowhere) {
    session::Session session = switched();
    ASSERT_EQ(session.index().switches().size(), 3u);
    const EventIndex first = session.index().switches()[1].event;
    for (std::uint32_t each = 0; each < 30; each += 3)
        session.mark(first + each, "a mark of " + std::to_string(each));
    session.mark(session.head(), "what stands at the very end");
    TimelineScene timeline(session);
    for (int zoom = 0; zoom < 12; ++zoom) {
        timeline.view.zoom_steps(zoom == 0 ? 0 : 2, timeline.x(first) - timeline.layout.gutter,
                                 timeline.layout.width(), timeline.axis().end());
        const auto flags = flags_in_view(timeline.scene(), timeline.layout);
        EXPECT_GT(flags.size(), 1u);
        expect_apart(timeline, flags);
    }
}

TEST(Flags, of_two_at_the_same_moment_both_can_be_read) {
    session::Session session = switched();
    const EventIndex event = session.index().switches()[1].event;
    session.mark(event, "here");
    TimelineScene timeline(session);
    const auto flags = flags_in_view(timeline.scene(), timeline.layout);
    ASSERT_GE(flags.size(), 2u);
    EXPECT_NE(flags[0].is_mark, flags[1].is_mark);
    for (const Flag& flag : {flags[0], flags[1]}) EXPECT_GT(flag.width, 30) << flag.is_mark;
    EXPECT_LT(flags[0].left, flags[0].x) << "one stands left of the pole";
    EXPECT_EQ(flags[1].left, flags[1].x) << "and the other one right of it";
}

TEST(Flags, are_not_crossed_by_the_line_of_the_cursor) {
    session::Session session = switched();
    session.mark(EventIndex{40}, "a text that reaches beyond the next steps");
    TimelineScene timeline(session);
    const auto flags = flags_in_view(timeline.scene(), timeline.layout);
    const Flag flag = flags.front();
    bool is_under_flag = false;
    for (EventIndex event{30}; event < session.index().end_index(); ++event) {
        session.seek(event);
        timeline.draw();
        const float x = std::round(timeline.x(event));
        const auto& lines = timeline.list[DrawList::cursor].segments;
        const Segment* line = nullptr;
        for (const Segment& each : lines) {
            if (each.y1 > timeline.layout.lanes.y && each.x0 == x && each.y1 < timeline.layout.minimap.y)
                line = &each;
        }
        ASSERT_NE(line, nullptr);
        const bool is_inside = x > flag.left + 2 && x < flag.left + flag.width - 2;
        is_under_flag = is_under_flag || is_inside;
        if (is_inside) {
            EXPECT_GE(line->y0, timeline.layout.flags.bottom()) << event.value;
        }
    }
    EXPECT_TRUE(is_under_flag);
}

TEST(Flags, are_what_the_mouse_is_on) {
    session::Session session = session::finished_seed();
    session.mark(EventIndex{60}, "here");
    TimelineScene timeline(session);
    const float y = timeline.layout.flags.y + 4;
    const Hit hit = timeline.hit(timeline.x(EventIndex{60}) + 10, y);
    EXPECT_EQ(hit.part, Hit::Part::mark);
    EXPECT_EQ(hit.event, EventIndex{60});
    EXPECT_EQ(timeline.hit(timeline.x(EventIndex{60}) - 40, y).part, Hit::Part::nothing);
}

}  // namespace
}  // namespace loopscope::timeline
