// SPDX-License-Identifier: MIT
// A clean-up takes a set back: once from another task, once from where it was made.

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;

const Variable symbol("symbol", ".");

Coro<> clean_up(Token& token, Duration delay) {
    co_await sleep(delay);  // [sleep]
    try {
        symbol.reset(token);  // [reset]
    } catch (const ValueError&) {
        print("!");  // [error]
    }
}

Coro<> main(const Arguments& arguments) {
    const Duration delay = arguments.duration("delay");
    Token token = symbol.set(arguments.text("symbol"));  // [set]
    co_await create_task(clean_up(token, delay));        // [task]
    print(symbol.get());                                 // [print-task]
    co_await clean_up(token, delay);
    print(symbol.get());  // [print-await]
}

constexpr Parameter parameters[] = {
    {"symbol", "what is set", Parameter::Type::text, "a", 1, 8},
    {"delay", "time before the clean-up", Parameter::Type::duration, "0.1", 0, 3600},
};

constexpr Outcome outcomes[] = {
    {every_storage, "!a.",
     "The token belongs to the context of main(): in the task's, reset() raises ValueError and changes "
     "nothing."},
};

}  // namespace

extern const Program reset_elsewhere;

const Program reset_elsewhere = {
    .name = "reset-elsewhere",
    .summary = "reset() in another context raises ValueError",
    .text =
        "set() gives a token, with which reset() takes the set back. The token can be used only in the "
        "context that it was made in: a clean-up that runs in a task of its own has a copy of that context, "
        "and gets a ValueError instead; awaited directly it works. Async generators that are closed by "
        "another task, and fixtures whose set-up and tear-down run in different tasks, fail in this way. "
        "Tokens are those of contextvars here, whatever the storage.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "reset_elsewhere.cpp",
    .twin_file = "reset_elsewhere.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
