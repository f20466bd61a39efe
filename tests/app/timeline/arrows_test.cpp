#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "core/task/callbacks.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/variable.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::Session;
using trace::Kind;

/// A program that has run to its end, and its timeline with some arrows.
class Drawn {
  public:
    Drawn(std::string_view program, Arrows wanted)
        : session(session::setup_of(program, trace::Storage::global)), arrows(wanted) {
        run(session);
        scene_.emplace(session);
    }

    /// Whether an upright line leads from one task's lane to another's at an event.
    [[nodiscard]] bool leads(TaskId from, TaskId to, EventIndex event, bool dotted) {
        Scene scene = scene_->scene();
        scene.arrows = arrows;
        draw(scene, scene_->layout, scene_->tree, scene_->tiles, scene_->list);
        return std::ranges::any_of(scene_->list[DrawList::arrows].segments, [&](const Segment& each) {
            return each.x0 == each.x1 && std::abs(each.x0 - scene_->x(event)) <= 1 &&
                   each.y0 == scene_->y(from) && each.y1 == scene_->y(to) && (each.dash > 0) == dotted;
        });
    }

    Session session;
    Arrows arrows;

  private:
    std::optional<TimelineScene> scene_;
};

/// The events of a kind that one task's step did to another task, with the one that did it.
std::vector<std::pair<EventIndex, TaskId>> interactions(const Session& session, Kind kind) {
    std::vector<std::pair<EventIndex, TaskId>> found;
    TaskId actor;
    for (EventIndex event; event <= session.head(); ++event) {
        const trace::Event& each = session.log()[event];
        if (each.kind() == Kind::step) actor = each.task();
        if (each.kind() == Kind::callback || each.kind() == Kind::iteration) actor = {};
        if (each.kind() == kind && actor && each.task() != actor) found.emplace_back(event, actor);
    }
    return found;
}

TEST(Arrows, lead_from_the_task_that_cancelled_to_the_one_it_cancelled) {
    Drawn drawn("nested-cancel", Arrows::all);
    const auto cancels = interactions(drawn.session, Kind::cancel);
    ASSERT_EQ(cancels.size(), 3u) << "main cancels the outer one, and that goes down to the innermost";
    for (const auto& [event, actor] : cancels)
        EXPECT_TRUE(drawn.leads(actor, drawn.session.log()[event].task(), event, false)) << event.value;
}

TEST(Arrows, lead_from_the_task_that_woke_to_the_one_it_woke_and_are_dotted) {
    for (const std::string_view program : {"nested-cancel", "lost-wakeup", "lock-fairness"}) {
        Drawn drawn(program, Arrows::all);
        const auto wakes = interactions(drawn.session, Kind::wake);
        ASSERT_FALSE(wakes.empty()) << program;
        for (const auto& [event, actor] : wakes)
            EXPECT_TRUE(drawn.leads(actor, drawn.session.log()[event].task(), event, true))
                << program << ", " << event.value;
    }
}

TEST(Arrows, at_the_cursor_are_those_of_its_handle) {
    Drawn drawn("nested-cancel", Arrows::selected);
    const auto wakes = interactions(drawn.session, Kind::wake);
    ASSERT_GT(wakes.size(), 1u);
    const auto& [event, actor] = wakes.front();
    const TaskId woken = drawn.session.log()[event].task();
    drawn.session.seek(event);
    EXPECT_TRUE(drawn.leads(actor, woken, event, true)) << "the step that wakes";
    drawn.session.seek(drawn.session.head());
    EXPECT_FALSE(drawn.leads(actor, woken, event, true)) << "another one";
    const auto& steps = drawn.session.index().task(woken).steps;
    const auto& handles = drawn.session.index().handles();
    const auto step = std::ranges::find(steps, event, [&](HandleIndex each) { return handles[each].ready; });
    ASSERT_NE(step, steps.end());
    drawn.session.seek(handles.first(*step));
    EXPECT_TRUE(drawn.leads(actor, woken, event, true)) << "the step that was woken for";
}

TEST(Arrows, are_none_if_none_are_wanted) {
    Drawn drawn("nested-cancel", Arrows::none);
    for (const auto& [event, actor] : interactions(drawn.session, Kind::cancel))
        EXPECT_FALSE(drawn.leads(actor, drawn.session.log()[event].task(), event, false));
}

TEST(CallbackLane, has_a_tile_for_each_print_that_no_task_made_and_each_can_be_clicked) {
    Session session(session::setup_of("captured-callback", trace::Storage::global));
    run(session);
    TimelineScene timeline(session);
    ASSERT_EQ(timeline.tree.lanes().size(), session.index().tasks().size() + 1);
    const float y = timeline.y(TaskId{});
    ASSERT_GT(y, 0);
    timeline.draw();
    for (const trace::PrintInfo& print : session.index().prints()) {
        ASSERT_FALSE(print.task);
        const auto& quads = timeline.list[DrawList::marks].quads;
        EXPECT_TRUE(std::ranges::any_of(quads, [&](const Quad& quad) {
            return quad.rect.contains(timeline.x(print.event), y);
        })) << print.event.value;
        EXPECT_EQ(timeline.hit(timeline.x(print.event), y).event, print.event);
    }
}

/// A task waits for an event that a callback sets, which prints as well.
Session woken_by_callback() {
    auto log = std::make_unique<trace::Log>();
    log->emit(Kind::begin, 0, log->intern("by hand").value);
    context::Storages storages;
    loop::EventLoop loop(*log, storages);
    const task::Event event;
    const auto waits = [&]() -> task::Coro<> { co_await event.wait(); };
    const auto main = [&]() -> task::Coro<> {
        task::create_task(waits());
        co_await task::sleep(0);
        task::call_soon([&] {
            task::print("!");
            event.set();
        });
        co_await task::sleep(0);
    };
    task::create_task(loop, main());
    while (loop.run_once() == loop::Progress::ran) continue;
    log->emit(Kind::end);
    EXPECT_TRUE(trace::check(*log));
    Session session(std::make_unique<feed::FileFeed>(std::move(log), format::Info{}, "by hand"));
    session.go_to_head();
    return session;
}

TEST(CallbackLane, is_where_an_arrow_begins_to_a_task_that_a_callback_woke) {
    Session session = woken_by_callback();
    TimelineScene timeline(session);
    EventIndex wake;
    while (session.log()[wake].kind() != Kind::wake) ++wake;
    Scene scene = timeline.scene();
    scene.arrows = Arrows::all;
    draw(scene, timeline.layout, timeline.tree, timeline.tiles, timeline.list);
    EXPECT_TRUE(std::ranges::any_of(timeline.list[DrawList::arrows].segments, [&](const Segment& each) {
        return each.x0 == each.x1 && std::abs(each.x0 - timeline.x(wake)) <= 1 && each.dash > 0 &&
               each.y0 == timeline.y(TaskId{}) && each.y1 == timeline.y(session.log()[wake].task());
    }));
}

TEST(CallbackLane, has_a_row_in_the_minimap) {
    Session session = woken_by_callback();
    TimelineScene timeline(session);
    timeline.draw();
    const Rect minimap = timeline.layout.minimap;
    EXPECT_EQ(std::ranges::count_if(timeline.list[DrawList::marks].quads,
                                    [&](const Quad& quad) {
                                        return quad.rect.y > minimap.y &&
                                               quad.rect.bottom() < minimap.bottom() &&
                                               quad.rect.x > minimap.x && quad.rect.right() < minimap.right();
                                    }),
              1)
        << "its one print";
}

TEST(CallbackLane, is_not_there_where_no_callback_prints) {
    Session session = session::finished_seed();
    const TimelineScene timeline(session);
    EXPECT_EQ(timeline.tree.lanes().size(), session.index().tasks().size());
    EXPECT_EQ(timeline.y(TaskId{}), -1);
}

}  // namespace
}  // namespace loopscope::timeline
