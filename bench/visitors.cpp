// SPDX-License-Identifier: MIT
#include "bench/visitors.hpp"

#include <array>

#include "core/loop/event_loop.hpp"
#include "core/task/sleep.hpp"
#include "core/task/task.hpp"
#include "core/task/variable.hpp"

namespace loopscope::bench {
namespace {

using namespace task;
using task::sleep;

const Variable visitor("visitor", ".");

Duration some_time(int number) {
    return Duration(500'000 + static_cast<std::uint32_t>(number) * 7919U % 3'000'000U);
}

Coro<> fetch(int number) {
    co_await sleep(some_time(number));
}

Coro<> request(int number) {
    constexpr std::array names = {"a", "b", "c", "d", "e", "f", "g", "h"};
    visitor.set(names.at(static_cast<std::size_t>(number) % names.size()));
    co_await create_task(fetch(number));
    print(visitor.get());
}

Coro<> serve(int requests) {
    for (int number = 0; number < requests; ++number) {
        create_task(request(number));
        co_await sleep(Duration(100'000));
    }
    co_await sleep(Duration(10'000'000));
}

}  // namespace

void run_visitors(trace::Log& log, int tasks) {
    log.emit(trace::Kind::begin, 0, log.intern("visitors").value);
    context::Storages storages;
    loop::EventLoop loop(log, storages);
    const Task<> main = create_task(loop, serve(tasks / 2));
    while (!main.done()) loop.run_once();
}

}  // namespace loopscope::bench
