// How much is drawn of a long trace, and that nothing gets lost in it.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "app/timeline/band_pixels.hpp"
#include "core/feed/file_feed.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Session;
using trace::Storage;

std::size_t instances_of(const DrawList& list) {
    std::size_t count = 0;
    for (const Layer& layer : list.layers)
        count += layer.bands.size() + layer.quads.size() + layer.segments.size() + layer.glyphs.size();
    return count;
}

/// Whether a task's lane shows a value of this hue that leaks, as a tile, a bar or a column of a band.
bool shows_leak(const TimelineScene& timeline, TaskId task, Color hue) {
    const float y = timeline.y(task);
    const auto across = [&](const Rect& rect) { return rect.y < y && rect.bottom() > y; };
    for (const Band& band : timeline.list[DrawList::lanes].bands) {
        const auto first = timeline.list.texels.begin() + band.first;
        if (across(band.rect) && std::any_of(first, first + band.count, [&](const Texel& texel) {
                return texel.leaks() && same_hue(texel.mark, hue);
            }))
            return true;
    }
    return std::ranges::any_of(timeline.list[DrawList::marks].quads, [&](const Quad& quad) {
        return same_hue(quad.fill, hue) && across(quad.rect);
    });
}

TEST(LargeTimeline, draws_a_million_events_with_few_instances_and_shows_leaks_at_any_zoom) {
    Session session(
        session::setup_of("indication", Storage::global, {{"duration", "225"}, {"interval", "0.01"}}));
    run(session);
    ASSERT_GT(session.log().size(), 1'000'000u);
    const TaskId leaking{6};
    for (const AxisKind kind : {AxisKind::sequence, AxisKind::time}) {
        TimelineScene timeline(session, kind);
        const auto& prints = session.index().task(leaking).prints;
        const std::int64_t middle =
            timeline.axis().at(session.index().prints().event(prints[prints.size() / 2]));
        int zooms = 0;
        for (; timeline.view.scale < 0.9; ++zooms) {
            timeline.draw();
            ASSERT_LT(instances_of(timeline.list), 10'000u) << timeline.view.scale;
            ASSERT_TRUE(shows_leak(timeline, leaking, timeline.scene().hue(TaskId{4})))
                << timeline.view.scale;
            timeline.view.zoom(7, 0, timeline.layout.width(), timeline.axis().end());
            timeline.view.origin = middle - (timeline.view.tick(400) - timeline.view.origin);
        }
        EXPECT_GT(zooms, 5);
    }
}

/// A worker that prints what the request a wrote again and again, once for the request b.
Session with_one_stale_print_among(std::uint32_t prints) {
    using trace::Kind;
    using trace::tagged;
    auto log = std::make_shared<trace::Log>();
    const auto text = [&](std::string_view words) { return log->intern(words).value; };
    log->emit(Kind::begin, 0, text("pool"));
    log->emit(Kind::storage, 0, 0, tagged(Storage::contextvar));
    log->emit(Kind::variable, 1, text("symbol"), text("."));
    std::uint32_t iterations = 0;
    const auto step = [&](std::uint32_t task, trace::Resume resume) {
        log->emit(Kind::iteration, ++iterations, 1);
        log->emit(Kind::step, task, 0, tagged(resume));
    };
    const auto spawn = [&](std::uint32_t task) {
        log->emit(Kind::spawn, task, text("task"), tagged(trace::Start::soon));
    };
    const auto wait = [&](std::uint32_t task) {
        log->emit(Kind::suspend, task, 9, tagged(trace::Wait::event));
    };
    spawn(1);
    step(1, trace::Resume::first);
    spawn(2);
    wait(1);
    step(2, trace::Resume::first);
    const EventIndex of_a = log->emit(Kind::set, 2, text("a"), 1);
    spawn(3);
    wait(2);
    step(3, trace::Resume::first);
    wait(3);
    log->emit(Kind::wake, 1, 9, tagged(trace::Wait::event));
    step(1, trace::Resume::value);
    spawn(4);
    wait(1);
    step(4, trace::Resume::first);
    log->emit(Kind::set, 4, text("b"), 1);
    log->emit(Kind::put, 1, 5);
    log->emit(Kind::wake, 3, 9, tagged(trace::Wait::event));
    wait(4);
    for (std::uint32_t print = 0; print < prints; ++print) {
        step(3, trace::Resume::value);
        if (print == prints / 2) log->emit(Kind::take, 1, 5);
        const EventIndex read = log->emit(Kind::get, 3, of_a.value, 1);
        log->emit(Kind::print_value, 3, read.value);
        if (print == prints / 2) log->emit(Kind::task_done, 0, 5);
        log->emit(Kind::suspend, 3, 0, tagged(trace::Wait::yield));
    }
    EXPECT_TRUE(trace::check(*log));
    return Session(std::make_unique<feed::FileFeed>(log, format::Info{}, "pool"));
}

TEST(LargeTimeline, shows_one_stale_print_among_a_hundred_thousand_at_any_zoom) {
    Session session = with_one_stale_print_among(100'000);
    ASSERT_EQ(session.index().stales_until(session.head()), 1U);
    TimelineScene timeline(session);
    const PrintIndex stale = session.index().prints().stale_counts().find(1);
    const std::int64_t middle = timeline.axis().at(session.index().prints().event(stale));
    int zooms = 0;
    for (; timeline.view.scale < 0.9; ++zooms) {
        timeline.draw();
        int columns = 0;
        for (const Band& band : timeline.list[DrawList::lanes].bands) {
            const auto first = timeline.list.texels.begin() + band.first;
            for (std::int32_t x = 0; x < static_cast<std::int32_t>(TimelineScene::width); ++x)
                columns += pixel_of(band, {first, band.count}, x).is_stale() ? 1 : 0;
        }
        const bool as_bar = std::ranges::any_of(timeline.list[DrawList::marks].quads, [&](const Quad& quad) {
            return same_hue(quad.fill, timeline.scene().hue(TaskId{4}));
        });
        ASSERT_TRUE(columns > 0 || as_bar) << timeline.view.scale;
        ASSERT_LE(columns, 3) << "and the others are not";
        timeline.view.zoom(7, 0, timeline.layout.width(), timeline.axis().end());
        timeline.view.origin = middle - (timeline.view.tick(400) - timeline.view.origin);
    }
    EXPECT_GT(zooms, 3);
}

TEST(LargeTimeline, merges_the_same_pieces_wherever_it_is_panned_to_and_makes_them_once) {
    Session session(
        session::setup_of("indication", Storage::global, {{"duration", "60"}, {"interval", "0.01"}}));
    run(session);
    TimelineScene timeline(session);
    timeline.view.zoom(3, 500, timeline.layout.width(), timeline.axis().end());
    timeline.draw();
    const std::vector<Texel> before = timeline.list.texels;
    ASSERT_FALSE(timeline.list[DrawList::lanes].bands.empty());
    EXPECT_GT(timeline.tiles.made(), 0);
    timeline.draw();
    EXPECT_EQ(timeline.tiles.made(), 0);
    EXPECT_EQ(timeline.list.texels, before);
    // A few pixels on, the columns that are still in view are the same ones.
    const Band band = timeline.list[DrawList::lanes].bands[0];
    timeline.view.pan(20);
    timeline.draw();
    const Band moved = timeline.list[DrawList::lanes].bands[0];
    const float column = band.rect.width / static_cast<float>(band.count);
    const auto shift = static_cast<std::uint32_t>(std::lround((moved.rect.x - (band.rect.x - 20)) / column));
    for (std::uint32_t each = 0; each + shift < band.count; ++each)
        ASSERT_EQ(timeline.list.texels[moved.first + each], before[band.first + each + shift]);
}

}  // namespace
}  // namespace loopscope::timeline
