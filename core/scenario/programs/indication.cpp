// SPDX-License-Identifier: MIT
// Four coroutines each set a symbol and start a task that prints it until they wake again. Which symbol is
// printed depends on where it is kept. From the post "aiotask-context: contextvars for asyncio".

#include "core/scenario/program.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;
using trace::Storage;

const Variable symbol("symbol", ".");

Coro<> indication(Duration interval) {
    for (;;) {
        print(symbol.get());       // [print]
        co_await sleep(interval);  // [pause]
    }
}

Coro<> sleep(Duration duration, Duration interval, std::string own_symbol) {
    symbol.set(own_symbol);                                 // [set]
    const Task<> task = create_task(indication(interval));  // [start]
    co_await sleep(duration);                               // [sleep]
    task.cancel();                                          // [cancel]
}

std::vector<Coro<>> sleepers(const Arguments& arguments) {
    std::vector<Coro<>> result;
    for (const std::string_view each : characters(arguments.text("symbols"))) {
        result.push_back(
            sleep(arguments.duration("duration"), arguments.duration("interval"), std::string(each)));
    }
    return result;
}

Coro<> main(const Arguments& arguments) {
    co_await gather(sleepers(arguments));  // [gather-main]
}

constexpr Parameter parameters[] = {
    {"duration", "how long each coroutine sleeps", Parameter::Type::duration, "1", 0, 3600},
    {"interval", "time between two prints of a task", Parameter::Type::duration, "0.1", 0.001, 3600},
    {"symbols", "one coroutine for each character", Parameter::Type::text, "0abc", 1, 64},
};

constexpr std::string_view only_c = "cccccccccccccccccccccccccccccccccccccccc";
constexpr std::string_view each_its_own = "0abc0abc0abc0abc0abc0abc0abc0abc0abc0abc";

constexpr Outcome as_roots[] = {
    {{Storage::global, Storage::thread_local_},
     only_c,
     "All four write the same cell before the first print, and c writes last."},
    {{Storage::context_shared},
     each_its_own,
     "Each of the four is a root task with a dict of its own, and its child shares that."},
    {{Storage::argument, Storage::context_copy, Storage::context_chainmap, Storage::contextvar},
     each_its_own,
     "Each printing task has what its parent had set when it was created."},
};

constexpr Outcome below_main[] = {
    {{Storage::global, Storage::thread_local_},
     only_c,
     "All four write the same cell before the first print, and c writes last."},
    {{Storage::context_shared},
     only_c,
     "The four are children of main(), so all of them share the one dict that main() has."},
    {{Storage::argument, Storage::context_copy, Storage::context_chainmap, Storage::contextvar},
     each_its_own,
     "Each printing task has what its parent had set when it was created."},
};

}  // namespace

extern const Program indication;
extern const Program indication_main;

const Program indication = {
    .name = "indication",
    .summary = "four root tasks each set a symbol and start a task that prints it",
    .text =
        "Four coroutines each set a symbol and start a task that prints it every 0.1 s for a second. With "
        "one "
        "cell for all, the one who writes last decides what all of them print. The four are gathered while "
        "no task runs, so each is a root task; that is why even the shared dict of "
        "aiotask_context.task_factory keeps them apart.",
    .parameters = parameters,
    .outcomes = as_roots,
    .source_file = "indication.cpp",
    .twin_file = "indication.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(gather(loop, sleepers(arguments)));  // [gather]
        },
};

const Program indication_main = {
    .name = "indication-main",
    .summary = "the same below main(): the four are siblings, not roots",
    .text =
        "The same four coroutines, gathered inside main(), as every program is that begins with "
        "asyncio.run(main()). Nothing else has changed, but now the four are children of one task, and a "
        "context that is shared with the parent is shared by all of them: what worked without main() prints "
        "only c.",
    .parameters = parameters,
    .outcomes = below_main,
    .source_file = "indication.cpp",
    .twin_file = "indication_main.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
