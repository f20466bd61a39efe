#pragma once

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/sync/lock.hpp"

/// Programs that fail, each in its own way. The catalogue does not contain them.
namespace loopscope::scenario::failing {

using namespace task;
using namespace std::chrono_literals;

template <Coro<> (*main)()>
AnyFuture start(loop::EventLoop& loop, const Arguments&) {
    return future_of(create_task(loop, main()));
}

template <Coro<> (*main)()>
constexpr Program program(std::string_view name) {
    return {.name = name,
            .summary = "",
            .text = "",
            .parameters = {},
            .outcomes = {},
            .source_file = "",
            .twin_file = "",
            .start = start<main>};
}

inline Coro<> raise(std::string why) {
    co_await task::sleep(1ms);
    throw ValueError(std::move(why));
}

inline Coro<> raising_main() {
    co_await raise("no luck");
}
inline const Program raises = program<raising_main>("raises");

inline Coro<> wait_for_ever(Event& event) {
    co_await event.wait();
}
inline Coro<> deadlocking_main() {
    Event event;
    const Task<> waiter = create_task(wait_for_ever(event), {.name = "waiter"});
    co_await waiter;
}
inline const Program deadlocks = program<deadlocking_main>("deadlocks");

inline Coro<> cancelled_main() {
    current_task().cancel();
    co_await task::sleep(1s);
}
inline const Program is_cancelled = program<cancelled_main>("is-cancelled");

inline Coro<> stopping_main() {
    loop::EventLoop::running()->stop();
    co_await task::sleep(1s);
}
inline const Program stops = program<stopping_main>("stops");

/// Raises in a callback, drops a task that fails, and holds another one that fails until the end.
inline Coro<> forgetting_main() {
    call_soon([] { throw RuntimeError("too late"); }, {.name = "late"});
    { const Task<> dropped = create_task(raise("dropped")); }
    const Task<> kept = create_task(raise("kept"));
    co_await task::sleep(1s);
}
inline const Program forgets = program<forgetting_main>("forgets");

inline constexpr ThreadStart other_raising_thread[] = {{"worker", start<raising_main>}};
inline const Program raises_on_two_threads = [] {
    Program both = program<raising_main>("raises-on-two-threads");
    both.other_threads = other_raising_thread;
    return both;
}();

inline constexpr std::uint64_t often = 5000;
inline Coro<> often_raising_main() {
    for (std::uint64_t each = 0; each < often; ++each) call_soon([] { throw ValueError("again"); });
    co_await task::sleep(1s);
}
inline const Program raises_often = program<often_raising_main>("raises-often");

}  // namespace loopscope::scenario::failing
