// A loop is run by the handle, by the iteration, or to its end; nobody can tell from its trace.

#include <random>

#include "core/task/callbacks.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/task.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using loop::EventLoop;
using loop::Progress;

/// Tasks that wait for each other, are cancelled, sleep, and call back, as the dice say.
class Crowd {
  public:
    explicit Crowd(std::uint32_t seed) : random_(seed) {}

    Coro<> play(int moves) {
        for (; moves > 0; --moves) {
            const Event& event = events_[random_() % std::size(events_)];
            switch (random_() % 8) {
                case 0: co_await event.wait(); break;
                case 1: event.set(); break;
                case 2: event.clear(); break;
                case 3: co_await sleep(Duration(random_() % 5000)); break;
                case 4: call_soon([event] { event.set(); }); break;
                case 5: tasks_.push_back(create_task(play(moves / 2))); break;
                case 6:
                    if (!tasks_.empty()) tasks_[random_() % tasks_.size()].cancel();
                    break;
                default: co_await sleep(0); break;
            }
        }
    }

  private:
    std::mt19937 random_;
    Event events_[4];
    std::vector<Task<>> tasks_;
};

std::vector<trace::Event> events_of(std::uint32_t seed, const std::function<void(EventLoop&)>& run) {
    trace::Log log;
    context::Storages storages;
    EventLoop loop(log, storages);
    Crowd crowd(seed);
    for (int count = 0; count < 20; ++count) create_task(loop, crowd.play(200));
    run(loop);
    std::vector<trace::Event> events;
    for (EventIndex at; at < log.end_index(); ++at) events.push_back(log[at]);
    return events;
}

TEST(WaysToRun, give_the_same_events) {
    std::size_t most = 0;
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        const auto to_the_end = events_of(seed, [](EventLoop& loop) { loop.run(); });
        const auto by_handles = events_of(seed, [](EventLoop& loop) {
            while (loop.run_once() == Progress::ran) continue;
        });
        const auto by_iterations = events_of(seed, [](EventLoop& loop) {
            while (loop.run_iteration() == Progress::ran) continue;
        });
        const auto in_turn = events_of(seed, [](EventLoop& loop) {
            for (int count = 0; count < 7; ++count) loop.run_once();
            loop.run_iteration();
            for (int count = 0; count < 3; ++count) loop.run_once();
            loop.run();
        });
        EXPECT_TRUE(to_the_end == by_handles) << seed;
        EXPECT_TRUE(to_the_end == by_iterations) << seed;
        EXPECT_TRUE(to_the_end == in_turn) << seed;
        most = std::max(most, to_the_end.size());
    }
    EXPECT_GT(most, 1000u);
}

}  // namespace
}  // namespace loopscope::task
