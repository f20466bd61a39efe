// SPDX-License-Identifier: MIT
// Of two tasks, one is created before the symbol is set, the other after it; then both print it.

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;
using trace::Storage;

const Variable symbol("symbol", ".");

Coro<> report(Duration delay) {
    co_await sleep(delay);  // [sleep]
    print(symbol.get());    // [print]
}

Coro<> main(const Arguments& arguments) {
    const Duration delay = arguments.duration("delay");
    for (const std::string_view each : characters(arguments.text("symbols"))) {
        const Task<> early = create_task(report(delay));  // [early]
        symbol.set(each);                                 // [set]
        const Task<> late = create_task(report(delay));   // [late]
        co_await early;                                   // [await-early]
        co_await late;                                    // [await-late]
    }
}

constexpr Parameter parameters[] = {
    {"symbols", "one after the other is set", Parameter::Type::text, "abc", 1, 64},
    {"delay", "how long a task sleeps before it prints", Parameter::Type::duration, "0.1", 0, 3600},
};

constexpr Outcome outcomes[] = {
    {{Storage::global, Storage::thread_local_},
     "aabbcc",
     "There is one cell, and both read it after the write."},
    {{Storage::context_shared},
     "aabbcc",
     "A child has the very dict of its parent, so it does not matter when it was created."},
    {{Storage::context_chainmap},
     "aabbcc",
     "A child's layer lies over the live dict of its parent, so it sees what the parent sets later."},
    {{Storage::argument, Storage::context_copy, Storage::contextvar},
     ".aabbc",
     "A task has what was there when it was created: the early one still has the symbol before, the late "
     "one the new."},
};

}  // namespace

extern const Program created_before_set;

const Program created_before_set = {
    .name = "created-before-set",
    .summary = "a task that was created before the set does not see it",
    .text =
        "main() creates a task, sets a symbol, and creates another task; a moment later both print the "
        "symbol. A task copies its context when it is created, not when it first runs, so a set on the next "
        "line comes too late for it, although the task has not run a single step by then. It meets those who "
        "start their background tasks before the middleware has set the request id.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "created_before_set.cpp",
    .twin_file = "created_before_set.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
