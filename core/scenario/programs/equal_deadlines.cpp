// SPDX-License-Identifier: MIT
// Eight tasks, made one after the other, wait for a reply until the very same deadline.

#include "core/scenario/program.hpp"
#include "core/task/gather.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/timeout.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;

Coro<> wait_for_reply(Event reply) {
    co_await reply.wait();  // [wait]
}

Coro<> ask(std::string own_symbol, Event reply, Time deadline) {
    try {
        co_await timeout_at(deadline, wait_for_reply(reply));
    } catch (const TimeoutError&) {
        print(own_symbol);  // [print]
    }
}

Coro<> main(const Arguments& arguments) {
    const Event reply;  // never set
    const Time deadline = loop::EventLoop::running()->time() + arguments.duration("delay");
    std::vector<Coro<>> tasks;
    for (const std::string_view each : characters(arguments.text("symbols")))
        tasks.push_back(ask(std::string(each), reply, deadline));
    co_await gather(std::move(tasks));  // [gather]
}

constexpr Parameter parameters[] = {
    {"symbols", "one task for each character", Parameter::Type::text, "01234567", 1, 64},
    {"delay", "time until all of them give up", Parameter::Type::duration, "0.1", 0.001, 3600},
};

constexpr Outcome outcomes[] = {
    {every_storage, "02657413",
     "Nothing is stored; timers stand in a binary heap that compares deadlines and nothing else."},
};

}  // namespace

extern const Program equal_deadlines;

const Program equal_deadlines = {
    .name = "equal-deadlines",
    .summary = "tasks with the same deadline do not give up in the order in which they began",
    .text =
        "Eight tasks, 0 to 7, wait for a reply until the very same deadline, and give up in another order "
        "than "
        "that in which they began. asyncio keeps its timers in a binary heap (heapq) that is ordered by "
        "deadline alone, and a heap keeps no order among equals; it is the same in each run, but changes "
        "with whatever else stands in the heap. Two sleeps of the same length seem to keep their order only "
        "because their deadlines differ by the moment between the two calls. Whoever needs an order has to "
        "make one.",
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
