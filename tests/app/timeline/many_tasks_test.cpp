// What is drawn of programs that have too many tasks for a lane each, and of texts that are longer than a
// tile.

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/timeline/lane_focus.hpp"
#include "core/base/utf8.hpp"
#include "tests/support/served_requests.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::ServedRequests;
using testing::HasSubstr;
using testing::Not;

/// All characters of a layer, in the order in which they are drawn; a gap where the pen moves back or down.
std::string text_of(const Layer& layer) {
    std::string text;
    float baseline = 0;
    for (const Glyph& glyph : layer.glyphs) {
        if (glyph.y != baseline && !text.empty()) text += '|';
        baseline = glyph.y;
        append_utf8(text, glyph.character);
    }
    return text;
}

/// Draws until all is counted.
void draw_all(TimelineScene& timeline) {
    do timeline.draw();
    while (timeline.tiles.pending());
}

TEST(ManyTasks, a_group_says_what_its_tasks_are_called_and_how_many_they_are) {
    session::Session session = ServedRequests(1'000, 12).session();
    TimelineScene timeline(session);
    draw_all(timeline);
    const std::string labels = text_of(timeline.list[DrawList::labels]);
    EXPECT_THAT(labels, HasSubstr("main|"));
    EXPECT_THAT(labels, HasSubstr("request×1,000"));
    EXPECT_THAT(labels, HasSubstr("librarytasks×12"));
    EXPECT_THAT(labels, HasSubstr("1,012of1,013tasksfoldedawayoroutofview"));
}

TEST(ManyTasks, a_group_shows_how_dense_all_its_steps_are_and_that_some_leak) {
    session::Session session = ServedRequests(1'000, 12).session();
    TimelineScene timeline(session);
    draw_all(timeline);
    const auto& bands = timeline.list[DrawList::lanes].bands;
    const float y = timeline.layout.lane_top(1, 0);
    const auto band = std::ranges::find_if(bands, [&](const Band& each) {
        return each.rect.y >= y && each.rect.y < y + timeline.layout.lane_height;
    });
    ASSERT_NE(band, bands.end());
    std::size_t filled = 0;
    std::size_t leaking = 0;
    for (std::uint32_t each = 0; each < band->count; ++each) {
        const Texel& texel = timeline.list.texels[band->first + each];
        filled += texel.fill.alpha > 0 ? 1 : 0;
        leaking += (texel.mark.alpha & Texel::leak) != 0 ? 1 : 0;
    }
    EXPECT_GT(filled, band->count * 3 / 4);
    EXPECT_GT(leaking, 0U);
}

TEST(ManyTasks, what_runs_at_the_cursor_has_a_lane_with_its_name) {
    ServedRequests served(1'000, 12);
    session::Session session = served.session();
    const trace::PrintInfo print = session.index().prints()[PrintIndex{700}];
    session.seek(print.event);
    TimelineScene timeline(session);
    focus(timeline.tree, timeline.scene(), timeline.layout.width());
    draw_all(timeline);
    const explain::TaskName name = explain::task_name(session.log(), session.index(), print.task);
    EXPECT_THAT(text_of(timeline.list[DrawList::labels]), HasSubstr("request" + name.symbol_part()));
    ASSERT_NE(print.task, print.writer_task);
    EXPECT_EQ(timeline.tree.position_of(print.task).value_or(0), 2U);
    EXPECT_EQ(timeline.tree.position_of(print.writer_task).value_or(0), 3U);
}

TEST(ManyTasks, a_click_in_the_lane_of_a_group_leads_to_a_print_and_one_on_its_label_unfolds_it) {
    session::Session session = ServedRequests(1'000, 12).session();
    TimelineScene timeline(session);
    draw_all(timeline);
    const float y = timeline.layout.lane_top(1, 0) + timeline.layout.lane_height / 2;
    const trace::PrintInfo print = session.index().prints()[PrintIndex{500}];
    const Hit hit = timeline.hit(timeline.x(print.event), y);
    ASSERT_TRUE(hit.event);
    ASSERT_TRUE(hit.group);
    EXPECT_EQ(hit.group_name, "Handler.request");
    EXPECT_EQ(hit.group_size, 1'000U);
    EXPECT_EQ(session.log()[*hit.event].kind(), trace::Kind::print_value);
    ASSERT_TRUE(hit.merged);
    EXPECT_GT(hit.merged->steps, 0U);
    const Hit label = timeline.hit(100, y);
    EXPECT_EQ(label.part, Hit::Part::fold);
    EXPECT_EQ(label.group, hit.group);
}

TEST(ManyTasks, of_a_qualified_name_that_is_too_wide_the_end_is_drawn) {
    const FixedWidth metrics;
    Layer layer;
    const auto draw = [&](std::string_view name) {
        layer = {};
        add_name_within(layer, metrics, name, 0, 0, 63, Face::sans, 10, {});
        return text_of(layer);
    };
    EXPECT_EQ(draw("Runner.go"), "Runner.go");
    EXPECT_EQ(draw("ApplicationRunner.setup"), "…ner.setup");
    EXPECT_EQ(draw("applicationrunner"), "applicati…");
}

/// A program of one task that prints texts of many lengths.
session::Session of_prints(const std::vector<std::string>& texts) {
    auto log = std::make_shared<trace::Log>();
    log->emit(trace::Kind::begin, 0, log->intern("prints").value);
    log->emit(trace::Kind::spawn, 1, log->intern("main").value, trace::tagged(trace::Start::soon));
    for (std::uint32_t each = 0; each < texts.size(); ++each) {
        log->emit(trace::Kind::iteration, each + 1, 1);
        log->emit(trace::Kind::step, 1, 0,
                  trace::tagged(each == 0 ? trace::Resume::first : trace::Resume::value));
        log->emit(trace::Kind::print, 1, log->intern(texts[each]).value);
        log->emit(trace::Kind::suspend, 1, 0, trace::tagged(trace::Wait::yield));
    }
    auto branch =
        std::make_shared<feed::Branch>(std::make_shared<feed::FileFeed>(log, format::Info{}, "prints"));
    branch->update();
    session::Session session(std::move(branch));
    session.go_to_head();
    return session;
}

TEST(ManyTasks, a_tile_shows_as_much_of_a_text_as_there_is_room_for) {
    session::Session session = of_prints({"a", "request served\nin full\n", "b"});
    TimelineScene timeline(session);
    timeline.view.fit(timeline.axis().end(), timeline.layout.width(), 1);
    timeline.draw();
    std::string marks = text_of(timeline.list[DrawList::marks]);
    EXPECT_THAT(marks, HasSubstr("requestserved"));
    EXPECT_THAT(marks, Not(HasSubstr("infull"))) << "a tile has one line";
    session::Session crowded = of_prints(std::vector<std::string>(40, "request served"));
    TimelineScene narrow(crowded);
    narrow.draw();
    marks = text_of(narrow.list[DrawList::marks]);
    EXPECT_THAT(marks, Not(HasSubstr("requestserved")));
    EXPECT_GE(std::ranges::count(marks, 'r'), 40);
}

}  // namespace
}  // namespace loopscope::timeline
