// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "core/scenario/outcome.hpp"
#include "core/scenario/parameter.hpp"
#include "core/task/executor.hpp"
#include "core/task/future.hpp"

namespace loopscope::scenario {

/// A future whose result type does not matter.
using AnyFuture = Ref<task::FutureCore>;

/// Returns the state of a Future or a Task.
template <class Awaitable>
AnyFuture future_of(const Awaitable& awaitable) {
    return AnyFuture(&awaitable.core());
}

/// A function that makes a loop's root tasks and returns the future that the loop runs until.
using Start = AnyFuture (*)(loop::EventLoop& loop, const Arguments& arguments);

/// Another OS thread of a program, and what it runs, in a loop of its own.
struct ThreadStart {
    std::string_view name;
    Start start;
};

/// The name of the thread on which a program begins, as Python calls it.
inline constexpr std::string_view main_thread = "MainThread";

/// A program to watch: its coroutines, what they are about, and its parameters.
struct Program {
    std::string_view name;
    std::string_view summary;  ///< one line
    std::string_view text;     ///< one paragraph: what it does, and what people get wrong about it
    std::span<const Parameter> parameters;
    /// The program's outputs and the reasons for them: each storage is in exactly one outcome.
    std::span<const Outcome> outcomes;
    /// The name of the program's source file in core/scenario/programs.
    std::string_view source_file;
    /// The name of the file in assets/programs with the same program in Python.
    std::string_view twin_file;
    /// Makes the program's root tasks. The run is over when the returned future is done, and so are those of
    /// the other threads.
    Start start = nullptr;
    std::span<const ThreadStart> other_threads = {};
    /// Whether each loop ends as asyncio.run ends it: tasks that are left are cancelled and run to their end,
    /// and asynchronous generators are closed. If not, it ends as after run_until_complete: nothing that is
    /// left runs.
    bool closes_loops = false;
};

/// The name of the parameter that every program has for the version of asyncio whose order it runs in.
inline constexpr std::string_view asyncio_parameter = "asyncio";

/// Returns the parameters that every program has.
std::span<const Parameter> common_parameters();

/// Returns the version of asyncio that a program's arguments name.
loop::AsyncioVersion asyncio_of(const Arguments& arguments);

/// Returns all of a program's parameters, its own first.
std::vector<Parameter> all_parameters(const Program& program);

/// Returns a program's outcome under a storage. REQUIRES: the program's outcomes name every storage.
const Outcome& outcome_of(const Program& program, trace::Storage storage);

}  // namespace loopscope::scenario
