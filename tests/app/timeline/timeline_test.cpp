#include "app/timeline/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/timeline/strips.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Direction;
using session::Session;
using trace::PrintInfo;
using trace::Storage;

bool same_hue(Color one, Color other) {
    return one.red == other.red && one.green == other.green && one.blue == other.blue;
}

/// The tile of a print: the uppermost filled quad that stands centred on its moment in its lane.
const Quad* tile_of(const TimelineScene& timeline, const PrintInfo& print) {
    const float x = timeline.x(print.event);
    const float y = timeline.y(print.task);
    const Quad* found = nullptr;
    for (const Quad& quad : timeline.list[DrawList::marks].quads) {
        const float dx = quad.rect.x + quad.rect.width / 2 - x;
        const float dy = quad.rect.y + quad.rect.height / 2 - y;
        if (quad.fill.alpha > 0 && std::abs(dx) <= 1.5F && std::abs(dy) <= 1.5F) found = &quad;
    }
    return found;
}

/// The characters whose baseline is within a rectangle, from left to right; blanks are not drawn.
std::u32string text_in(const DrawList& list, const Rect& rect) {
    std::vector<Glyph> glyphs;
    for (const Layer& layer : list.layers) {
        for (const Glyph& glyph : layer.glyphs) {
            if (rect.contains(glyph.x, glyph.y)) glyphs.push_back(glyph);
        }
    }
    std::ranges::sort(glyphs, {}, &Glyph::x);
    std::u32string text;
    for (const Glyph& glyph : glyphs) text += glyph.character;
    return text;
}

std::size_t instances_of(const DrawList& list) {
    std::size_t count = 0;
    for (const Layer& layer : list.layers)
        count += layer.bands.size() + layer.quads.size() + layer.segments.size() + layer.glyphs.size();
    return count;
}

// --- What is drawn ---

TEST(Timeline, fills_each_tile_with_its_writer_s_hue_and_notches_those_that_leak) {
    for (const auto& [storage, leaks] : {std::pair{Storage::global, 30}, {Storage::contextvar, 0}}) {
        Session session = session::finished_seed(storage);
        TimelineScene timeline(session);
        timeline.draw();
        int wrong_hues = 0;
        int notches = 0;
        for (const PrintInfo& print : session.index().prints()) {
            const Quad* const tile = tile_of(timeline, print);
            ASSERT_TRUE(tile) << print.event;
            ASSERT_TRUE(same_hue(tile->fill, timeline.scene().hue(print.writer_task)));
            const bool wrong = !same_hue(tile->fill, timeline.scene().hue(print.task));
            ASSERT_EQ(tile->notch > 0, wrong) << "a leak has a mark that is no colour";
            wrong_hues += wrong ? 1 : 0;
            notches += tile->notch > 0 ? 1 : 0;
        }
        EXPECT_EQ(session.index().prints().size(), 40u);
        EXPECT_EQ(wrong_hues, leaks) << name(storage);
        EXPECT_EQ(notches, leaks) << name(storage);
    }
}

TEST(Timeline, dims_the_tiles_after_the_cursor) {
    Session session = session::finished_seed();
    for (const std::size_t place : {std::size_t{0}, std::size_t{17}, std::size_t{39}}) {
        session.seek(session.index().prints().event(place));
        TimelineScene timeline(session);
        timeline.draw();
        for (std::size_t each = 0; each < 40; ++each) {
            const Quad* const tile = tile_of(timeline, session.index().prints()[each]);
            ASSERT_TRUE(tile);
            if (each <= place) {
                ASSERT_EQ(tile->fill.alpha, 255) << each;
            } else {
                ASSERT_LT(tile->fill.alpha, 128) << each;
            }
        }
    }
}

TEST(Timeline, writes_the_output_under_its_moments) {
    Session session = session::finished_seed();
    TimelineScene timeline(session);
    timeline.draw();
    const Rect strip{timeline.layout.gutter, timeline.layout.output.y, timeline.layout.width(),
                     timeline.layout.output.height};
    EXPECT_EQ(text_in(timeline.list, strip), std::u32string(40, U'c'));
}

TEST(Timeline, names_each_lane_with_its_coroutine_and_its_chain_s_symbol) {
    Session session = session::finished_seed();
    TimelineScene timeline(session);
    timeline.draw();
    const auto label = [&](std::uint32_t task) {
        const float top = timeline.y(TaskId{task}) - timeline.layout.lane_height / 2;
        return text_in(timeline.list, {0, top, timeline.layout.gutter, timeline.layout.lane_height});
    };
    EXPECT_EQ(label(1), U"sleep0");
    EXPECT_EQ(label(8), U"indicationc");
}

Session finished_threads(Storage storage) {
    Session session(session::setup_of("threads", storage));
    session.run();
    return session;
}

TEST(Timeline, says_of_each_lane_which_thread_it_is_on) {
    Session session = finished_threads(Storage::thread_local_);
    for (const float scale : {1.0F, 0.4F}) {  // high lanes, and low ones, which leave less room
        TimelineScene timeline(session);
        timeline.layout.lane_height *= scale;
        timeline.draw();
        for (const trace::TaskInfo& task : session.index().tasks()) {
            const TaskId id = session.log()[task.spawn].task();
            const float top = timeline.y(id) - timeline.layout.lane_height / 2;
            const std::u32string text =
                text_in(timeline.list, {0, top, timeline.layout.gutter, timeline.layout.lane_height});
            // A lane's characters are sorted from left to right: two lines mix.
            for (const char32_t each : std::u32string_view(task.thread == 1 ? U"MT" : U"wk"))
                EXPECT_NE(text.find(each), std::u32string::npos) << id.value;
        }
    }
}

/// How many rows of the storage lane have a band at a moment.
std::size_t rows_of_storage(const TimelineScene& timeline, std::uint32_t event) {
    const float x = timeline.x(event);
    return static_cast<std::size_t>(
        std::ranges::count_if(timeline.list[DrawList::lanes].quads, [&](const Quad& quad) {
            return quad.rect.bottom() <= timeline.layout.storage.bottom() + 1 && quad.rect.x < x &&
                   x < quad.rect.x + quad.rect.width;
        }));
}

TEST(Timeline, has_a_row_of_storage_for_each_cell_that_there_is) {
    for (const auto& [storage, rows] : {std::pair{Storage::global, 1U},
                                        {Storage::thread_local_, 2U},
                                        {Storage::context_shared, 4U},
                                        {Storage::contextvar, 4U}}) {
        Session session = finished_threads(storage);
        TimelineScene timeline(session);
        timeline.draw();
        EXPECT_EQ(rows_of_storage(timeline, session.index().prints().event(10)), rows) << name(storage);
    }
}

TEST(Timeline, has_a_flag_that_says_from_what_to_what_the_storage_was_switched) {
    Session session = session::seed();
    session.run(Time(std::chrono::milliseconds(450)));
    session.select(Storage::contextvar);
    const std::uint32_t event = session.cursor();
    session.run();
    TimelineScene timeline(session);
    timeline.draw();
    EXPECT_EQ(text_in(timeline.list, timeline.layout.flags), U"global→contextvar");
    // It stands across all lanes.
    const auto& lines = timeline.list[DrawList::arrows].segments;
    EXPECT_TRUE(std::ranges::any_of(lines, [&](const Segment& line) {
        return std::abs(line.x0 - timeline.x(event)) <= 1 && line.x0 == line.x1 &&
               line.y0 <= timeline.layout.flags.bottom() && line.y1 >= timeline.y(TaskId{8});
    }));
}

TEST(Timeline, has_no_flag_without_a_switch) {
    Session session = session::finished_seed();
    TimelineScene timeline(session);
    timeline.draw();
    EXPECT_EQ(text_in(timeline.list, timeline.layout.flags), U"");
}

TEST(Timeline, keeps_a_flag_at_the_right_edge_within_the_picture) {
    Session session = session::seed();
    session.run(Time(std::chrono::milliseconds(950)));
    session.select(Storage::context_chainmap);
    TimelineScene timeline(session);
    timeline.draw();
    for (const Glyph& glyph : timeline.list[DrawList::arrows].glyphs)
        EXPECT_LT(glyph.x, TimelineScene::width);
    EXPECT_EQ(text_in(timeline.list, timeline.layout.flags), U"global→context-chainmap");
}

/// The first and last piece of an unbroken line in the arrows that leads from one x to another.
std::optional<std::pair<Segment, Segment>> arrow(const DrawList& list, float from, float to) {
    const auto& segments = list[DrawList::arrows].segments;
    for (std::size_t first = 0; first < segments.size(); ++first) {
        if (std::abs(segments[first].x0 - from) > 1) continue;
        std::optional<Segment> end;
        for (std::size_t next = first; next < segments.size(); ++next) {
            const Segment& piece = segments[next];
            if (next > first && (piece.x0 != segments[next - 1].x1 || piece.y0 != segments[next - 1].y1))
                break;
            if (std::abs(piece.x1 - to) <= 1) end = piece;
        }
        if (end) return std::pair(segments[first], *end);
    }
    return std::nullopt;
}

TEST(Timeline, draws_an_arrow_from_the_write_to_the_print_at_the_cursor) {
    for (const std::size_t place : {std::size_t{0}, std::size_t{9}, std::size_t{38}}) {
        Session session = session::finished_seed();
        const PrintInfo print = session.index().prints()[place];
        session.seek(print.event);
        TimelineScene timeline(session);
        timeline.draw();
        const auto line = arrow(timeline.list, timeline.x(print.writer.value), timeline.x(print.event));
        ASSERT_TRUE(line) << place;
        const auto& [first, last] = *line;
        const float half_lane = timeline.layout.lane_height / 2;
        EXPECT_NEAR(first.y0, timeline.y(print.writer_task), half_lane);
        EXPECT_NEAR(last.y1, timeline.y(print.task), half_lane);
        EXPECT_TRUE(same_hue(first.color, timeline.scene().hue(print.writer_task)));
    }
}

TEST(Timeline, draws_no_arrow_where_nothing_is_printed) {
    Session session = session::finished_seed();
    for (const std::uint32_t event : {session.first_event(), session.index().sets()[2], session.head()}) {
        session.seek(event);
        TimelineScene timeline(session);
        timeline.draw();
        EXPECT_TRUE(timeline.list[DrawList::arrows].segments.empty()) << event;
    }
}

TEST(Timeline, veils_what_comes_after_the_trace_while_it_is_asked) {
    session::Session session = session::seed();
    for (int each = 0; each < 6; ++each) session.step_print(session::Direction::forward);
    TimelineScene timeline(session);
    timeline.view.fit(timeline.axis().end() * 2, timeline.layout.width(), 1);
    const auto questions = [&] {
        const auto& glyphs = timeline.draw()[DrawList::grid].glyphs;
        return std::ranges::count(glyphs, U'?', &Glyph::character);
    };
    EXPECT_EQ(questions(), 0);
    timeline.asks = true;
    EXPECT_EQ(questions(), 1);
    const auto& quads = timeline.list[DrawList::grid].quads;
    ASSERT_FALSE(quads.empty());
    EXPECT_GE(quads.front().rect.x, timeline.x(session.head())) << "what has happened stays in view";
    EXPECT_FLOAT_EQ(quads.front().rect.right(), TimelineScene::width);
}

TEST(Timeline, stands_its_playhead_on_the_cursor) {
    Session session = session::finished_seed();
    for (const AxisKind kind : {AxisKind::sequence, AxisKind::time}) {
        session.seek(200);
        TimelineScene timeline(session, kind);
        timeline.draw();
        const auto& lines = timeline.list[DrawList::cursor].segments;
        EXPECT_TRUE(std::ranges::any_of(lines, [&](const Segment& line) {
            return std::abs(line.x0 - timeline.x(200)) <= 1 && line.x1 == line.x0 &&
                   line.y0 < timeline.layout.storage.y && line.y1 > timeline.layout.lanes.bottom();
        }));
    }
}

TEST(Timeline, draws_the_start_before_anything_has_run) {
    Session session = session::seed();
    for (const AxisKind kind : {AxisKind::sequence, AxisKind::time}) {
        TimelineScene timeline(session, kind);
        timeline.draw();
        const float top = timeline.y(TaskId{4}) - timeline.layout.lane_height / 2;
        EXPECT_EQ(text_in(timeline.list, {0, top, timeline.layout.gutter, timeline.layout.lane_height}),
                  U"sleep");
    }
}

// --- What is hit ---

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
    const std::size_t handle = session_.index().task(TaskId{1}).steps[0];
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
    session.run();
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

// --- How much is drawn ---

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
    session.run();
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

TEST(LargeTimeline, merges_the_same_pieces_wherever_it_is_panned_to_and_makes_them_once) {
    Session session(
        session::setup_of("indication", Storage::global, {{"duration", "60"}, {"interval", "0.01"}}));
    session.run();
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
