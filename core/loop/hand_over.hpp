// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <cstdint>
#include <exception>
#include <utility>

#include "core/trace/event.hpp"

namespace loopscope::loop {

class Steppable;

/// What the running coroutine tells the loop, to which it returns, besides that it suspends: to whom it hands
/// over, and with what. (What it waits for is not the loop's concern.) A part of EventLoop.
class HandOver {
  public:
    /// Notes that the running coroutine hands over to another one of the same task, which it awaits or which
    /// awaits it. The loop resumes that one as soon as the running coroutine returns to it.
    void transfer_to(std::coroutine_handle<> other);
    /// Notes that the task's outermost coroutine has ended. The loop completes the task as soon as that
    /// coroutine returns to it.
    void finish_task() { exit_ = Exit::returned; }
    /// Notes that the body of the running coroutine begins, which is the task's, or that of a coroutine which
    /// the task awaits.
    void begin_body();
    /// Keeps the exception with which the running coroutine ended, which is rethrown in the coroutine that
    /// awaits it, or else ends the task. That happens before anything else runs, so one exception at a time
    /// is enough for all coroutines.
    void raise(std::exception_ptr error) { raised_ = std::move(error); }
    /// Returns whether an exception is on its way from one coroutine to another or to the task.
    [[nodiscard]] bool raised() const { return static_cast<bool>(raised_); }
    /// Takes the exception that is on its way and returns it; null if there is none.
    [[nodiscard]] std::exception_ptr take_raised() { return std::exchange(raised_, {}); }
    /// Throws the exception that is on its way, if there is one, into the coroutine that awaited.
    void rethrow_raised() {
        if (raised()) [[unlikely]]
            std::rethrow_exception(take_raised());
    }

    /// Returns the task whose step is under way; null in callbacks and outside `run_once`.
    [[nodiscard]] Steppable* current() const { return current_; }

  protected:
    /// What the resumed coroutine did before it returned to the loop.
    enum class Exit : std::uint8_t { suspended, transferred, returned };

    HandOver() = default;
    ~HandOver() = default;

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): the loop's own
    Exit exit_ = Exit::suspended;
    Steppable* current_ = nullptr;
    std::exception_ptr raised_;  // on its way from a coroutine to the one that awaits it, or to the task
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

}  // namespace loopscope::loop

// Last, for it needs the class above, and what follows needs its own.
#include "core/loop/steppable.hpp"

namespace loopscope::loop {

inline void HandOver::transfer_to(std::coroutine_handle<> other) {
    current_->leaf = other;
    exit_ = Exit::transferred;
}

inline void HandOver::begin_body() {
    current_->resume = trace::Resume::value;
}

}  // namespace loopscope::loop
