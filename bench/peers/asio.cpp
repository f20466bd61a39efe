// SPDX-License-Identifier: MIT
// Boost.Asio's coroutines on one io_context without locks: `asio asio WORKLOAD SECONDS`.
//
// W1, W3, W4: co_await post(), the way to let others run; in W4 both coroutines post in turn, which is a
// hand-over each. W2, M: timers with a virtual clock of their own, which jumps to the next deadline whenever
// Asio would wait for it.

#define BOOST_ASIO_DISABLE_THREADS
#include <utility>

#include <boost/asio/detail/config.hpp>
#undef BOOST_ASIO_HAS_TIMERFD  // so that deadlines are asked for only before waiting, and no timer of the
                               // kernel is set

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bench/measure.hpp"

namespace {

namespace asio = boost::asio;
using namespace loopscope::bench;

struct VirtualClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<VirtualClock>;
    static constexpr bool is_steady = true;
    static time_point now() { return time; }
    inline static time_point time{};
};

/// Moves the virtual clock when it is asked how long to wait, so that nothing waits.
struct NoWaiting {
    static VirtualClock::duration to_wait_duration(VirtualClock::duration duration) {
        VirtualClock::time += duration;
        return {};
    }
    static VirtualClock::duration to_wait_duration(VirtualClock::time_point deadline) {
        return to_wait_duration(deadline - VirtualClock::now());
    }
};

using Timer = asio::basic_waitable_timer<VirtualClock, NoWaiting>;
using Context = asio::io_context;

asio::awaitable<void> yielding(Context& context, int count) {
    for (; count > 0; --count) co_await asio::post(context, asio::use_awaitable);
}

asio::awaitable<void> sleeping(Context& context, Random& random, int count) {
    Timer timer(context);
    for (; count > 0; --count) {
        timer.expires_after(VirtualClock::duration(random.up_to(max_sleep)));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> nothing() {
    co_return;
}

asio::awaitable<void> spawning(Context& context, int batches) {
    for (; batches > 0; --batches) {
        for (int at = 0; at < task_batch; ++at) asio::co_spawn(context, nothing(), asio::detached);
        co_await asio::post(context, asio::use_awaitable);
    }
}

asio::awaitable<void> suspending(Context& context) {
    Timer timer(context);
    timer.expires_after(std::chrono::hours(1));
    co_await timer.async_wait(asio::use_awaitable);
}

double run(Context& context) {
    return time_of([&] { context.run(); });
}

double switch_time(int tasks, int each) {
    Context context(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE);
    for (int at = 0; at < tasks; ++at) asio::co_spawn(context, yielding(context, each), asio::detached);
    return run(context) / (tasks * each);
}

double timer_time() {
    Context context(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE);
    Random random;
    for (int at = 0; at < sleeping_tasks; ++at) {
        asio::co_spawn(context, sleeping(context, random, sleeps_each), asio::detached);
    }
    return run(context) / (sleeping_tasks * sleeps_each);
}

double task_time() {
    constexpr int batches = task_batches / 10;
    Context context(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE);
    asio::co_spawn(context, spawning(context, batches), asio::detached);
    return run(context) / (task_batch * batches);
}

double suspended_bytes() {
    Context context(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE);
    const double before = resident_bytes();
    for (int at = 0; at < suspended_tasks; ++at) asio::co_spawn(context, suspending(context), asio::detached);
    for (int at = 0; at < suspended_tasks; ++at) context.run_one();
    return (resident_bytes() - before) / suspended_tasks;
}

}  // namespace

int main(int argc, char** argv) {
    Session session(argc, argv);
    if (session.wants("W1")) session.measure("W1", [] { return switch_time(yielding_tasks, yields_each); });
    if (session.wants("W2")) session.measure("W2", timer_time);
    if (session.wants("W3")) session.measure("W3", task_time);
    if (session.wants("W4")) session.measure("W4", [] { return switch_time(2, hand_overs / 2); });
    if (session.wants("M")) {
        session.report("M", "bytes", suspended_bytes(), 1);
        std::fflush(stdout);
        std::_Exit(0);  // taking a million timers out again is not what is measured
    }
}
