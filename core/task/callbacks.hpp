#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "core/base/pool.hpp"
#include "core/loop/event_loop.hpp"

namespace loopscope::task {

/// The target of a timer will not run, or will be skipped if the timer has come due. `slot` is what
/// EventLoop::call_at gave. Does nothing a second time.
void cancel_timer(loop::EventLoop& loop, loop::Runnable& target, std::uint32_t slot);

/// A callback on its way, which can still be cancelled: asyncio's Handle and TimerHandle
/// (Lib/asyncio/events.py). Copied freely.
class CallHandle {
  public:
    CallHandle() = default;

    /// The target runs in the next iteration.
    static CallHandle soon(loop::EventLoop& loop, loop::Runnable& target);
    /// The target runs once `deadline` has come.
    static CallHandle at(loop::EventLoop& loop, Time deadline, loop::Runnable& target);

    /// It will be skipped when its turn comes. Does nothing if it has run, or if there is none.
    void cancel() const;
    [[nodiscard]] bool cancelled() const { return target_ && target_->cancelled(); }
    /// The deadline; none for call_soon.
    [[nodiscard]] std::optional<Time> when() const { return deadline_; }

  private:
    CallHandle(loop::EventLoop& loop, loop::Runnable& target) : loop_(&loop), target_(&target) {}

    loop::EventLoop* loop_ = nullptr;
    Ref<loop::Runnable> target_;
    std::optional<Time> deadline_;
    std::uint32_t timer_ = 0;  // its slot, for as long as the target stands in it
};

/// A context that is lent for the length of a call. (A mere pointer, because GCC 12 copies the temporaries of
/// a co_await expression bit by bit where they are aggregates.)
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
    /// What the trace calls it.
    std::string_view name = {};
    /// The context to run in, as it is; by default a copy of the current one, made now.
    LentContext context = {};
};

/// A program's own callback: what it runs in and what it is called.
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

/// One that calls a function.
template <class Function>
class FunctionCall final : public UserCall {
  public:
    FunctionCall(loop::EventLoop& loop, Function function, const CallOptions& options)
        : UserCall(loop, options), function_(std::move(function)) {}

  protected:
    void call() override { function_(); }

  private:
    Function function_;
};

/// `loop.call_soon`: the function is called in the next iteration, after what is ready already.
template <class Function>
CallHandle call_soon(loop::EventLoop& loop, Function function, const CallOptions& options = {}) {
    return CallHandle::soon(loop, *new FunctionCall(loop, std::move(function), options));
}

/// `loop.call_at`: the function is called once the deadline has come.
template <class Function>
CallHandle call_at(loop::EventLoop& loop, Time deadline, Function function, const CallOptions& options = {}) {
    return CallHandle::at(loop, deadline, *new FunctionCall(loop, std::move(function), options));
}

/// `loop.call_later`: the function is called after a delay. One of 0 or less takes the way through the
/// timers, too.
template <class Function>
CallHandle call_later(loop::EventLoop& loop, Duration delay, Function function,
                      const CallOptions& options = {}) {
    return call_at(loop, loop.time() + delay, std::move(function), options);
}

/// The same three on the running loop. REQUIRES: a loop is running.
template <class Function>
CallHandle call_soon(Function function, const CallOptions& options = {}) {
    return call_soon(*loop::EventLoop::running(), std::move(function), options);
}
template <class Function>
CallHandle call_at(Time deadline, Function function, const CallOptions& options = {}) {
    return call_at(*loop::EventLoop::running(), deadline, std::move(function), options);
}
template <class Function>
CallHandle call_later(Duration delay, Function function, const CallOptions& options = {}) {
    return call_later(*loop::EventLoop::running(), delay, std::move(function), options);
}

}  // namespace loopscope::task
