// SPDX-License-Identifier: MIT
// Tasks that wait for each other, one inside the other; the outermost is cancelled.

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;

using Symbols = std::span<const std::string_view>;

Coro<> level(Symbols symbols, Duration delay) {
    try {
        if (symbols.size() == 1)
            co_await sleep(2 * delay);  // [sleep]
        else
            co_await create_task(level(symbols.subspan(1), delay));  // [inner]
    } catch (const CancelledError&) {
        print(symbols.front());  // [print]
        throw;
    }
}

Coro<> main(const Arguments& arguments) {
    const std::vector<std::string_view> symbols = characters(arguments.text("symbols"));
    const Duration delay = arguments.duration("delay");
    const Task<> outermost = create_task(level(symbols, delay));  // [outermost]
    co_await sleep(delay);                                        // [delay]
    outermost.cancel();                                           // [cancel]
    print("-");                                                   // [requested]
    try {
        co_await outermost;  // [await]
    } catch (const CancelledError&) {
        print("!");  // [cancelled]
    }
}

constexpr Parameter parameters[] = {
    {"symbols", "one level for each character, the outermost first", Parameter::Type::text, "abc", 1, 64},
    {"delay", "time before the cancellation", Parameter::Type::duration, "0.1", 0.001, 3600},
};

constexpr Outcome outcomes[] = {
    {every_storage, "-cba!",
     "Nothing is stored; the request goes down to the innermost wait at once, and the error comes up from "
     "there, an iteration for each level."},
};

}  // namespace

extern const Program nested_cancel;

const Program nested_cancel = {
    .name = "nested-cancel",
    .summary = "cancel() reaches the innermost task first, and the error climbs up",
    .text =
        "a awaits a task b, which awaits a task c, which sleeps; then a is cancelled. It is not a that sees "
        "the CancelledError first: cancel() only asks, and passes the request on to whatever the task waits "
        "for, down to the sleep. The error is thrown into c in the next iteration, into b one iteration "
        "later, and so on up; the dash is printed right after cancel() and comes before all of them. So a "
        "task is not cancelled when cancel() returns, and whoever needs that has to await it.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "nested_cancel.cpp",
    .twin_file = "nested_cancel.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
