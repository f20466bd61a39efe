// What is drawn of a large imported trace, and looked at for it, depends on the pixels.

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/track_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Session;
using session::TrackTrace;
using trace::TrackKind;

constexpr std::size_t max_instances = 20'000;

/// So many slices of half a microsecond, one after the other, on each of some threads.
Session busy_threads(int threads, int slices) {
    TrackTrace all;
    const auto process = all.track("process", TrackKind::process, "1");
    for (int thread = 0; thread < threads; ++thread) {
        const auto track = all.track("thread", TrackKind::thread, "2", process);
        all.begin(0, track, "all of it");
        for (int each = 0; each < slices; ++each)
            all.slice(each, each + (each % 1000 == 0 ? 0.9 : 0.5), track, each % 7 == 0 ? "other" : "work");
        all.end(slices, track);
    }
    return all.session();
}

TEST(LargeTracksTest, many_slices_are_merged_and_boxes_again_where_they_are_wide) {
    Session session = busy_threads(4, 25'000);
    TrackScene picture(session);
    picture.draw();
    EXPECT_LT(picture.instances(), 2000U);
    EXPECT_TRUE(picture.box(picture.slice("all of it")));
    EXPECT_FALSE(picture.box(picture.slice("work", 12'000)));
    const std::int64_t middle = 12'500'000;
    while (picture.view.scale < 1) {
        picture.draw();
        ASSERT_LT(picture.instances(), max_instances) << picture.view.scale;
        picture.view.zoom(3, 0, picture.layout.width(), picture.axis().end());
        picture.view.origin = middle - (picture.view.tick(600) - picture.view.origin);
    }
    picture.view.scale = 0.1;
    picture.view.origin = middle - 3000;
    picture.draw();
    const EventIndex there = session.index().slices().lanes()[0].rows[1].begin(12'500);
    ASSERT_TRUE(picture.box(there));
    EXPECT_EQ(picture.text_in(picture.rect(there)).substr(0, 2), "wo");
}

TEST(LargeTracksTest, a_frame_of_a_moving_view_makes_few_tiles) {
    Session session = busy_threads(16, 5000);
    TrackScene picture(session);
    picture.draw();
    for (int frame = 0; frame < 40; ++frame) {
        picture.view.zoom_steps(1, 500, picture.layout.width(), picture.axis().end());
        timeline::draw(picture.scene(), picture.layout, picture.tree, picture.tiles, picture.list);
        ASSERT_LE(picture.tiles.made(), 400) << frame;
    }
    for (int frame = 0; frame < 40; ++frame) {
        picture.view.zoom_steps(-1, 500, picture.layout.width(), picture.axis().end());
        timeline::draw(picture.scene(), picture.layout, picture.tree, picture.tiles, picture.list);
        ASSERT_LE(picture.tiles.made(), 400) << frame;
    }
}

TEST(LargeTracksTest, no_slice_is_lost_however_short_it_is_beside_the_others) {
    TrackTrace all;
    const auto thread = all.track("thread", TrackKind::thread, "1");
    all.slice(500'000, 500'000, thread, "moment");
    all.slice(999'999, 1'000'000, thread, "last");
    Session session = all.session();
    TrackScene picture(session);
    picture.draw();
    ASSERT_EQ(picture.list[DrawList::lanes].bands.size(), 1U);
    const Band& band = picture.list[DrawList::lanes].bands[0];
    const auto columns = std::span(picture.list.texels).subspan(band.first, band.count);
    EXPECT_EQ(std::ranges::count_if(columns, [](const Texel& texel) { return texel.fill.alpha > 150; }), 2);
}

TEST(LargeTracksTest, of_thousands_of_tracks_those_in_view_are_drawn) {
    TrackTrace all;
    constexpr int tracks = 10'000;
    for (int each = 0; each < tracks; ++each) {
        const auto track = all.track("track " + std::to_string(each), TrackKind::thread, {});
        all.slice(each, each + 5000, track, "slice");
    }
    Session session = all.session();
    TrackScene picture(session);
    for (const float share : {0.0F, 0.31F, 1.0F}) {
        picture.view.scroll =
            std::round(share * (picture.layout.content_height - picture.layout.lanes.height));
        picture.draw();
        EXPECT_LT(picture.instances(), 1500U);
        EXPECT_GT(picture.list[DrawList::lanes].bands.size(), 15U);
        for (const Layer& layer : picture.list.layers) {
            for (const Glyph& glyph : layer.glyphs) EXPECT_LT(glyph.y, TrackScene::height);
        }
    }
}

TEST(LargeTracksTest, slices_may_be_as_deep_as_a_file_has_them) {
    TrackTrace all;
    const auto thread = all.track("thread", TrackKind::thread, "1");
    constexpr int deep = 30'000;
    for (int each = 0; each < deep; ++each) all.begin(each, thread, "deeper");
    for (int each = 0; each < deep; ++each) all.end(2 * deep + each, thread);
    Session session = all.session();
    TrackScene picture(session);
    ASSERT_EQ(picture.tree.lanes()[0].rows, static_cast<std::uint32_t>(deep));
    for (const float share : {0.0F, 0.5F, 1.0F}) {
        picture.view.scroll =
            std::round(share * (picture.layout.content_height - picture.layout.lanes.height));
        picture.draw();
        EXPECT_LT(picture.instances(), 2000U);
        const Hit hit = picture.hit(1000, picture.layout.lanes.y + 100);
        EXPECT_TRUE(hit.track);
    }
    session.seek(session.index().slices().lanes()[0].rows[deep - 1].begin(0));
    EXPECT_NEAR(picture.rect(session.cursor()).bottom(), picture.layout.lanes.bottom(), 60);
}

TEST(LargeTracksTest, long_names_cost_no_more_than_their_beginning) {
    const auto laid_out = [](std::size_t length) {
        TrackTrace all;
        const std::string name(length, 'n');
        const auto process = all.track(name, TrackKind::process, name);
        const auto thread = all.track(name, TrackKind::thread, name, process);
        const auto counter = all.counter(name, process);
        all.count(0, counter, 1);
        all.slice(0, 10, thread, name);
        all.instant(5, thread, name);
        all.slice(20, 30, thread, "short");
        Session session = all.session();
        TrackScene picture(session);
        picture.draw();
        return picture.laid_out();
    };
    const std::size_t expected = laid_out(2000);
    EXPECT_EQ(laid_out(20'000), expected);
    EXPECT_EQ(laid_out(3'000'000), expected);
}

TEST(LargeTracksTest, times_at_the_limit_and_windows_that_are_too_small_are_drawn) {
    TrackTrace all;
    const auto thread = all.track("thread", TrackKind::thread, "1");
    const auto counter = all.counter("counter", thread);
    all.slice(0, 1, thread, "first");
    all.count(0, counter, 3);
    const double end = std::ldexp(1.0, 62) / 1000;
    all.slice(1, end, thread, "rest");
    Session session = all.session();
    for (const float height : {1.0F, 80.0F, 300.0F}) {
        for (const float width : {1.0F, 200.0F, 4000.0F}) {
            TrackScene picture(session);
            picture.layout = layout_of(picture.tree, width, height, 1);
            picture.view.fit(picture.axis().end(), picture.layout.width(), 1);
            for (int steps : {0, 40, 400, -400}) {
                picture.view.zoom_steps(steps, 0, picture.layout.width(), picture.axis().end());
                picture.draw();
                static_cast<void>(picture.hit(width / 2, height / 2));
            }
        }
    }
}

}  // namespace
}  // namespace loopscope::timeline
