// SPDX-License-Identifier: MIT
// libuv, which has callbacks and no tasks: `libuv libuv WORKLOAD SECONDS`.
//
// W1: 1,000 idle handles, called once in each iteration. W2: 100,000 timers, restarted ten times each; they
// count milliseconds of the real clock, so many of them are due together. W3: an idle handle is allocated,
// started, called, closed and freed. W4: two idle handles that stop themselves and start each other. M: a
// running timer.

#include <memory>

#include <uv.h>

#include "bench/measure.hpp"

namespace {

using namespace loopscope::bench;

constexpr std::int64_t max_timeout = 64;  // ms

struct Counted {
    uv_idle_t handle;
    Counted* other;
    int left;
};

struct Timed {
    uv_timer_t handle;
    Random* random;
    int left;
};

/// A libuv loop that can tell what is left in it.
class Loop {
  public:
    Loop() { uv_loop_init(&loop_); }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    ~Loop() { uv_loop_close(&loop_); }

    uv_loop_t* get() { return &loop_; }
    double run() {
        return time_of([this] { uv_run(&loop_, UV_RUN_DEFAULT); });
    }

  private:
    uv_loop_t loop_;
};

void close_counted(uv_idle_t* idle) {
    uv_close(reinterpret_cast<uv_handle_t*>(idle), nullptr);
}

double switch_time() {
    Loop loop;
    std::vector<Counted> counted(yielding_tasks);
    for (Counted& each : counted) {
        uv_idle_init(loop.get(), &each.handle);
        each.left = yields_each;
        uv_idle_start(&each.handle, [](uv_idle_t* idle) {
            if (--reinterpret_cast<Counted*>(idle)->left == 0) close_counted(idle);
        });
    }
    return loop.run() / (yielding_tasks * yields_each);
}

void expire(uv_timer_t* timer) {
    auto& timed = *reinterpret_cast<Timed*>(timer);
    if (--timed.left == 0) {
        uv_close(reinterpret_cast<uv_handle_t*>(timer), nullptr);
    } else {
        uv_timer_start(timer, expire, static_cast<std::uint64_t>(timed.random->up_to(max_timeout)), 0);
    }
}

double timer_time() {
    Loop loop;
    Random random;
    std::vector<Timed> timed(sleeping_tasks);
    const double start = cpu_time();
    for (Timed& each : timed) {
        uv_timer_init(loop.get(), &each.handle);
        each.random = &random;
        each.left = sleeps_each;
        uv_timer_start(&each.handle, expire, static_cast<std::uint64_t>(random.up_to(max_timeout)), 0);
    }
    loop.run();
    return (cpu_time() - start) / (sleeping_tasks * sleeps_each);
}

double handle_time() {
    constexpr int batches = task_batches / 10;
    Loop loop;
    double time = 0;
    for (int batch = 0; batch < batches; ++batch) {
        time += time_of([&] {
            for (int at = 0; at < task_batch; ++at) {
                auto* const idle = new uv_idle_t;
                uv_idle_init(loop.get(), idle);
                uv_idle_start(idle, [](uv_idle_t* self) {
                    uv_close(reinterpret_cast<uv_handle_t*>(self),
                             [](uv_handle_t* closed) { delete reinterpret_cast<uv_idle_t*>(closed); });
                });
            }
            uv_run(loop.get(), UV_RUN_DEFAULT);
        });
    }
    return time / (batches * task_batch);
}

void hand_over(uv_idle_t* idle) {
    auto& mine = *reinterpret_cast<Counted*>(idle);
    uv_idle_stop(idle);
    uv_idle_start(&mine.other->handle, hand_over);
    if (--mine.left > 0) return;
    close_counted(idle);
    close_counted(&mine.other->handle);
}

double hand_over_time() {
    constexpr int count = hand_overs / 10;
    Loop loop;
    Counted first{{}, nullptr, count / 2};
    Counted second{{}, &first, count / 2};
    first.other = &second;
    uv_idle_init(loop.get(), &first.handle);
    uv_idle_init(loop.get(), &second.handle);
    uv_idle_start(&first.handle, hand_over);
    return loop.run() / count;
}

double timer_bytes() {
    auto* const loop = new Loop;  // left as it is: taking a million timers out again is not what is measured
    const double before = resident_bytes();
    for (int at = 0; at < suspended_tasks; ++at) {
        auto* const timer = new uv_timer_t;
        uv_timer_init(loop->get(), timer);
        uv_timer_start(
            timer, [](uv_timer_t*) {}, 3'600'000, 0);
    }
    return (resident_bytes() - before) / suspended_tasks;
}

}  // namespace

int main(int argc, char** argv) {
    Session session(argc, argv);
    if (session.wants("W1")) session.measure("W1", switch_time);
    if (session.wants("W2")) session.measure("W2", timer_time);
    if (session.wants("W3")) session.measure("W3", handle_time);
    if (session.wants("W4")) session.measure("W4", hand_over_time);
    if (session.wants("M")) session.report("M", "bytes", timer_bytes(), 1);
}
