// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/scenario/program.hpp"
#include "core/task/as_completed.hpp"
#include "core/task/async_generator.hpp"
#include "core/task/executor.hpp"
#include "core/task/gather.hpp"
#include "core/task/shield.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/barrier.hpp"
#include "core/task/sync/condition.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/sync/lock.hpp"
#include "core/task/sync/queue.hpp"
#include "core/task/sync/semaphore.hpp"
#include "core/task/task_group.hpp"
#include "core/task/timeout.hpp"
#include "core/task/variable_of.hpp"
#include "core/task/wait.hpp"
#include "core/task/wait_for.hpp"

/// All that a program of one's own needs: the vocabulary of docs/asyncio.md, and the line that names it. Such
/// a program is one file of core/scenario/programs/own; `./dev new NAME` writes one.
namespace loopscope::own {

using namespace task;
using namespace std::chrono_literals;
using scenario::Arguments;
using scenario::Outcome;
using scenario::Parameter;
using trace::Storage;

/// What a program of one's own may say beside its name and its coroutine, as scenario::Program does.
struct More {
    std::string_view summary = "a program of one's own";
    std::string_view text = {};
    std::span<const Parameter> parameters = {};
    std::span<const Outcome> outcomes = {};
};

/// Makes the task that a program is: `main` is a function that returns a coroutine, of no arguments or of
/// those that its parameters were given.
template <auto main>
scenario::AnyFuture start(loop::EventLoop& loop, const Arguments& arguments) {
    if constexpr (std::invocable<decltype(main), const Arguments&>)
        return scenario::future_of(create_task(loop, main(arguments)));
    else
        return scenario::future_of(create_task(loop, main()));
}

/// Returns the program with a name, which ends as asyncio.run does.
constexpr scenario::Program program(std::string_view name, scenario::Start start, std::string_view source,
                                    const More& more) {
    return {.name = name,
            .summary = more.summary,
            .text = more.text,
            .parameters = more.parameters,
            .outcomes = more.outcomes,
            .source_file = source,
            .twin_file = "",
            .start = start,
            .closes_loops = true};
}

}  // namespace loopscope::own

/// Names the program of a file, and its coroutine: LOOPSCOPE_PROGRAM("requests", main); what `More` has may
/// follow, as in LOOPSCOPE_PROGRAM("requests", main, .summary = "two requests at once").
#define LOOPSCOPE_PROGRAM(name, main, ...)                                                  \
    extern const ::loopscope::scenario::Program LOOPSCOPE_OWN_PROGRAM;                      \
    const ::loopscope::scenario::Program LOOPSCOPE_OWN_PROGRAM = ::loopscope::own::program( \
        name, ::loopscope::own::start<main>, LOOPSCOPE_OWN_SOURCE, ::loopscope::own::More{__VA_ARGS__})
