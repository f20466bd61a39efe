#pragma once

#include <functional>
#include <memory>

#include "bench/measure.hpp"
#include "core/task/task.hpp"

/// The workloads of the core. Each takes what makes a sink for a run: a Log, or a Discard.
namespace loopscope::bench {

using MakeSink = std::function<std::unique_ptr<trace::Sink>()>;

/// A loop with all that it needs, made anew for each run.
struct Bench {
    explicit Bench(const MakeSink& make_sink) : sink(make_sink()) {}

    /// CPU time of running until nothing is left to do, in nanoseconds.
    double run() {
        return time_of([this] { loop.run(); });
    }

    std::unique_ptr<trace::Sink> sink;
    context::Storages storages;
    loop::EventLoop loop{*sink, storages};
};

/// W1: 1,000 tasks yield 1,000 times each.
double switch_time(const MakeSink& make_sink);
/// W2: 100,000 tasks sleep ten times each, for pseudo-random times.
double timer_time(const MakeSink& make_sink);
/// W3: a task is created, run and destroyed; 1,000 at a time.
double task_time(const MakeSink& make_sink);
/// W4: two tasks wake each other in turn, by an Event each.
double event_time(const MakeSink& make_sink);
/// W4, by a new future for each hand-over.
double future_time(const MakeSink& make_sink);
/// W4, by a Queue each.
double queue_time(const MakeSink& make_sink);

/// W5: one read of a variable, again and again, and one write, with contextvars selected.
double get_time(const MakeSink& make_sink);
double set_time(const MakeSink& make_sink);
/// S: one read, with that storage selected, that is not a repetition of the last one.
double first_get_time(const MakeSink& make_sink, trace::Storage storage);
/// S: what a write costs in one storage alone, in nanoseconds.
struct StoreTime {
    const char* where;
    double nanoseconds;
};
std::vector<StoreTime> store_times();
/// W5: what it costs more to spawn from a task with a variable set than from outside of tasks with nothing
/// set.
double inherit_time(const MakeSink& make_sink);

/// M: resident bytes of a task with a name, a parent and a context, which waits for an event.
double suspended_bytes(const MakeSink& make_sink);

}  // namespace loopscope::bench
