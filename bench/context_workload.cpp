// SPDX-License-Identifier: MIT
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

Coro<> getting_anew(trace::Storage storage, double& time) {
    variable.set("value");
    context::Storages& storages = loop::EventLoop::running()->storages();
    storages.select(storage);
    time = time_of([&storages] {
        for (int at = 0; at < accesses; ++at) {
            storages.forget_read();  // a write or another task's read does this as well
            keep(variable.get());
        }
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

/// Runs a task that measures time itself. Returns that time.
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

double first_get_time(const MakeSink& make_sink, trace::Storage storage) {
    return time_inside(make_sink, [storage](double& time) { return getting_anew(storage, time); }) / accesses;
}

double set_time(const MakeSink& make_sink) {
    return time_inside(make_sink, setting) / accesses;
}

std::vector<StoreTime> store_times() {
    constexpr VariableId number{1};
    constexpr context::Cell cell{StringId{1}, EventIndex{1}};
    const auto time_of_store = [](auto&& store) {
        store();  // allocates the memory
        return time_of([&] {
                   for (int at = 0; at < accesses; ++at) {
                       store();
                       keep(at);
                   }
               }) /
               accesses;
    };
    context::Bindings global;
    context::ThreadLocalCells thread_local_cells;
    context::ContextVars vars;
    context::TaskDicts dicts;
    return {{"global", time_of_store([&] { global.set(number, cell); })},
            {"thread-local", time_of_store([&] { thread_local_cells.set(number, cell); })},
            {"contextvars", time_of_store([&] { vars.set(number, cell); })},
            {"argument and three contexts", time_of_store([&] { dicts.set(number, cell); })}};
}

double inherit_time(const MakeSink& make_sink) {
    constexpr int batches = task_batches / 10;
    Bench with(make_sink);
    Bench without(make_sink);
    create_task(with.loop, spawning(batches + 1));
    with.loop.run_iteration();
    const auto time_with = [&] { return time_of([&] { with.loop.run_iteration(); }); };
    const auto time_without = [&] {
        return time_of([&] {
            for (int at = 0; at < task_batch; ++at) create_task(without.loop, nothing());
            without.loop.run_iteration();
        });
    };
    // Batches of both kinds alternate, so that the load of the machine affects both equally. Each kind goes
    // first equally often, because a batch leaves its memory to the next one in reverse order, which makes a
    // difference.
    std::vector<double> differences;
    for (int pair = 0; pair < batches / 2; ++pair) {
        const double first = time_with();
        const double both = time_without() + time_without();
        differences.push_back((first + time_with() - both) / 2);
    }
    return median(differences) / task_batch;
}

}  // namespace loopscope::bench
