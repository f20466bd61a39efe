// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>

#include "bench/measure.hpp"
#include "core/task/task.hpp"

/// The workloads of the core. Each takes a function that makes the sink of a run: a Log or a Discard.
namespace loopscope::bench {

using MakeSink = std::function<std::unique_ptr<trace::Sink>()>;

/// A loop with everything that it needs, made again for each run.
struct Bench {
    explicit Bench(const MakeSink& make_sink) : sink(make_sink()) {}

    /// Returns the CPU time of running the loop until nothing is left to do, in nanoseconds.
    double run() {
        return time_of([this] { loop.run(); });
    }

    std::unique_ptr<trace::Sink> sink;
    context::Storages storages;
    loop::EventLoop loop{*sink, storages};
};

/// Measures W1: 1,000 tasks yield 1,000 times each. Returns nanoseconds per switch.
double switch_time(const MakeSink& make_sink);
/// Measures W2: 100,000 tasks sleep ten times each, for pseudo-random times. Returns nanoseconds per timer.
double timer_time(const MakeSink& make_sink);
/// Measures W3: a task is created, run and destroyed; 1,000 at a time. Returns nanoseconds per task.
double task_time(const MakeSink& make_sink);
/// Measures W4: two tasks wake each other in turn, with an Event each. Returns nanoseconds per hand-over.
double event_time(const MakeSink& make_sink);
/// Measures W4 with a new future for each hand-over. Returns nanoseconds per hand-over.
double future_time(const MakeSink& make_sink);
/// Measures W4 with a Queue each. Returns nanoseconds per hand-over.
double queue_time(const MakeSink& make_sink);

/// Measures W5: repeated reads of a variable with contextvars selected. Returns nanoseconds per read.
double get_time(const MakeSink& make_sink);
/// Measures W5: repeated writes of a variable with contextvars selected. Returns nanoseconds per write.
double set_time(const MakeSink& make_sink);
/// Measures S: a read, with `storage` selected, that does not repeat the last one. Returns nanoseconds per
/// read.
double first_get_time(const MakeSink& make_sink, trace::Storage storage);
/// S: the cost of a write in one storage only, in nanoseconds.
struct StoreTime {
    const char* where;
    double nanoseconds;
};
/// Measures S: the cost of a write in each storage.
std::vector<StoreTime> store_times();
/// Measures W5: how much more it costs to spawn from a task with a variable set than from outside of all
/// tasks with nothing set. Returns nanoseconds per task.
double inherit_time(const MakeSink& make_sink);

/// Measures M: the resident bytes of a task with a name, a parent and a context that waits for an event.
double suspended_bytes(const MakeSink& make_sink);

}  // namespace loopscope::bench
