// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/base/pool.hpp"
#include "core/loop/event_loop.hpp"

namespace loopscope::task {

/// Cancels a timer's target: it will not run, or will be skipped if the timer has come due. `slot` is what
/// EventLoop::call_at returned. Does nothing if the target was cancelled before.
void cancel_timer(loop::EventLoop& loop, loop::Runnable& target, std::uint32_t slot);

/// A scheduled callback, which can still be cancelled: asyncio's Handle and TimerHandle
/// (Lib/asyncio/events.py). Cheap to copy.
class CallHandle {
  public:
    CallHandle() = default;

    /// Schedules a target for the next iteration.
    static CallHandle soon(loop::EventLoop& loop, loop::Runnable& target);
    /// Schedules a target for the next iteration, and wakes the loop.
    static CallHandle soon_threadsafe(loop::EventLoop& loop, loop::Runnable& target);
    /// Schedules a target for `deadline`.
    static CallHandle at(loop::EventLoop& loop, Time deadline, loop::Runnable& target);

    /// Has the callback skipped when its turn comes. Does nothing if it has run, or if the handle is empty.
    void cancel() const;
    [[nodiscard]] bool cancelled() const { return target_ && target_->cancelled(); }
    /// Returns the deadline; none for a callback of call_soon.
    [[nodiscard]] std::optional<Time> when() const { return deadline_; }

  private:
    CallHandle(loop::EventLoop& loop, loop::Runnable& target) : loop_(&loop), target_(&target) {}

    loop::EventLoop* loop_ = nullptr;
    Ref<loop::Runnable> target_;
    std::optional<Time> deadline_;
    std::uint32_t timer_ = 0;  // the timer's slot, as long as the target is in it
};

/// A context that is borrowed for the length of a call. (A mere pointer, because GCC 12 copies the
/// temporaries of a co_await expression bit by bit where they are aggregates.)
class LentContext {
  public:
    LentContext() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): it stands for the Ref in designated initializers
    LentContext(const Ref<context::Context>& context) : context_(context.get()) {}

    [[nodiscard]] context::Context* get() const { return context_; }

  private:
    context::Context* context_ = nullptr;
};

struct CallOptions {
    /// The callback's name in the trace; none by default.
    std::string_view name = {};
    /// The context to run in, not copied; by default a copy of the current one, made at the call.
    LentContext context = {};
};

/// A program's own callback, with its context and its name.
class UserCall : public loop::Runnable, public Pooled {
  public:
    UserCall(loop::EventLoop& loop, const CallOptions& options);

    void run(loop::EventLoop&) final { call(); }
    [[nodiscard]] trace::Callback callback() const final { return trace::Callback::user; }
    [[nodiscard]] StringId name() const final { return name_; }
    [[nodiscard]] context::ContextVars* context() final { return &context_; }

  protected:
    virtual void call() = 0;

  private:
    context::ContextVars context_;
    StringId name_;
};

/// Returns the address of a plain function, by which it is equal to itself; null for any other object that
/// can be called, for those are not compared.
template <class Function>
const void* address_of([[maybe_unused]] const Function& function) {
    if constexpr (std::is_pointer_v<Function>)
        return reinterpret_cast<const void*>(function);
    else if constexpr (requires { function.address(); })
        return function.address();
    else
        return nullptr;
}

/// A program's own callback that calls a function.
template <class Function>
class FunctionCall final : public UserCall {
  public:
    FunctionCall(loop::EventLoop& loop, Function what, const CallOptions& options)
        : UserCall(loop, options), function_(std::move(what)) {}

    [[nodiscard]] const void* function() const override {
        const void* const address = address_of(function_);
        return address ? address : this;
    }

  protected:
    void call() override { function_(); }

  private:
    Function function_;
};

/// Schedules a function for the next iteration, after what is ready already (`loop.call_soon`).
template <class Function>
CallHandle call_soon(loop::EventLoop& loop, Function function, const CallOptions& options = {}) {
    return CallHandle::soon(loop, *new FunctionCall(loop, std::move(function), options));
}

/// Schedules a function for the loop's next iteration, and wakes the loop; from an executor's job, too
/// (`loop.call_soon_threadsafe`).
template <class Function>
CallHandle call_soon_threadsafe(loop::EventLoop& loop, Function function, const CallOptions& options = {}) {
    return CallHandle::soon_threadsafe(loop, *new FunctionCall(loop, std::move(function), options));
}

/// Schedules a function for a deadline (`loop.call_at`).
template <class Function>
CallHandle call_at(loop::EventLoop& loop, Time deadline, Function function, const CallOptions& options = {}) {
    return CallHandle::at(loop, deadline, *new FunctionCall(loop, std::move(function), options));
}

/// Schedules a function for when `delay` has passed (`loop.call_later`). A delay of 0 or less goes through
/// the timers, too.
template <class Function>
CallHandle call_later(loop::EventLoop& loop, Duration delay, Function function,
                      const CallOptions& options = {}) {
    return call_at(loop, after(loop.time(), delay), std::move(function), options);
}

/// Does what call_soon does, on the running loop. REQUIRES: a loop is running.
template <class Function>
CallHandle call_soon(Function function, const CallOptions& options = {}) {
    return call_soon(loop::EventLoop::get_running(), std::move(function), options);
}
template <class Function>
/// Does what call_at does, on the running loop. REQUIRES: a loop is running.
CallHandle call_at(Time deadline, Function function, const CallOptions& options = {}) {
    return call_at(loop::EventLoop::get_running(), deadline, std::move(function), options);
}
template <class Function>
/// Does what call_later does, on the running loop. REQUIRES: a loop is running.
CallHandle call_later(Duration delay, Function function, const CallOptions& options = {}) {
    return call_later(loop::EventLoop::get_running(), delay, std::move(function), options);
}

}  // namespace loopscope::task
