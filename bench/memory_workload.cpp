// SPDX-License-Identifier: MIT
#include "bench/workloads.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/variable.hpp"

namespace loopscope::bench {

using namespace task;
using task::sleep;

namespace {

const Variable variable("variable", "default");

Coro<> waiting(Event event) {
    co_await event.wait();
}

Coro<> spawning(double& bytes) {
    variable.set("value");
    const Event never;
    const double before = resident_bytes();
    for (int at = 0; at < suspended_tasks; ++at) create_task(waiting(never), {.name = "waiting"});
    co_await sleep(0);
    bytes = resident_bytes() - before;
}

}  // namespace

double suspended_bytes(const MakeSink& make_sink) {
    Bench bench(make_sink);
    double bytes = 0;
    create_task(bench.loop, spawning(bytes));
    bench.loop.run();
    return bytes / suspended_tasks;
}

}  // namespace loopscope::bench
