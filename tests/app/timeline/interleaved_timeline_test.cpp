#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "tests/support/interleaved.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Session;
using trace::Kind;

/// Plain text of what stands in the lanes.
std::string labels_of(const TimelineScene& scene) {
    std::string text;
    for (const Glyph& glyph : scene.list[DrawList::lanes].glyphs) {
        if (glyph.y > scene.layout.lanes.y && glyph.y < scene.layout.lanes.bottom())
            text += static_cast<char>(glyph.character);
    }
    return text;
}

/// From where to where upright arrows lead, which are what tasks do to each other, and how many pieces there
/// are of those that bend. The flag of a switch is no arrow.
struct Arrowed {
    std::vector<std::pair<float, float>> upright;
    std::size_t bent = 0;

    friend bool operator==(const Arrowed&, const Arrowed&) = default;
};

Arrowed arrows_of(const TimelineScene& scene) {
    Arrowed arrows;
    for (const Segment& each : scene.list[DrawList::arrows].segments) {
        if (each.x0 != each.x1)
            ++arrows.bent;
        else if (each.y0 != scene.layout.flags.y)
            arrows.upright.emplace_back(each.y0, each.y1);
    }
    return arrows;
}

Session session_of(const trace::Interleaved& trace) {
    return Session(std::make_unique<feed::FileFeed>(trace.log, format::Info{}, "test"));
}

/// What a timeline shows with all arrows, and zoomed in so far that waits have labels.
struct Shown {
    Shown(Session session, EventIndex cursor) {
        session.seek(cursor);
        TimelineScene timeline(session);
        Scene scene = timeline.scene();
        scene.arrows = Arrows::all;
        draw(scene, timeline.layout, timeline.tree, timeline.tiles, timeline.list);
        arrows = arrows_of(timeline);
        timeline.view.axis = AxisKind::time;
        timeline.view.fit(timeline.axis().end(), timeline.layout.width(), 1);
        timeline.draw();
        labels = labels_of(timeline);
    }

    Arrowed arrows;
    std::string labels;
};

class InterleavedTimelineTest : public testing::TestWithParam<Kind> {};

TEST_P(InterleavedTimelineTest, shows_the_same_labels_and_arrows_whatever_stands_between_two_events) {
    bool any_label = false;
    for (const char* const program : {"indication", "nested-cancel", "lost-wakeup", "pool-worker"}) {
        SCOPED_TRACE(program);
        const auto run = scenario::run_program(program, trace::Storage::global);
        const std::uint32_t count = std::min<std::uint32_t>(run.log().size(), 300);
        const auto none = trace::interleave(run.log(), count, Kind::clock, [](auto) { return false; });
        const auto all = trace::interleave(run.log(), count, GetParam(), [](auto) { return true; });
        for (std::uint32_t event = 2; event < count; event += 23) {
            const Shown plain(session_of(none), none.at[event]);
            const Shown shown(session_of(all), all.at[event]);
            ASSERT_TRUE(shown.arrows == plain.arrows) << "at event " << event;
            ASSERT_EQ(shown.labels, plain.labels) << "at event " << event;
            any_label = any_label || plain.labels.find("until") != std::string::npos;
        }
    }
    EXPECT_TRUE(any_label);
}

INSTANTIATE_TEST_SUITE_P(Kinds, InterleavedTimelineTest, testing::Values(Kind::clock, Kind::storage),
                         [](const auto& kind) { return std::string(trace::name(kind.param)); });

TEST(Timeline, a_wait_s_label_tells_its_own_timer_where_the_storage_was_switched_before_it) {
    Session session(session::setup_of("indication", trace::Storage::global, {{"duration", "1"}}));
    run(session);
    EventIndex timer;
    while (session.log()[timer].kind() != Kind::timer) ++timer;
    session.seek(timer);
    session.select(trace::Storage::contextvar);
    ASSERT_EQ(session.log()[timer + 1].kind(), Kind::storage);
    run(session);
    TimelineScene timeline(session, AxisKind::time);
    timeline.draw();
    EXPECT_NE(labels_of(timeline).find("sleepsuntil1.000s"), std::string::npos) << labels_of(timeline);
    EXPECT_EQ(labels_of(timeline).find("sleepsuntil0.000s"), std::string::npos) << labels_of(timeline);
}

}  // namespace
}  // namespace loopscope::timeline
