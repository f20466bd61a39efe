// SPDX-License-Identifier: MIT
#include "bench/crowd.hpp"

#include "core/loop/event_loop.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/variable.hpp"

namespace loopscope::bench {
namespace {

using namespace task;
using task::sleep;

const Variable symbol("symbol", ".");

/// Sleeps, so that there is a timer, and wakes its partner.
Coro<> sleeper(int number, Event partner) {
    for (std::uint32_t round = 1;; ++round) {
        symbol.set(number % 2 == 0 ? "a" : "b");
        print(symbol.get());
        co_await sleep(Duration(1'000'000 +
                                (static_cast<std::uint32_t>(number) * 7919U + round * 104'729U) % 9'000'000));
        partner.set();
    }
}

/// Waits for its partner.
Coro<> waiter(Event mine) {
    for (;;) {
        co_await mine.wait();
        mine.clear();
        print(symbol.get());
    }
}

}  // namespace

void run_crowd(trace::Log& log, std::uint32_t events, int tasks, const std::function<void()>& between) {
    log.emit(trace::Kind::begin, 0, log.intern("crowd").value);
    context::Storages storages;
    loop::EventLoop loop(log, storages);
    for (int number = 0; number < tasks / 2; ++number) {
        const Event event;
        create_task(loop, sleeper(number, event));
        create_task(loop, waiter(event));
    }
    while (log.size() < events) {
        loop.run_once();
        if (between) between();
    }
}

}  // namespace loopscope::bench
