// SPDX-License-Identifier: MIT
// Three tasks get the same list through their context, and each writes its own symbol into it.

#include "core/scenario/program.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable_of.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;
using trace::Storage;

const VariableOf<List<std::string>> notes("notes");

Coro<> request(std::string own_symbol, Duration delay) {
    notes.get().append(own_symbol);  // [append]
    co_await sleep(delay);           // [sleep]
    print(notes.get().back());       // [print]
}

Coro<> main(const Arguments& arguments) {
    notes.set({});  // [set]
    std::vector<Coro<>> requests;
    for (const std::string_view each : characters(arguments.text("symbols")))
        requests.push_back(request(std::string(each), arguments.duration("delay")));
    co_await gather(std::move(requests));  // [gather]
}

constexpr Parameter parameters[] = {
    {"symbols", "one task for each character", Parameter::Type::text, "abc", 1, 64},
    {"delay", "time between a task's write and its read", Parameter::Type::duration, "0.1", 0, 3600},
};

constexpr Outcome outcomes[] = {
    {{Storage::argument, Storage::global, Storage::thread_local_, Storage::context_shared,
      Storage::context_chainmap, Storage::contextvar},
     "ccc",
     "However the reference is handed down, it leads to the one list, and c writes to it last."},
    {{Storage::context_copy},
     "abc",
     "A deep copy of the context was made for each task, and with it of the list: each has one of its own."},
};

}  // namespace

extern const Program mutable_value;

const Program mutable_value = {
    .name = "mutable-value",
    .summary = "a mutable value in a copied context is still shared",
    .text =
        "main() puts a list into its context; three tasks, each with a copy of that context, append their "
        "symbol to the list and print its last item a moment later. A context is copied, but not what its "
        "variables refer to: connections, sessions and lists are shared by all who inherit them. Only "
        "aiotask_context.copying_task_factory makes deep copies, which is slow, and fails with a connection, "
        "a "
        "lock or a file. The remedy is to set a new value instead of changing the old one.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "mutable_value.cpp",
    .twin_file = "mutable_value.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
