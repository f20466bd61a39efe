// The lines of hops are CPython 3.13's.

#include "core/task/sync/barrier.hpp"

#include "core/task/gather.hpp"
#include "tests/core/task/hops.hpp"

namespace loopscope::task {
namespace {

class BarrierTest : public HopsTest {
  protected:
    Coro<> come(Barrier barrier, std::string who) {
        try {
            hop(fmt::format("{} is {}", who, co_await barrier.wait()));
        } catch (const BrokenBarrierError&) {
            hop(who + " broken");
        } catch (const CancelledError&) {
            hop(who + " cancelled");
            throw;
        }
    }
    std::vector<Task<>> come_many(const Barrier& barrier, int count) {
        std::vector<Task<>> tasks;
        for (int number = 0; number < count; ++number)
            tasks.push_back(create_task(come(barrier, numbered("w", number))));
        return tasks;
    }
    void hop_waiting(const Barrier& barrier) { hop(fmt::format("n_waiting={}", barrier.n_waiting())); }
};

TEST_F(BarrierTest, opens_when_enough_have_come) {
    const Barrier barrier(3);
    const auto main = [&]() -> Coro<> {
        co_await gather(come_many(barrier, 3));
        hop_waiting(barrier);
    };
    EXPECT_EQ(hops_of(main()), "1:w2 is 2; 2:w0 is 0; 2:w1 is 1; 4:n_waiting=0;");
}

TEST_F(BarrierTest, is_there_for_the_next_round) {
    const Barrier barrier(2);
    const auto main = [&]() -> Coro<> {
        come_many(barrier, 5);
        co_await yields(20);
        hop_waiting(barrier);
        co_await create_task(come(barrier, "late"));
        co_await yields(5);
        hop_waiting(barrier);
    };
    EXPECT_EQ(hops_of(main()),
              "1:w1 is 1; 2:w0 is 0; 3:w3 is 1; 4:w2 is 0; 20:n_waiting=1; 21:late is 1; "
              "22:w4 is 0; 27:n_waiting=0;");
}

TEST_F(BarrierTest, that_is_aborted_is_broken_until_it_is_reset) {
    const Barrier barrier(3);
    const auto main = [&]() -> Coro<> {
        come_many(barrier, 2);
        co_await yield();
        begin_here();
        hop_waiting(barrier);
        co_await barrier.abort();
        hop(fmt::format("broken={}", barrier.broken()));
        co_await come(barrier, "late");
        co_await yields(6);
        co_await barrier.reset();
        hop(fmt::format("broken={}", barrier.broken()));
    };
    EXPECT_EQ(hops_of(main()),
              "0:n_waiting=2; 0:broken=true; 0:late broken; 1:w0 broken; 1:w1 broken; "
              "6:broken=false;");
}

TEST_F(BarrierTest, that_is_reset_sends_away_who_waits_and_then_takes_who_comes) {
    const Barrier barrier(3);
    const auto main = [&]() -> Coro<> {
        come_many(barrier, 2);
        co_await yield();
        begin_here();
        hop("reset");
        co_await barrier.reset();
        const Task<> late = create_task(come(barrier, "late"));
        co_await yields(8);
        hop_waiting(barrier);
        late.cancel();
        co_await yields(4);
        hop_waiting(barrier);
    };
    EXPECT_EQ(hops_of(main()),
              "0:reset; 1:w0 broken; 1:w1 broken; 8:n_waiting=1; 9:late cancelled; "
              "12:n_waiting=0;");
}

TEST_F(BarrierTest, does_not_count_who_was_cancelled) {
    const Barrier barrier(2);
    const auto main = [&]() -> Coro<> {
        const Task<> first = create_task(come(barrier, "w0"));
        co_await yield();
        begin_here();
        hop("cancel");
        first.cancel();
        create_task(come(barrier, "w1"));
        co_await yields(3);
        create_task(come(barrier, "w2"));
        co_await yields(6);
    };
    EXPECT_EQ(hops_of(main()), "0:cancel; 1:w0 cancelled; 4:w2 is 1; 5:w1 is 0;");
}

TEST_F(BarrierTest, works_on_after_somebody_was_cancelled_on_the_way_out) {
    const Barrier barrier(2);
    const auto main = [&]() -> Coro<> {
        const Task<> first = create_task(come(barrier, "w0"));
        co_await yield();
        begin_here();
        hop("last comes");
        co_await come(barrier, "main");
        first.cancel();
        co_await yields(6);
        hop_waiting(barrier);
        create_task(come(barrier, "w1"));
        co_await come(barrier, "main");
        co_await yields(6);
    };
    EXPECT_EQ(hops_of(main()),
              "0:last comes; 0:main is 1; 1:w0 cancelled; 6:n_waiting=0; 7:w1 is 1; "
              "8:main is 0;");
}

TEST_F(BarrierTest, needs_a_party) {
    EXPECT_THROW(Barrier(0), ValueError);
    EXPECT_EQ(Barrier(1).parties(), 1);
}

TEST_F(BarrierTest, is_gone_with_those_who_still_wait_at_the_end) {
    const Barrier barrier(3);
    const auto main = [&]() -> Coro<> {
        come_many(barrier, 2);
        co_return;
    };
    EXPECT_EQ(hops_of(main()), "");
    EXPECT_EQ(barrier.n_waiting(), 2);
}

}  // namespace
}  // namespace loopscope::task
