// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <optional>

#include "core/task/ensure_future.hpp"

namespace loopscope::task {

/// A lock, semaphore or condition.
template <class T>
concept Acquirable = requires(const T& each, SourceLine here) {
    each.acquire(here);
    each.release();
};

/// Runs `async with lock: return await body`. Takes no hop beside those of the lock, and the body runs in the
/// same task. Throws RuntimeError if somebody else has released the lock meanwhile, as asyncio does, whatever
/// the body threw.
template <Acquirable Lock, class T>
Coro<T> with(Lock lock, Coro<T> body, SourceLine here = SourceLine(__builtin_LINE())) {
    co_await lock.acquire(here);
    std::exception_ptr error;
    if constexpr (std::is_void_v<T>) {
        try {
            co_await std::move(body);
        } catch (...) {
            error = std::current_exception();
        }
        lock.release();
        if (error) std::rethrow_exception(error);
    } else {
        std::optional<T> result;
        try {
            result.emplace(co_await std::move(body));
        } catch (...) {
            error = std::current_exception();
        }
        lock.release();
        if (error) std::rethrow_exception(error);
        co_return std::move(*result);
    }
}

}  // namespace loopscope::task
