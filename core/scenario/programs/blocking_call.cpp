// SPDX-License-Identifier: MIT
// A task beats regularly; another one blocks the loop, as a coroutine does that calls time.sleep.

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;

Coro<> beat(loop::EventLoop& loop, Duration interval) {
    for (;;) {
        const Time due = loop.time() + interval;
        co_await sleep(interval);                             // [beat]
        print(loop.time() < due + interval / 2 ? "." : "!");  // [print]
    }
}

Coro<> main(loop::EventLoop& loop, const Arguments& arguments) {
    const Task<> beating = create_task(beat(loop, arguments.duration("interval")));  // [spawn]
    co_await sleep(arguments.duration("before"));                                    // [before]
    block_for(arguments.duration("block"));
    co_await sleep(arguments.duration("before"));  // [after]
    beating.cancel();                              // [cancel]
}

constexpr Parameter parameters[] = {
    {"interval", "time from one beat to the next", Parameter::Type::duration, "0.1", 0.001, 3600},
    {"before", "how long the loop is left alone, before and after", Parameter::Type::duration, "0.35", 0,
     3600},
    {"block", "how long the loop is blocked", Parameter::Type::duration, "1", 0, 3600},
};

constexpr Outcome outcomes[] = {
    {every_storage, "...!...",
     "Nothing is stored; one beat is late, for its timer came due while the loop stood still."},
};

}  // namespace

extern const Program blocking_call;

const Program blocking_call = {
    .name = "blocking-call",
    .summary = "a coroutine that blocks stops everything else",
    .text =
        "A task prints a point ten times a second, as a server answers its health checks; a beat that is "
        "late is an exclamation mark. The main coroutine calls time.sleep(1), or a library that blocks as "
        "long. There is one thread, and it is in that call: no task runs, no timer fires, no timeout ends "
        "anything. An await would have let the others run. Await asyncio.sleep, or hand the call to a thread "
        "with asyncio.to_thread.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "blocking_call.cpp",
    .twin_file = "blocking_call.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(loop, arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
