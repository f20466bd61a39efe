// SPDX-License-Identifier: MIT
// The first request on a connection starts a heartbeat, which schedules itself again and again.

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;
using trace::Storage;

const Variable symbol("symbol", ".");

class Heartbeat {
  public:
    explicit Heartbeat(Duration interval) : interval_(interval) {}

    void start() {
        handle_ = call_later(interval_, [this] { beat(); }, {.name = "beat"});
    }
    void stop() { handle_.cancel(); }

  private:
    void beat() {
        try {
            print(symbol.get());  // [print]
        } catch (const ValueError&) {
            print("!");  // [no-context]
        }
        start();
    }

    Duration interval_;
    CallHandle handle_;
};

Coro<> main(const Arguments& arguments) {
    std::optional<Heartbeat> heartbeat;
    for (const std::string_view each : characters(arguments.text("symbols"))) {
        symbol.set(each);  // [set]
        if (!heartbeat) heartbeat.emplace(arguments.duration("interval")).start();
        co_await sleep(arguments.duration("request"));  // [request]
    }
    heartbeat->stop();
}

constexpr Parameter parameters[] = {
    {"symbols", "one request for each character", Parameter::Type::text, "abc", 1, 64},
    {"request", "how long a request takes", Parameter::Type::duration, "0.2", 0, 3600},
    {"interval", "time from one beat to the next", Parameter::Type::duration, "0.07", 0.001, 3600},
};

constexpr Outcome outcomes[] = {
    {{Storage::global, Storage::thread_local_},
     "aabbbccc",
     "There is one cell, and each beat reads the symbol of the request that is under way."},
    {{Storage::contextvar},
     "aaaaaaaa",
     "call_later copies the context at the call, and each beat schedules the next one from inside its own."},
    {{Storage::context_shared, Storage::context_copy, Storage::context_chainmap},
     "!!!!!!!!",
     "These belong to tasks, and a callback runs in none: get() raises ValueError."},
    {{Storage::argument}, "........", "A callback is no task and was passed no symbol: the default."},
};

}  // namespace

extern const Program captured_callback;

const Program captured_callback = {
    .name = "captured-callback",
    .summary = "a callback keeps the context of the moment when it was scheduled",
    .text =
        "Three requests follow each other on one connection, and the first of them starts a heartbeat with "
        "call_later, which schedules itself again at each beat. A callback runs in a copy of the context "
        "that call_later was called in; one that is scheduled by a callback copies that copy, and so on, so "
        "the heartbeat stays with the first request for ever. Keep-alive and retry timers pin a request in "
        "this way, with all that hangs on its context.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "captured_callback.cpp",
    .twin_file = "captured_callback.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
