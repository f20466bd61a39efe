#include "bench/workloads.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::bench {

using namespace task;
using task::sleep;

namespace {

const Variable variable("variable", "default");

Coro<> nothing() {
    co_return;
}

Coro<> getting(double& time) {
    variable.set("value");
    time = time_of([] {
        for (int at = 0; at < accesses; ++at) keep(variable.get());
    });
    co_return;
}

Coro<> setting(double& time) {
    const StringId value = loop::EventLoop::running()->sink().intern("value");
    variable.set(value);
    time = time_of([value] {
        for (int at = 0; at < accesses; ++at) variable.set(value);
    });
    co_return;
}

Coro<> spawning(int batches) {
    variable.set("value");
    for (; batches > 0; --batches) {
        for (int at = 0; at < task_batch; ++at) create_task(nothing());
        co_await sleep(0);
    }
}

/// Runs one task that times something itself.
template <class Start>
double time_inside(const MakeSink& make_sink, Start start) {
    Bench bench(make_sink);
    bench.storages.select(trace::Storage::contextvar);
    double time = 0;
    create_task(bench.loop, start(time));
    bench.loop.run();
    return time;
}

}  // namespace

double get_time(const MakeSink& make_sink) {
    return time_inside(make_sink, getting) / accesses;
}

double set_time(const MakeSink& make_sink) {
    return time_inside(make_sink, setting) / accesses;
}

double inherit_time(const MakeSink& make_sink) {
    constexpr int batches = task_batches / 10;
    Bench with(make_sink);
    Bench without(make_sink);
    create_task(with.loop, spawning(batches + 1));
    with.loop.run_iteration();
    // Batch by batch in turn, so that what else the machine does falls on both alike.
    std::vector<double> differences;
    for (int batch = 0; batch < batches; ++batch) {
        const double time = time_of([&] { with.loop.run_iteration(); });
        differences.push_back(time - time_of([&] {
                                  for (int at = 0; at < task_batch; ++at)
                                      create_task(without.loop, nothing());
                                  without.loop.run_iteration();
                              }));
    }
    return median(differences) / task_batch;
}

}  // namespace loopscope::bench
