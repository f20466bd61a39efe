// SPDX-License-Identifier: MIT
// Two OS threads, each with an event loop of its own, and two tasks on each that print what somebody has set.

#include "core/scenario/program.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using trace::Storage;

const Variable symbol("symbol", ".");

Coro<> indication(Duration interval) {
    for (;;) {
        print(symbol.get());             // [print]
        co_await task::sleep(interval);  // [pause]
    }
}

Coro<> sleep(Duration delay, Duration duration, Duration interval, std::string own_symbol) {
    co_await task::sleep(delay);                            // [delay]
    symbol.set(own_symbol);                                 // [set]
    co_await task::sleep(interval);                         // [wait]
    const Task<> task = create_task(indication(interval));  // [start]
    co_await task::sleep(duration);                         // [sleep]
    task.cancel();                                          // [cancel]
}

/// What one thread runs: a root task for each symbol.
AnyFuture start(loop::EventLoop& loop, const Arguments& arguments, std::string_view symbols, Duration delay) {
    std::vector<Coro<>> sleepers;
    for (const std::string_view each : characters(symbols)) {
        sleepers.push_back(
            sleep(delay, arguments.duration("duration"), arguments.duration("interval"), std::string(each)));
    }
    return future_of(gather(loop, std::move(sleepers)));  // [gather]
}

AnyFuture start_main(loop::EventLoop& loop, const Arguments& arguments) {
    return start(loop, arguments, arguments.text("symbols"), Duration::zero());
}

/// The other thread is half an interval late, so that one can see the two take turns.
AnyFuture start_worker(loop::EventLoop& loop, const Arguments& arguments) {
    return start(loop, arguments, arguments.text("worker-symbols"), arguments.duration("interval") / 2);
}

constexpr Parameter parameters[] = {
    {"duration", "how long each coroutine sleeps", Parameter::Type::duration, "0.8", 0, 3600},
    {"interval", "time between two prints of a task", Parameter::Type::duration, "0.2", 0.001, 3600},
    {"symbols", "one coroutine of the main thread for each character", Parameter::Type::text, "01", 1, 64},
    {"worker-symbols", "one coroutine of the other thread for each character", Parameter::Type::text, "ab", 1,
     64},
};

constexpr std::string_view each_its_own = "01ab01ab01ab01ab";

constexpr Outcome outcomes[] = {
    {{Storage::global},
     "bbbbbbbbbbbbbbbb",
     "There is one cell for both threads, and the last one to write it was the worker's second task."},
    {{Storage::thread_local_},
     "11bb11bb11bb11bb",
     "Each thread has a cell of its own, but all tasks of a thread share it: the last one to write wins."},
    {{Storage::argument, Storage::context_shared, Storage::context_copy, Storage::context_chainmap,
      Storage::contextvar},
     each_its_own,
     "Each of the four is a root task with a context of its own, whatever thread it is on."},
};

constexpr ThreadStart other_threads[] = {{"worker", start_worker}};

}  // namespace

extern const Program threads;

const Program threads = {
    .name = "threads",
    .summary = "two OS threads with a loop each: a thread-local keeps threads apart, not tasks",
    .text =
        "Before there were coroutines, a thread-local was the way to keep one request's data from "
        "another's: each thread had one request. Here two OS threads run an event loop each, with two "
        "tasks on each loop. A global mixes up all four; a thread-local keeps the threads apart, and "
        "mixes up the two tasks of each; a context keeps each task to itself. The threads take turns, "
        "so that every run is the same.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "threads.cpp",
    .twin_file = "threads.py",
    .start = start_main,
    .other_threads = other_threads,
};

}  // namespace loopscope::scenario
