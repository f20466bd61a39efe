// What waits for locks, queues and the like: a part of Interpreter. The object is created on first use.

#include <fmt/format.h>

#include "core/task/sync/with.hpp"
#include "tests/conformance/interpreter.hpp"

namespace loopscope::conformance {

using task::Coro;

Coro<> Interpreter::lock(const Operation& operation) {
    co_await task::with(locks_[operation.name()], run(operation.bodies[0]));
}

Coro<> Interpreter::lock_acquire(const Operation& operation) {
    const task::Lock lock = locks_[operation.name()];
    co_await lock.acquire();
}

Coro<> Interpreter::lock_release(const Operation& operation) {
    locks_[operation.name()].release();
    co_return;
}

Coro<> Interpreter::semaphore_release(const Operation& operation) {
    object_of(semaphores_, operation.name(), program_.permits).release();
    co_return;
}

Coro<> Interpreter::semaphore(const Operation& operation) {
    const auto semaphore = object_of(semaphores_, operation.name(), program_.permits);
    const task::Semaphore::Permit permit = co_await semaphore.permit();
    co_await run(operation.bodies[0]);
}

Coro<> Interpreter::condition(const Operation& operation) {
    co_await task::with(conditions_[operation.name()], run(operation.bodies[0]));
}

Coro<> Interpreter::condition_wait(const Operation& operation) {
    return conditions_[operation.name()].wait();
}

Coro<> Interpreter::condition_notify(const Operation& operation) {
    conditions_[operation.name()].notify(static_cast<std::size_t>(operation.number));
    co_return;
}

Coro<> Interpreter::shutdown(const Operation& operation) {
    object_of(queues_, operation.name(), program_.queue_size).shutdown(operation.flag);
    co_return;
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
    return object_of(queues_, operation.name(), program_.queue_size).put(operation.words[1]);
}

Coro<> Interpreter::put_least(const Operation& operation) {
    return object_of(least_, operation.name(), program_.queue_size).put(operation.number);
}

Coro<> Interpreter::put_last(const Operation& operation) {
    return object_of(last_, operation.name(), program_.queue_size).put(operation.number);
}

template <class Item>
Coro<> Interpreter::tell(Coro<Item> got) {
    print(fmt::format("got {}", co_await std::move(got)));
}

Coro<> Interpreter::get(const Operation& operation) {
    return tell(object_of(queues_, operation.name(), program_.queue_size).get());
}

Coro<> Interpreter::get_least(const Operation& operation) {
    return tell(object_of(least_, operation.name(), program_.queue_size).get());
}

Coro<> Interpreter::get_last(const Operation& operation) {
    return tell(object_of(last_, operation.name(), program_.queue_size).get());
}

Coro<> Interpreter::barrier(const Operation& operation) {
    const auto barrier = object_of(barriers_, operation.name(), program_.parties);
    print(fmt::format("passed {}", co_await barrier.wait()));
}

Coro<> Interpreter::barrier_abort(const Operation& operation) {
    return object_of(barriers_, operation.name(), program_.parties).abort();
}

Coro<> Interpreter::barrier_reset(const Operation& operation) {
    return object_of(barriers_, operation.name(), program_.parties).reset();
}

Coro<> Interpreter::bounded(const Operation& operation) {
    co_await object_of(bounded_, operation.name(), program_.permits).acquire();
}

Coro<> Interpreter::bounded_release(const Operation& operation) {
    object_of(bounded_, operation.name(), program_.permits).release();
    co_return;
}

}  // namespace loopscope::conformance
