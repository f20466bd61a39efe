// SPDX-License-Identifier: MIT
#include "bench/workloads.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/sync/queue.hpp"

namespace loopscope::bench {

using namespace task;
using task::sleep;

namespace {

Coro<> yielding(int count) {
    for (; count > 0; --count) co_await sleep(0);
}

Coro<> sleeping(Random& random, int count) {
    for (; count > 0; --count) co_await sleep(Duration(random.up_to(max_sleep)));
}

Coro<> nothing() {
    co_return;
}

Coro<> spawning(int batches) {
    for (; batches > 0; --batches) {
        for (int at = 0; at < task_batch; ++at) create_task(nothing());
        co_await sleep(0);
    }
}

Coro<> by_event(Event mine, Event other, int count) {
    for (; count > 0; --count) {
        co_await mine.wait();
        mine.clear();
        other.set();
    }
}

Coro<> by_future(Future<>& mine, Future<>& other, int count) {
    for (; count > 0; --count) {
        co_await mine;
        mine = create_future();
        other.set_result();
    }
}

Coro<> by_queue(Queue<int> mine, Queue<int> other, int count) {
    for (; count > 0; --count) other.put_nowait(co_await mine.get());
}

}  // namespace

double switch_time(const MakeSink& make_sink) {
    Bench bench(make_sink);
    for (int at = 0; at < yielding_tasks; ++at) create_task(bench.loop, yielding(yields_each));
    return bench.run() / (yielding_tasks * yields_each);
}

double timer_time(const MakeSink& make_sink) {
    Bench bench(make_sink);
    Random random;
    for (int at = 0; at < sleeping_tasks; ++at) create_task(bench.loop, sleeping(random, sleeps_each));
    return bench.run() / (sleeping_tasks * sleeps_each);
}

double task_time(const MakeSink& make_sink) {
    Bench bench(make_sink);
    create_task(bench.loop, spawning(task_batches));
    return bench.run() / (task_batch * task_batches);
}

double event_time(const MakeSink& make_sink) {
    Bench bench(make_sink);
    const Event first;
    const Event second;
    create_task(bench.loop, by_event(first, second, hand_overs / 2));
    create_task(bench.loop, by_event(second, first, hand_overs / 2));
    first.set();
    return bench.run() / hand_overs;
}

double future_time(const MakeSink& make_sink) {
    Bench bench(make_sink);
    const auto pending = [&] { return Future<>(Ref(new FutureState<void>(bench.loop))); };
    Future<> first = pending();
    Future<> second = pending();
    create_task(bench.loop, by_future(first, second, hand_overs / 2));
    create_task(bench.loop, by_future(second, first, hand_overs / 2));
    first.set_result();
    return bench.run() / hand_overs;
}

double queue_time(const MakeSink& make_sink) {
    Bench bench(make_sink);
    const Queue<int> first;
    const Queue<int> second;
    create_task(bench.loop, by_queue(first, second, hand_overs / 2));
    create_task(bench.loop, by_queue(second, first, hand_overs / 2));
    first.put_nowait(1);
    return bench.run() / hand_overs;
}

}  // namespace loopscope::bench
