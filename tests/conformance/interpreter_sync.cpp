// What waits for locks, queues and the like: a part of Interpreter. The object is created on first use.

#include <fmt/format.h>

#include "tests/conformance/interpreter.hpp"

namespace loopscope::conformance {

using task::Coro;

Coro<> Interpreter::lock(const Operation& operation) {
    const task::Lock::Guard guard = co_await locks_[operation.name()].acquire();
    co_await run(operation.bodies[0]);
}

Coro<> Interpreter::semaphore(const Operation& operation) {
    const auto semaphore = object_of(semaphores_, operation.name(), program_.permits);
    const task::Semaphore::Permit permit = co_await semaphore.acquire();
    co_await run(operation.bodies[0]);
}

Coro<> Interpreter::event_wait(const Operation& operation) {
    co_await events_[operation.name()].wait();
}

Coro<> Interpreter::event_set(const Operation& operation) {
    events_[operation.name()].set();
    co_return;
}

Coro<> Interpreter::event_clear(const Operation& operation) {
    events_[operation.name()].clear();
    co_return;
}

Coro<> Interpreter::put(const Operation& operation) {
    const auto queue = object_of(queues_, operation.name(), program_.queue_size);
    co_await queue.put(operation.words[1]);
}

Coro<> Interpreter::get(const Operation& operation) {
    const auto queue = object_of(queues_, operation.name(), program_.queue_size);
    print("got " + co_await queue.get());
}

Coro<> Interpreter::barrier(const Operation& operation) {
    const auto barrier = object_of(barriers_, operation.name(), program_.parties);
    print(fmt::format("passed {}", co_await barrier.wait()));
}

Coro<> Interpreter::barrier_abort(const Operation& operation) {
    const auto barrier = object_of(barriers_, operation.name(), program_.parties);
    co_await barrier.abort();
}

Coro<> Interpreter::barrier_reset(const Operation& operation) {
    const auto barrier = object_of(barriers_, operation.name(), program_.parties);
    co_await barrier.reset();
}

Coro<> Interpreter::bounded(const Operation& operation) {
    const auto semaphore = object_of(bounded_, operation.name(), program_.permits);
    task::Semaphore::Permit permit = co_await semaphore.acquire();
    permit.detach();
}

Coro<> Interpreter::bounded_release(const Operation& operation) {
    object_of(bounded_, operation.name(), program_.permits).release();
    co_return;
}

Coro<> Interpreter::put_least(const Operation& operation) {
    const auto queue = object_of(least_, operation.name(), program_.queue_size);
    co_await queue.put(operation.number);
}

Coro<> Interpreter::get_least(const Operation& operation) {
    const auto queue = object_of(least_, operation.name(), program_.queue_size);
    print(fmt::format("got {}", co_await queue.get()));
}

Coro<> Interpreter::put_last(const Operation& operation) {
    const auto queue = object_of(last_, operation.name(), program_.queue_size);
    co_await queue.put(operation.number);
}

Coro<> Interpreter::get_last(const Operation& operation) {
    const auto queue = object_of(last_, operation.name(), program_.queue_size);
    print(fmt::format("got {}", co_await queue.get()));
}

}  // namespace loopscope::conformance
