#pragma once

#include <span>
#include <string_view>

#include "core/scenario/outcome.hpp"
#include "core/scenario/parameter.hpp"
#include "core/task/future.hpp"

namespace loopscope::scenario {

/// A future whose result does not matter.
using AnyFuture = Ref<task::FutureCore>;

/// The future behind a Future or a Task.
template <class Awaitable>
AnyFuture future_of(const Awaitable& awaitable) {
    return AnyFuture(&awaitable.core());
}

/// Makes a loop's root tasks. The loop runs until the future that it gives is done.
using Start = AnyFuture (*)(loop::EventLoop& loop, const Arguments& arguments);

/// What another OS thread of a program runs, in a loop of its own.
struct ThreadStart {
    std::string_view name;
    Start start;
};

/// What the thread is called that a program begins on, as Python calls it.
inline constexpr std::string_view main_thread = "MainThread";

/// A program to watch: coroutines, what they are about, and what can be set.
struct Program {
    std::string_view name;
    std::string_view summary;  ///< one line
    std::string_view text;     ///< one paragraph: what it does, and what people get wrong about it
    std::span<const Parameter> parameters;
    /// What it prints and why: each storage is in one of them.
    std::span<const Outcome> outcomes;
    /// The file of core/scenario that it is written in.
    std::string_view source_file;
    /// The file of assets/programs with the same program in Python.
    std::string_view twin_file;
    /// Makes the program's root tasks. The run is over when the future that it gives is done, and so are
    /// those of the other threads.
    Start start;
    std::span<const ThreadStart> other_threads = {};
};

/// Parameters that every program has.
std::span<const Parameter> common_parameters();

/// All of a program's parameters, its own first.
std::vector<Parameter> all_parameters(const Program& program);

/// What the program prints under a storage. REQUIRES: its outcomes name every storage.
const Outcome& outcome_of(const Program& program, trace::Storage storage);

}  // namespace loopscope::scenario
