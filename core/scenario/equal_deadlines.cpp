// Eight callbacks are scheduled, one after the other, for the very same time.

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;

Coro<> main(const Arguments& arguments) {
    const Duration delay = arguments.duration("delay");
    const Time deadline = loop::EventLoop::running()->time() + delay;
    for (const std::string_view each : characters(arguments.text("symbols")))
        call_at(deadline, [each] { print(each); }, {.name = each});  // [print]
    co_await sleep(2 * delay);                                       // [sleep]
}

constexpr Parameter parameters[] = {
    {"symbols", "one callback for each character", Parameter::Type::text, "01234567", 1, 64},
    {"delay", "time until all of them are due", Parameter::Type::duration, "0.1", 0.001, 3600},
};

constexpr Outcome outcomes[] = {
    {every_storage, "02657134",
     "Nothing is stored; timers stand in a binary heap that compares deadlines and nothing else."},
};

}  // namespace

extern const Program equal_deadlines;

const Program equal_deadlines = {
    .name = "equal-deadlines",
    .summary = "timers that are due at the same time do not fire in the order of their making",
    .text =
        "Eight callbacks are scheduled for the very same time, in the order 0 to 7, and come out in another. "
        "asyncio keeps its timers in a binary heap (heapq) that is ordered by deadline alone, and a heap "
        "keeps no order among equals; it is the same in each run, but it changes with what else stands in "
        "the heap. Two sleeps of the same length seem to keep their order only because their deadlines "
        "differ by the moment between the two calls. Whoever needs an order has to make one.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "equal_deadlines.cpp",
    .twin_file = "equal_deadlines.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
