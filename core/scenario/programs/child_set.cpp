// SPDX-License-Identifier: MIT
// What an endpoint sets, as its middleware sees it: run as a task, awaited, and under wait_for.

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "core/task/wait_for.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;
using task::wait_for;
using namespace std::chrono_literals;
using trace::Storage;

const Variable symbol("symbol", ".");

Coro<> endpoint(std::string own_symbol, Duration delay) {
    co_await sleep(delay);   // [sleep]
    symbol.set(own_symbol);  // [endpoint-set]
}

Coro<> middleware(std::vector<std::string> symbols, Duration delay) {
    symbol.set(symbols[0]);                             // [set]
    co_await create_task(endpoint(symbols[1], delay));  // [task]
    print(symbol.get());                                // [print-task]
    co_await endpoint(symbols[2], delay);
    print(symbol.get());  // [print-await]
    co_await wait_for(endpoint(symbols[3], delay), 1h);
    print(symbol.get());  // [print-wait-for]
}

constexpr Parameter parameters[] = {
    {"symbols", "what the middleware sets, then what each of the three endpoints does", Parameter::Type::text,
     "abcd", 4, 4},
    {"delay", "how long an endpoint takes", Parameter::Type::duration, "0.1", 0, 60},
};

constexpr Outcome outcomes[] = {
    {{Storage::global, Storage::thread_local_}, "bcd", "There is one cell, and everyone sees each write."},
    {{Storage::context_shared}, "bcd", "The task has the same dict as its parent, so its set is seen above."},
    {{Storage::context_chainmap},
     "acd",
     "The task's set goes to a layer of its own, below its parent's; what is awaited directly has none."},
    {{Storage::argument, Storage::context_copy, Storage::contextvar},
     "acd",
     "The task's set changes its own copy; what is awaited directly, or under wait_for, has none."},
};

}  // namespace

extern const Program child_set;

const Program child_set = {
    .name = "child-set",
    .summary = "what a child task sets is not seen above",
    .text =
        "A middleware sets a, runs an endpoint that sets something else, and prints what it sees: first with "
        "the endpoint in a task of its own, then awaited directly, then under wait_for. A task has a context "
        "of its own, so nothing that it sets comes back up; a coroutine that is awaited runs in the same "
        "task and the same context. Since Python 3.12 wait_for awaits its coroutine in the caller's task; "
        "before, it made a task of it, and the last print was c: --asyncio 3.11 shows that.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "child_set.cpp",
    .twin_file = "child_set.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            std::vector<std::string> symbols;
            for (const std::string_view each : characters(arguments.text("symbols")))
                symbols.emplace_back(each);
            const Duration delay = arguments.duration("delay");
            return future_of(create_task(loop, middleware(std::move(symbols), delay)));  // [main]
        },
};

}  // namespace loopscope::scenario
