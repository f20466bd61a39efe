#include "app/timeline/tracks_picture.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/track_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::browser_and_server;
using session::Session;
using session::TrackTrace;
using trace::Kind;
using trace::TrackKind;

TEST(TracksPictureTest, slices_are_boxes_with_their_names_below_those_that_they_are_inside_of) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    picture.draw();
    const EventIndex outer = picture.slice("RunTask");
    const EventIndex inner = picture.slice("NavigationRequest::BeginNavigation");
    const EventIndex innermost = picture.slice("URLLoader::Start");
    for (const EventIndex event : {outer, inner, innermost}) ASSERT_TRUE(picture.box(event)) << event.value;
    EXPECT_GT(picture.rect(inner).y, picture.rect(outer).bottom());
    EXPECT_GT(picture.rect(innermost).y, picture.rect(inner).bottom());
    EXPECT_EQ(picture.text_in(picture.rect(inner)), "NavigationRequest::BeginNavigation");
    const double scale = picture.view.scale;
    EXPECT_NEAR(picture.rect(inner).width, 380'000 * scale, 1.5);
    EXPECT_NEAR(picture.rect(inner).x, picture.layout.gutter + picture.view.x(40'000), 1);
}

TEST(TracksPictureTest, names_are_cut_and_there_is_none_where_no_letter_fits) {
    TrackTrace all;
    const auto thread = all.track("thread", TrackKind::thread, "1");
    all.slice(0, 50, thread, "a name that is far too long for a box that is so narrow");
    all.slice(60, 61, thread, "short");
    all.slice(999, 1000, thread, "last");
    Session session = all.session();
    TrackScene picture(session);
    picture.draw();
    const std::string name =
        picture.text_in(picture.rect(session.index().slices().lanes()[0].rows[0].begin(0)));
    EXPECT_TRUE(name.starts_with("aname") && name.ends_with("…")) << name;
    EXPECT_EQ(picture.text_in(picture.rect(picture.slice("short"))), "");
}

TEST(TracksPictureTest, slices_of_one_name_have_one_hue_in_every_theme_and_a_border) {
    Session session = browser_and_server().session();
    for (const Theme* theme : Theme::all()) {
        TrackScene picture(session);
        picture.theme = theme;
        picture.draw();
        const Quad* const one = picture.box(picture.slice("RunTask", 0));
        const Quad* const other = picture.box(picture.slice("RunTask", 1));
        ASSERT_TRUE(one && other);
        EXPECT_EQ(one->fill, other->fill);
        EXPECT_GT(one->edge.alpha, one->fill.alpha) << "what touches is told apart by its border";
        EXPECT_TRUE(std::ranges::any_of(theme->hues, [&](Color hue) { return same_hue(hue, one->fill); }));
    }
}

TEST(TracksPictureTest, the_life_of_a_resource_is_hollow_and_what_runs_in_it_is_filled_in_its_root_s_hue) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    picture.draw();
    const Quad* const life = picture.box(picture.slice("HTTPINCOMINGMESSAGE"));
    const Quad* const run = picture.box(picture.slice("HTTPINCOMINGMESSAGE_CALLBACK"));
    const Quad* const of_promise = picture.box(picture.slice("PROMISE_CALLBACK"));
    ASSERT_TRUE(life && run && of_promise);
    EXPECT_EQ(life->fill.alpha, 0);
    EXPECT_GT(run->fill.alpha, 60);
    EXPECT_TRUE(same_hue(life->edge, run->fill));
    EXPECT_TRUE(same_hue(of_promise->fill, run->fill)) << "the promise came of the request";
    EXPECT_FALSE(same_hue(picture.box(picture.slice("HTTPINCOMINGMESSAGE_CALLBACK", 1))->fill, run->fill));
}

TEST(TracksPictureTest, a_slice_without_an_end_reaches_to_the_end_of_the_trace_and_is_open_there) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    picture.draw();
    const EventIndex open = picture.slice("RunTask", 2);
    const Rect rect = picture.rect(open);
    EXPECT_NEAR(rect.right(), picture.layout.gutter + picture.view.x(picture.axis().end()), 1);
    const Quad* const box = picture.box(open);
    ASSERT_TRUE(box);
    EXPECT_LT(box->fill.alpha, picture.box(picture.slice("RunTask"))->fill.alpha);
    const auto& quads = picture.list[DrawList::lanes].quads;
    const auto gaps = std::ranges::count_if(quads, [&](const Quad& quad) {
        return quad.fill == picture.theme->background && std::abs(quad.rect.right() - rect.right()) <= 1;
    });
    EXPECT_GT(gaps, 2) << "its right border is dotted";
}

TEST(TracksPictureTest, nothing_is_dimmed_wherever_the_cursor_is) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    const EventIndex first = session.index().slices().lanes()[0].rows[0].begin(0);
    session.go_to_start();
    const DrawList start = picture.draw();
    session.go_to_head();
    picture.draw();
    EXPECT_EQ(picture.list[DrawList::lanes], start[DrawList::lanes]);
    for (const Band& band : picture.list[DrawList::lanes].bands) EXPECT_GT(band.fades_from, 1e8F);
    ASSERT_TRUE(first);
}

TEST(TracksPictureTest, the_slice_at_the_cursor_has_an_outline) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    const auto outlines = [&] {
        picture.draw();
        return std::ranges::count_if(picture.list[DrawList::marks].quads, [&](const Quad& quad) {
            return quad.fill.alpha == 0 && quad.edge == picture.theme->accent;
        });
    };
    session.go_to_start();
    EXPECT_EQ(outlines(), 0);
    for (const EventIndex event : {picture.slice("Layout"), picture.event(Kind::instant, "load")}) {
        session.seek(event);
        EXPECT_EQ(outlines(), 1);
    }
}

TEST(TracksPictureTest, labels_name_tracks_with_their_numbers_and_lanes_that_share_once) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    picture.draw();
    EXPECT_EQ(picture.label(0), "Browser4711");
    EXPECT_EQ(picture.label(2), "CrBrowserMain1");
    EXPECT_EQ(picture.label(4), "HTTPrequest×3");
    EXPECT_EQ(picture.label(5), "");
    EXPECT_EQ(picture.label(6), "nodeserver.js812");
}

TEST(TracksPictureTest, there_is_one_axis_and_a_filter_says_how_many_tracks_are_left) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    picture.draw();
    const Rect head{0, 0, TrackScene::width, picture.layout.flags.y};
    EXPECT_EQ(picture.text_in(head), "TIMELINE");
    picture.filter = "promise";
    picture.tree.set_filter([](std::uint32_t track) { return track == 8; },
                            [](std::uint32_t) { return false; });
    picture.draw();
    EXPECT_TRUE(picture.text_in(head).starts_with("TIMELINEfilterpromise:1of")) << picture.text_in(head);
    EXPECT_NE(picture.text_in(head).find("tracks"), std::string::npos);
}

TEST(TracksPictureTest, instants_are_marks_with_their_names_below_the_slices) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    picture.draw();
    const Rect mark = picture.rect(picture.event(Kind::instant, "firstPaint"));
    EXPECT_GT(mark.y, picture.rect(picture.slice("Cookies")).bottom());
    EXPECT_EQ(picture.text_in({mark.x, mark.y, 120, mark.height}), "firstPaint");
    const auto& quads = picture.list[DrawList::lanes].quads;
    EXPECT_TRUE(std::ranges::any_of(quads, [&](const Quad& quad) {
        return quad.border == 0 && quad.radius > 0 && mark.y < quad.rect.y &&
               quad.rect.bottom() < mark.bottom() &&
               std::abs(quad.rect.x + quad.rect.width / 2 - mark.x) <= 2;
    }));
}

TEST(TracksPictureTest, a_counter_is_filled_from_zero_to_its_value) {
    TrackTrace all;
    const auto counter = all.counter("balance");
    all.count(0, counter, 10);
    all.count(400, counter, -10);
    all.count(800, counter, 5);
    all.count(1000, counter, 5);
    Session session = all.session();
    TrackScene picture(session);
    picture.draw();
    std::vector<Rect> areas;
    for (const Quad& quad : picture.list[DrawList::lanes].quads)
        if (quad.fill.alpha < 255) areas.push_back(quad.rect);
    ASSERT_EQ(areas.size(), 3U);
    EXPECT_NEAR(areas[0].bottom(), areas[1].y, 1) << "both begin at zero";
    EXPECT_NEAR(areas[0].height, areas[1].height, 2);
    EXPECT_NEAR(areas[2].height, areas[0].height / 2, 2);
    EXPECT_NEAR(areas[1].x, picture.layout.gutter + picture.view.x(400'000), 3);
    EXPECT_NEAR(areas[1].width, areas[0].width, 3);
}

TEST(TracksPictureTest, the_smallest_and_the_largest_value_that_a_counter_can_have_are_drawn) {
    TrackTrace all;
    const auto counter = all.counter("extreme");
    all.count(0, counter, std::numeric_limits<double>::max());
    all.count(10, counter, std::numeric_limits<double>::lowest());
    all.count(20, counter, std::numeric_limits<double>::denorm_min());
    all.count(30, counter, 0);
    Session session = all.session();
    TrackScene picture(session);
    for (const Quad& quad : picture.draw()[DrawList::lanes].quads) {
        EXPECT_TRUE(std::isfinite(quad.rect.height));
        EXPECT_LE(quad.rect.bottom(), picture.layout.lanes.bottom());
        EXPECT_GE(quad.rect.y, picture.layout.lanes.y);
    }
}

TEST(TracksPictureTest, flows_are_arrows_of_the_slice_at_the_cursor_or_all_or_none) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    const auto arrows = [&](Arrows which) {
        picture.arrows = which;
        picture.draw();
        // Each arrow begins with a dot.
        return picture.list[DrawList::arrows].quads.size();
    };
    EXPECT_EQ(arrows(Arrows::selected), 0U);
    EXPECT_EQ(arrows(Arrows::all), 3U);
    session.seek(picture.slice("DecodeImage"));
    EXPECT_EQ(arrows(Arrows::selected), 2U) << "one leads to it and one away";
    EXPECT_EQ(arrows(Arrows::none), 0U);
    const Segment tip = [&] {
        arrows(Arrows::selected);
        return picture.list[DrawList::arrows].segments[27];
    }();
    const Rect to = picture.rect(session.cursor());
    EXPECT_NEAR(tip.x1, picture.layout.gutter + picture.view.x(190'000), 1);
    EXPECT_TRUE(tip.y1 > to.y && tip.y1 < to.bottom());
}

TEST(TracksPictureTest, the_mouse_finds_the_arrows_that_are_drawn) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    session.seek(picture.slice("DecodeImage"));
    picture.draw();
    const auto& segments = picture.list[DrawList::arrows].segments;
    const Segment middle = segments[13];
    const auto flow = picture.hit(middle.x1, middle.y1).flow;
    ASSERT_TRUE(flow);
    EXPECT_EQ(session.index().time(session.log(), *flow), Time(190'000)) << "where the arrow comes to";
    EXPECT_TRUE(picture.hit(middle.x1 + 3, middle.y1).flow);
    EXPECT_FALSE(picture.hit(middle.x1 + 40, middle.y1).flow);
    picture.arrows = Arrows::none;
    EXPECT_FALSE(picture.hit(middle.x1, middle.y1).flow);
}

TEST(TracksPictureTest, a_click_finds_slices_instants_and_the_value_of_a_counter) {
    Session session = browser_and_server().session();
    const TrackScene picture(session);
    const auto at = [&](const Rect& rect, float share = 0.5F) {
        return picture.hit(rect.x + rect.width * share, rect.y + rect.height / 2);
    };
    const EventIndex layout = picture.slice("Layout");
    EXPECT_EQ(at(picture.rect(layout)).event, layout);
    EXPECT_EQ(at(picture.rect(layout)).merged_slices, 0U);
    const EventIndex paint = picture.slice("Paint", 5);
    EXPECT_TRUE(at(picture.rect(paint)).event) << "it is narrower than a pixel";
    const EventIndex instant = picture.event(Kind::instant, "DOMContentLoaded");
    EXPECT_EQ(at(picture.rect(instant)).event, instant);
    const TrackPlace place(picture.layout, picture.tree, 0);
    const float counter_y = place.top(picture.tree.lanes()[1]) + 20;
    const Hit value = picture.hit(picture.layout.gutter + picture.view.x(260'000), counter_y);
    ASSERT_TRUE(value.event);
    EXPECT_EQ(session.log()[*value.event].kind(), Kind::count);
    EXPECT_EQ(session.index().time(session.log(), *value.event), Time(250'000));
    const Hit head = picture.hit(picture.layout.gutter - 60, place.top(picture.tree.lanes()[0]) + 5);
    EXPECT_EQ(head.part, Hit::Part::fold);
    EXPECT_EQ(head.track.track, 1U);
    EXPECT_FALSE(picture.hit(picture.layout.gutter + 5, picture.layout.flags.y + 5).track);
}

TEST(TracksPictureTest, a_folded_process_shows_where_it_is_busy) {
    TrackTrace all;
    const auto process = all.track("process", TrackKind::process, "1");
    for (int each = 0; each < 8; ++each) {
        const auto thread = all.track("thread", TrackKind::thread, "2", process);
        all.slice(100, each == 0 ? 900 : 300, thread, "slice");
    }
    all.slice(999, 1000, process, "last");
    Session session = all.session();
    TrackScene picture(session);
    ASSERT_TRUE(picture.tree.toggle(picture.tree.lanes()[0]));
    picture.lay_out();
    picture.draw();
    ASSERT_EQ(picture.list[DrawList::lanes].bands.size(), 1U);
    const Band& band = picture.list[DrawList::lanes].bands[0];
    const auto density = [&](std::int64_t microseconds) {
        const float x = picture.layout.gutter + picture.view.x(microseconds * 1000);
        const float column = (x - band.rect.x) / band.rect.width * static_cast<float>(band.count);
        return picture.list.texels[band.first + static_cast<std::size_t>(column)].fill.alpha;
    };
    EXPECT_EQ(density(50), 0);
    EXPECT_GT(density(200), density(600)) << "eight slices are open here and one there";
    EXPECT_GT(density(600), 0);
    EXPECT_EQ(density(950), 0);
}

TEST(TracksPictureTest, the_minimap_shows_how_many_slices_are_open_all_along) {
    Session session = browser_and_server().session();
    TrackScene picture(session);
    picture.draw();
    ASSERT_EQ(picture.list[DrawList::arrows].bands.size(), 1U);
    const Band& band = picture.list[DrawList::arrows].bands[0];
    EXPECT_TRUE(std::ranges::all_of(std::span(picture.list.texels).subspan(band.first, band.count),
                                    [](const Texel& texel) { return texel.fill.alpha > 0; }))
        << "something is open all the time";
    EXPECT_GT(picture.list.texels[band.first + 450].fill.alpha,
              picture.list.texels[band.first + 30].fill.alpha);
}

}  // namespace
}  // namespace loopscope::timeline
