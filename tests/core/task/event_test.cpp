#include "core/task/sync/event.hpp"

#include <optional>

#include "core/task/sleep.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using trace::Kind;

class EventTest : public LoopFixture {
  protected:
    /// Waits for an event that somebody else keeps.
    Coro<> wait_for(const Event& event) {
        co_await event.wait();
        note("woken");
    }
};

TEST_F(EventTest, that_is_set_takes_no_hop) {
    const auto main = [&]() -> Coro<> {
        const Event event;
        event.set();
        co_await event.wait();
        note("went on");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:went on"));
}

TEST_F(EventTest, wakes_all_who_wait_although_it_is_cleared_at_once) {
    const Event event;
    const auto main = [&]() -> Coro<> {
        co_await sleep(0);
        event.set();
        event.clear();
    };
    create_task(loop, wait_for(event));
    create_task(loop, wait_for(event));
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:woken", "2:woken"));
    EXPECT_FALSE(event.is_set());
}

// Nobody can set it any more, so those who wait do so for ever, or until they are cancelled.
TEST_F(EventTest, that_nobody_has_any_more_still_lets_go_of_those_who_are_cancelled) {
    std::optional<Event> event(std::in_place);
    const Task<> first = create_task(loop, wait_for(*event));
    const Task<> second = create_task(loop, wait_for(*event));
    loop.run_iteration();
    event.reset();
    first.cancel();
    EXPECT_EQ(loop.run(), loop::Progress::deadlock);
    EXPECT_TRUE(first.cancelled());
    EXPECT_FALSE(second.done());
    EXPECT_THAT(notes, IsEmpty());
}

TEST_F(EventTest, tells_the_trace_on_which_line_it_is_awaited) {
    const Event event;
    const std::uint32_t line = __LINE__ + 1;
    const auto main = [&]() -> Coro<> { co_await event.wait(); };
    const auto other = [&]() -> Coro<> { co_await event.wait_from(SourceLine(4711)); };
    create_task(loop, other());
    run(main());
    std::vector<std::uint32_t> lines;
    for (EventIndex at; at < log.end_index(); ++at) {
        if (log[at].kind() == Kind::suspend) lines.push_back(log[at].line());
    }
    EXPECT_THAT(lines, ElementsAre(4711u, line));
}

}  // namespace
}  // namespace loopscope::task
