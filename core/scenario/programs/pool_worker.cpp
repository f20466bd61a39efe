// SPDX-License-Identifier: MIT
// A pool starts its worker when the first request needs it; the worker then serves all the others.

#include "core/scenario/program.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/queue.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;
using trace::Storage;

const Variable symbol("symbol", ".");

struct Pool {
    Duration work;
    Queue<std::string> jobs = Queue<std::string>();
    std::optional<Task<>> worker = {};

    Coro<> serve() {
        for (;;) {
            co_await jobs.get();   // [get]
            print(symbol.get());   // [print]
            co_await sleep(work);  // [work]
            jobs.task_done();      // [done]
        }
    }

    void submit(const std::string& job) {
        if (!worker) worker = create_task(serve());  // [worker]
        jobs.put_nowait(job);                        // [put]
    }
};

Coro<> request(Pool& pool, std::string own_symbol) {
    symbol.set(own_symbol);  // [set]
    pool.submit(own_symbol);
    co_await pool.jobs.join();  // [join]
}

Coro<> main(const Arguments& arguments) {
    Pool pool{arguments.duration("work")};
    std::vector<Coro<>> requests;
    for (const std::string_view each : characters(arguments.text("symbols")))
        requests.push_back(request(pool, std::string(each)));
    co_await gather(std::move(requests));  // [gather]
    pool.worker->cancel();                 // [cancel]
}

constexpr Parameter parameters[] = {
    {"symbols", "one request for each character", Parameter::Type::text, "abcd", 1, 64},
    {"work", "time that the worker takes for a job", Parameter::Type::duration, "0.1", 0, 3600},
};

constexpr Outcome outcomes[] = {
    {{Storage::global, Storage::thread_local_},
     "dddd",
     "There is one cell, and the last request has written it before the worker takes its first job; for the "
     "last job it is right."},
    {{Storage::context_shared},
     "dddd",
     "Requests and worker all descend from main() and share its dict, which the last request wrote last; for "
     "the last job it is right."},
    {{Storage::context_copy, Storage::contextvar},
     "aaaa",
     "The worker was created inside the first request and keeps that request's context for good: for the "
     "three others what it reads is stale."},
    {{Storage::context_chainmap},
     "aaaa",
     "The worker's layer lies over that of the first request, whose symbol it sees for good: stale for the "
     "three others."},
    {{Storage::argument},
     "aaaa",
     "The worker was called once, with the first request's symbol, which is stale for the three others."},
};

}  // namespace

extern const Program pool_worker;

const Program pool_worker = {
    .name = "pool-worker",
    .summary = "a pool's worker keeps the context of the first request for good",
    .text =
        "Four requests hand a job each to a pool, which starts its worker when the first one needs it. The "
        "worker lives on and serves all of them, but its context is a copy of the one that it was created "
        "in, so in its eyes each job belongs to the first request. Connection pools and background "
        "consumers log the wrong request id in this way. Such a read is no leak, for the worker sees what "
        "its own chain wrote; but it works on behalf of another one, whose job it took, and so the read is "
        "stale. No storage prints abcd: what belongs to a job has to travel with the job.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "pool_worker.cpp",
    .twin_file = "pool_worker.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
