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

const Variable symbol("symbol", ".");

Coro<> indication(Duration interval) {
    for (;;) {
        print(symbol.get());
        co_await sleep(interval);
    }
}

Coro<> sleep(Duration duration, Duration interval, std::string own_symbol) {
    symbol.set(own_symbol);
    const Task<> task = create_task(indication(interval));
    co_await sleep(duration);
    task.cancel();
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
    co_await gather(*loop::EventLoop::running(), sleepers(arguments));
}

constexpr Parameter parameters[] = {
    {"duration", "how long each coroutine sleeps", Parameter::Type::duration, "1", 0, 3600},
    {"interval", "time between two prints of a task", Parameter::Type::duration, "0.1", 0.001, 3600},
    {"symbols", "one coroutine for each character", Parameter::Type::text, "0abc", 1, 64},
};

}  // namespace

extern const Program indication;
extern const Program indication_main;

const Program indication = {
    "indication",
    "four root tasks each set a symbol and start a task that prints it",
    parameters,
    "indication.cpp",
    [](loop::EventLoop& loop, const Arguments& arguments) {
        return future_of(gather(loop, sleepers(arguments)));
    },
};

const Program indication_main = {
    "indication-main",
    "the same, wrapped in main(): the four are siblings, not roots",
    parameters,
    "indication.cpp",
    [](loop::EventLoop& loop, const Arguments& arguments) {
        return future_of(create_task(loop, main(arguments)));
    },
};

}  // namespace loopscope::scenario
