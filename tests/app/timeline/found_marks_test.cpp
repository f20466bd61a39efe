#include "app/timeline/found_marks.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "app/session/hits.hpp"
#include "tests/support/track_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Hits;
using session::Session;

Hits hits_of(const Session& session, const std::string& text) {
    Hits hits;
    hits.look_for(text);
    while (hits.update(session, std::chrono::milliseconds(10)), !hits.is_complete()) continue;
    return hits;
}

/// Counts the quads that `now` has in a layer more than `before`, and that `counts` is true of.
template <class Counts>
std::size_t added(const DrawList& before, const DrawList& now, DrawList::Depth depth, const Counts& counts) {
    const auto all = [&](const DrawList& list) {
        return std::ranges::count_if(list[depth].quads, [&](const Quad& quad) { return counts(quad.rect); });
    };
    return static_cast<std::size_t>(all(now) - all(before));
}

TEST(FoundMarks, stand_behind_the_prints_that_were_found_and_above_the_lanes_and_in_the_minimap) {
    Session session = session::finished_seed(trace::Storage::contextvar);
    TimelineScene timeline(session);
    timeline.draw();
    const DrawList before = timeline.list;
    const Hits hits = hits_of(session, "0");
    const std::size_t prints = hits.lists()[0].size();
    ASSERT_GT(prints, 3U);
    timeline.found = {hits.lists()};
    timeline.draw();
    const auto in_lanes = [&](const Rect& rect) { return timeline.layout.lanes.contains(rect.x, rect.y); };
    EXPECT_EQ(added(before, timeline.list, DrawList::grid, in_lanes), prints);
    const auto in_minimap = [&](const Rect& rect) {
        return rect.y >= timeline.layout.minimap.y && rect.bottom() <= timeline.layout.minimap.bottom();
    };
    EXPECT_EQ(added(before, timeline.list, DrawList::cursor, in_minimap), hits.count());
    const auto above = [&](const Rect& rect) { return rect.bottom() <= timeline.layout.flags.bottom(); };
    EXPECT_EQ(added(before, timeline.list, DrawList::cursor, above), hits.count());
}

TEST(FoundMarks, stand_behind_the_labels_of_the_tasks_that_were_found) {
    Session session = session::finished_seed();
    TimelineScene timeline(session);
    timeline.draw();
    const DrawList before = timeline.list;
    const Hits hits = hits_of(session, "sleep(b)");
    timeline.found = {hits.lists()};
    timeline.draw();
    const auto in_lane = [&](std::uint32_t task) {
        return [&timeline, task](const Rect& rect) {
            const float y = timeline.y(TaskId{task});
            return rect.y < y && rect.bottom() > y && rect.right() <= timeline.layout.gutter;
        };
    };
    EXPECT_EQ(added(before, timeline.list, DrawList::labels, in_lane(3)), 1U);
    EXPECT_EQ(added(before, timeline.list, DrawList::labels, in_lane(2)), 0U);
}

TEST(FoundMarks, frame_the_slices_that_were_found) {
    Session session = session::browser_and_server().session();
    TrackScene timeline(session);
    timeline.draw();
    const DrawList before = timeline.list;
    const Hits hits = hits_of(session, "Layout");
    ASSERT_GT(hits.count(), 0U);
    timeline.found = {hits.lists()};
    timeline.draw();
    const Rect box = timeline.rect(timeline.slice("Layout"));
    EXPECT_EQ(
        added(before, timeline.list, DrawList::marks,
              [&](const Rect& rect) { return std::abs(rect.x - box.x) < 4 && std::abs(rect.y - box.y) < 4; }),
        1U);
}

TEST(FoundMarks, cost_no_more_than_the_pixels_however_many_there_are) {
    std::vector<EventIndex> all;
    Session session(session::setup_of("indication", trace::Storage::contextvar, {{"duration", "2000"}}));
    run(session);
    for (EventIndex event = session.first_event(); event <= session.head(); ++event) all.push_back(event);
    TimelineScene timeline(session);
    timeline.draw();
    const std::size_t before = timeline.list[DrawList::cursor].quads.size();
    timeline.found.lists[2] = all;
    timeline.draw();
    EXPECT_GT(all.size(), 100'000U);
    EXPECT_LE(timeline.list[DrawList::cursor].quads.size() - before, std::size_t{2662});
}

}  // namespace
}  // namespace loopscope::timeline
