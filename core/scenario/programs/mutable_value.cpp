// SPDX-License-Identifier: MIT
// Three tasks get the same list through their context, and each writes its own symbol into it.

#include <map>

#include "core/scenario/program.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;

// A context holds a reference. Here that is a list's name: the lists themselves stand outside of any storage.
const Variable notes("notes", "none");

class Lists {
  public:
    std::vector<std::string>& operator[](const Value& reference) { return lists_[reference.text.value]; }

  private:
    std::map<std::uint32_t, std::vector<std::string>> lists_;
};

Coro<> request(Lists& lists, std::string own_symbol, Duration delay) {
    lists[notes.get()].push_back(own_symbol);  // [append]
    co_await sleep(delay);                     // [sleep]
    print(lists[notes.get()].back());          // [print]
}

Coro<> main(const Arguments& arguments) {
    Lists lists;
    notes.set("list 1");  // [set]
    std::vector<Coro<>> requests;
    for (const std::string_view each : characters(arguments.text("symbols")))
        requests.push_back(request(lists, std::string(each), arguments.duration("delay")));
    co_await gather(std::move(requests));  // [gather]
}

constexpr Parameter parameters[] = {
    {"symbols", "one task for each character", Parameter::Type::text, "abc", 1, 64},
    {"delay", "time between a task's write and its read", Parameter::Type::duration, "0.1", 0, 3600},
};

constexpr Outcome outcomes[] = {
    {every_storage, "ccc",
     "However the reference is handed down, it leads to the one list, and c writes to it last."},
};

}  // namespace

extern const Program mutable_value;

const Program mutable_value = {
    .name = "mutable-value",
    .summary = "a mutable value in a copied context is still shared",
    .text =
        "main() puts a list into its context; three tasks, each with a copy of that context, append their "
        "symbol to the list and print its last item a moment later. A context is copied, but not what its "
        "variables refer to: connections, sessions and lists are shared by all who inherit them, under every "
        "storage. The remedy is to set a new value instead of changing the old one. (A plain list would be "
        "copied by aiotask_context.copying_task_factory, which makes deep copies; a connection, a lock or a "
        "file cannot be, and the list of this program stands for such a thing.)",
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
