// SPDX-License-Identifier: MIT
// Three tasks take the same lock again and again, each as soon as it has released it.

#include "core/scenario/program.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/lock.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;

Coro<> worker(Lock lock, std::string own_symbol, std::int64_t rounds, Duration hold) {
    for (std::int64_t round = 0; round < rounds; ++round) {
        const Lock::Guard guard = co_await lock.guard();  // [acquire]
        print(own_symbol);                                // [print]
        co_await sleep(hold);                             // [hold]
        // Released, and asked for again at once: those who wait come first.
    }
}

Coro<> main(const Arguments& arguments) {
    const Lock lock;
    std::vector<Coro<>> workers;
    for (const std::string_view each : characters(arguments.text("symbols"))) {
        workers.push_back(
            worker(lock, std::string(each), arguments.count("rounds"), arguments.duration("hold")));
    }
    co_await gather(std::move(workers));  // [gather]
}

constexpr Parameter parameters[] = {
    {"symbols", "one task for each character", Parameter::Type::text, "abc", 1, 64},
    {"rounds", "how often each takes the lock", Parameter::Type::count, "3", 1, 1000},
    {"hold", "how long it holds it", Parameter::Type::duration, "0.1", 0, 3600},
};

constexpr Outcome outcomes[] = {
    {every_storage, "abcabcabc",
     "Nothing is stored; a release wakes the one who has waited longest, and whoever asks meanwhile stands "
     "behind."},
};

}  // namespace

extern const Program lock_fairness;

const Program lock_fairness = {
    .name = "lock-fairness",
    .summary = "a lock goes round, even if its holder asks for it again at once",
    .text =
        "Three tasks take a lock, print, hold it for 0.1 s, release it, and ask for it again at once. One "
        "would expect the first to win each time, for it runs on without a break while the others still have "
        "to wake up, and with a lock for threads it often does. asyncio's lock is fair: a release wakes the "
        "first in the queue, and though the lock is free until that task runs, one iteration later, whoever "
        "asks for it in between has to wait behind.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "lock_fairness.cpp",
    .twin_file = "lock_fairness.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
