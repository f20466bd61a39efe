#include "app/timeline/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/timeline/minimap.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Session;
using trace::PrintInfo;
using trace::Storage;

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

TEST(Timeline, fills_each_tile_with_its_writer_s_hue_and_notches_those_that_leak) {
    for (const auto& [storage, leaks] : {std::pair{Storage::global, 30}, {Storage::contextvar, 0}}) {
        Session session = session::finished_seed(storage);
        TimelineScene timeline(session);
        timeline.draw();
        int wrong_hues = 0;
        int notches = 0;
        for (const PrintInfo& print : session.index().prints()) {
            const Quad* const tile = tile_of(timeline, print);
            ASSERT_TRUE(tile) << print.event.value;
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

/// The stroke above the tile of a print, if there is one.
const Quad* stroke_above(const TimelineScene& timeline, const PrintInfo& print) {
    const Quad* const tile = tile_of(timeline, print);
    for (const Quad& quad : timeline.list[DrawList::marks].quads) {
        if (tile && quad.rect.x == tile->rect.x && quad.rect.width == tile->rect.width &&
            quad.rect.bottom() < tile->rect.y && quad.rect.height < tile->rect.height / 4)
            return &quad;
    }
    return nullptr;
}

TEST(Timeline, draws_a_stroke_above_stale_tiles_in_the_hue_of_those_who_are_served) {
    for (const Storage storage : {Storage::contextvar, Storage::global}) {
        Session session(session::setup_of("pool-worker", storage));
        run(session);
        TimelineScene timeline(session);
        timeline.draw();
        int strokes = 0;
        for (PrintIndex index; index < session.index().prints().end_index(); ++index) {
            const PrintInfo print = session.index().prints()[index];
            const Quad* const tile = tile_of(timeline, print);
            ASSERT_TRUE(tile);
            ASSERT_EQ(tile->notch > 0, print.leak) << "a stale tile has not the mark of a leak";
            const Quad* const stroke = stroke_above(timeline, print);
            ASSERT_EQ(stroke != nullptr, print.stale);
            if (!stroke) continue;
            ++strokes;
            // Job n is that of request n, which is task n + 2: main is the first.
            EXPECT_TRUE(same_hue(stroke->fill, timeline.scene().hue(TaskId{index.value + 2})));
            EXPECT_FALSE(same_hue(stroke->fill, tile->fill));
        }
        EXPECT_EQ(strokes, storage == Storage::contextvar ? 3 : 0);
    }
}

TEST(Timeline, dims_the_tiles_after_the_cursor) {
    const Color background = Theme::dark_theme().background;
    Session session = session::finished_seed();
    for (const PrintIndex last : {PrintIndex{0}, PrintIndex{17}, PrintIndex{39}}) {
        session.seek(session.index().prints().event(last));
        TimelineScene timeline(session);
        timeline.draw();
        for (PrintIndex each; each < PrintIndex{40}; ++each) {
            const Quad* const tile = tile_of(timeline, session.index().prints()[each]);
            ASSERT_TRUE(tile);
            if (each <= last) {
                ASSERT_GT(contrast(tile->fill, background), 4) << each.value;
            } else {
                ASSERT_LT(contrast(tile->fill, background), 2) << each.value;
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
    EXPECT_EQ(label(1), U"sleep(0)");
    EXPECT_EQ(label(8), U"indication(c)");
}

TEST(Timeline, says_above_the_lanes_that_they_are_filtered_and_how_many_are_left) {
    Session session = session::finished_seed();
    const auto head_with = [&](std::string_view filter, const std::set<std::uint32_t>& left) {
        TimelineScene timeline(session);
        timeline.filter = filter;
        timeline.tree.set_filter([&](TaskId task) { return left.contains(task.value); });
        timeline.draw();
        return text_in(timeline.list, {0, 0, TimelineScene::width, timeline.layout.flags.y});
    };
    EXPECT_EQ(head_with("", {}), U"TIMELINEsequencetime");
    EXPECT_EQ(head_with("8", {8}), U"TIMELINEsequencetimefilter8:2of8tasksEsc:all") << "and its parent";
    EXPECT_EQ(head_with("xyz", {}), U"TIMELINEsequencetimefilterxyz:0of8tasksEsc:all");
    // However long the text is, and however narrow the window, what is left is said.
    const std::string endless(200, 'x');
    EXPECT_NE(head_with(endless, {1}).find(U":1of8tasksEsc:all"), std::u32string::npos);
}

Session finished_threads(Storage storage) {
    Session session(session::setup_of("threads", storage));
    run(session);
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
std::size_t rows_of_storage(const TimelineScene& timeline, EventIndex event) {
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
        EXPECT_EQ(rows_of_storage(timeline, session.index().prints().event(PrintIndex{10})), rows)
            << name(storage);
    }
}

TEST(Timeline, has_a_flag_that_says_from_what_to_what_the_storage_was_switched) {
    Session session = session::seed();
    run(session, Time(std::chrono::milliseconds(450)));
    session.select(Storage::contextvar);
    const EventIndex event = session.cursor();
    run(session);
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
    run(session, Time(std::chrono::milliseconds(950)));
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
    for (const PrintIndex index : {PrintIndex{0}, PrintIndex{9}, PrintIndex{38}}) {
        Session session = session::finished_seed();
        const PrintInfo print = session.index().prints()[index];
        session.seek(print.event);
        TimelineScene timeline(session);
        timeline.draw();
        const auto line = arrow(timeline.list, timeline.x(print.writer), timeline.x(print.event));
        ASSERT_TRUE(line) << index.value;
        const auto& [first, last] = *line;
        const float half_lane = timeline.layout.lane_height / 2;
        EXPECT_NEAR(first.y0, timeline.y(print.writer_task), half_lane);
        EXPECT_NEAR(last.y1, timeline.y(print.task), half_lane);
        EXPECT_TRUE(same_hue(first.color, timeline.scene().hue(print.writer_task)));
    }
}

TEST(Timeline, draws_no_arrow_where_nothing_is_printed) {
    Session session = session::finished_seed();
    for (const EventIndex event : {session.first_event(), session.index().sets()[2], session.head()}) {
        session.seek(event);
        TimelineScene timeline(session);
        timeline.draw();
        EXPECT_TRUE(timeline.list[DrawList::arrows].segments.empty()) << event.value;
    }
}

TEST(Timeline, veils_what_comes_after_the_trace_while_it_is_asked) {
    session::Session session = session::seed();
    for (int each = 0; each < 6; ++each) step(session, session::What::print);
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
        session.seek(EventIndex{200});
        TimelineScene timeline(session, kind);
        timeline.draw();
        const auto& lines = timeline.list[DrawList::cursor].segments;
        EXPECT_TRUE(std::ranges::any_of(lines, [&](const Segment& line) {
            return std::abs(line.x0 - timeline.x(EventIndex{200})) <= 1 && line.x1 == line.x0 &&
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
                  U"sleep4")
            << "it has no symbol yet, and is the fourth of its name";
    }
}

}  // namespace
}  // namespace loopscope::timeline
