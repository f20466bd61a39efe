// What is under a point of the timeline.

#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Session;
using trace::PrintInfo;
using trace::Storage;

class TimelineHit : public testing::Test {
  protected:
    Session session_ = session::finished_seed();
    TimelineScene timeline_{session_};
};

TEST_F(TimelineHit, on_a_tile_is_its_print) {
    for (const PrintInfo& print : session_.index().prints()) {
        const Hit hit = timeline_.hit(timeline_.x(print.event), timeline_.y(print.task));
        ASSERT_EQ(hit.part, Hit::Part::lanes);
        ASSERT_EQ(hit.task, print.task);
        ASSERT_EQ(hit.event, print.event);
    }
}

TEST_F(TimelineHit, on_the_output_strip_is_the_print_of_that_symbol) {
    for (const PrintInfo& print : session_.index().prints()) {
        const Hit hit = timeline_.hit(timeline_.x(print.event),
                                      timeline_.layout.output.y + timeline_.layout.output.height / 2);
        ASSERT_EQ(hit.part, Hit::Part::output);
        ASSERT_EQ(hit.event, print.event);
    }
}

TEST_F(TimelineHit, on_a_lane_s_label_is_its_task_and_no_event) {
    for (std::uint32_t task = 1; task <= 8; ++task) {
        const Hit hit = timeline_.hit(40, timeline_.y(TaskId{task}));
        ASSERT_EQ(hit.part, Hit::Part::lanes);
        ASSERT_EQ(hit.task, TaskId{task});
        ASSERT_FALSE(hit.event);
    }
}

TEST_F(TimelineHit, on_each_letter_of_an_axis_word_is_that_axis_and_beside_the_words_none) {
    const std::vector<Glyph>& glyphs = timeline_.draw()[DrawList::labels].glyphs;
    const std::size_t sequence = AxisWords::title_word.size();
    const std::size_t time = sequence + AxisWords::sequence_word.size();
    const std::size_t end = time + AxisWords::time_word.size();
    ASSERT_GE(glyphs.size(), end);
    for (std::size_t letter = 0; letter < end; ++letter) {
        const Hit hit = timeline_.hit(glyphs[letter].x + glyphs[letter].size / 4, glyphs[letter].y);
        ASSERT_EQ(hit.part, Hit::Part::axis_words);
        if (letter < sequence)
            ASSERT_FALSE(hit.axis) << "TIMELINE is no axis";
        else
            ASSERT_EQ(hit.axis, letter < time ? AxisKind::sequence : AxisKind::time) << letter;
    }
    EXPECT_FALSE(timeline_.hit(glyphs[end - 1].x + 40, glyphs[end - 1].y).axis);
    EXPECT_FALSE(timeline_.hit(timeline_.x(EventIndex{20}), timeline_.y(TaskId{1})).axis);
}

TEST_F(TimelineHit, on_the_minimap_is_the_tick_that_it_stands_for) {
    const Rect& minimap = timeline_.layout.minimap;
    const float y = minimap.y + minimap.height / 2;
    std::int64_t last = -1'000'000;
    for (float share = 0.01F; share < 1; share += 0.01F) {
        const Hit hit = timeline_.hit(minimap.x + minimap.width * share, y);
        ASSERT_EQ(hit.part, Hit::Part::minimap);
        ASSERT_GT(hit.tick, last);
        ASSERT_NEAR(static_cast<double>(hit.tick),
                    static_cast<double>(share) * static_cast<double>(timeline_.axis().end()),
                    static_cast<double>(timeline_.axis().end()) * 0.01);
        last = hit.tick;
    }
}

TEST_F(TimelineHit, between_tiles_is_the_end_of_the_nearest_handle) {
    const HandleIndex handle = session_.index().task(TaskId{1}).steps[0];
    const std::int64_t tick = (timeline_.axis().begin_of(handle) + timeline_.axis().end_of(handle)) / 2;
    const Hit hit = timeline_.hit(timeline_.layout.gutter + timeline_.view.x(tick), timeline_.y(TaskId{1}));
    EXPECT_EQ(hit.event, session_.index().last_event(handle));
}

TEST_F(TimelineHit, elsewhere_is_no_event) {
    const Layout& layout = timeline_.layout;
    const float x = layout.gutter + 300;
    EXPECT_EQ(timeline_.hit(60, 10).part, Hit::Part::axis_words);
    EXPECT_EQ(timeline_.hit(x, layout.storage.y + 3).part, Hit::Part::storage);
    EXPECT_EQ(timeline_.hit(x, layout.flags.y + 3).part, Hit::Part::nothing);
    EXPECT_FALSE(timeline_.hit(x, layout.storage.y + 3).event);
    EXPECT_FALSE(timeline_.hit(60, 10).event);
}

TEST_F(TimelineHit, below_the_last_lane_is_no_task) {
    Session session(session::setup_of("indication", Storage::global, {{"symbols", "x"}}));
    run(session);
    TimelineScene timeline(session);
    ASSERT_LT(timeline.layout.content_height + timeline.layout.lane_height, timeline.layout.lanes.height);
    EXPECT_FALSE(timeline.hit(40, timeline.layout.lanes.bottom() - 2).task);
}

TEST_F(TimelineHit, follows_zooming_panning_and_scrolling) {
    timeline_.view.zoom(8, 500, timeline_.layout.width(), timeline_.axis().end());
    timeline_.view.scroll = timeline_.layout.lane_height;
    int seen = 0;
    for (const PrintInfo& print : session_.index().prints()) {
        const float x = timeline_.x(print.event);
        const float y = timeline_.y(print.task);
        if (x < timeline_.layout.gutter || x > timeline_.layout.gutter + timeline_.layout.width() ||
            y < timeline_.layout.lanes.y)
            continue;
        ASSERT_EQ(timeline_.hit(x, y).event, print.event);
        ++seen;
    }
    EXPECT_GT(seen, 2);
}

}  // namespace
}  // namespace loopscope::timeline
