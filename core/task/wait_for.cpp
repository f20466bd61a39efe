// SPDX-License-Identifier: MIT
#include "core/task/wait_for.hpp"

#include "core/task/until_woken.hpp"

namespace loopscope::task {

/// A callback of a future or a timer, which wakes the task that waits, unless it has stopped waiting
/// (`_release_waiter`).
class ReleaseWaiter final : public loop::Runnable, public Pooled {
  public:
    explicit ReleaseWaiter(TaskCore& task) : waiter_(&task), task_(task.id()) {}

    void forget_waiter() { waiter_ = nullptr; }

    void run(loop::EventLoop&) override {
        if (waiter_ && !waiter_->woken()) waiter_->wake();
    }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::wait; }
    [[nodiscard]] TaskId serves() const override { return task_; }

  private:
    Waiter* waiter_;
    TaskId task_;
};

namespace {

/// Has the running task woken when a future is done, for as long as the object lives.
class ReleasedBy {
  public:
    explicit ReleasedBy(FutureCore& future) : future_(future), release_(new ReleaseWaiter(current_task())) {
        future_.add_done_callback(*release_);
    }
    ReleasedBy(const ReleasedBy&) = delete;
    ReleasedBy& operator=(const ReleasedBy&) = delete;
    ~ReleasedBy() {
        release_->forget_waiter();
        future_.remove_done_callback(*release_);
    }

  private:
    FutureCore& future_;
    Ref<ReleaseWaiter> release_;
};

}  // namespace

WaitApart::WaitApart(Duration delay) : expiry_(new ReleaseWaiter(current_task())) {
    loop::EventLoop& loop = current_task().loop();
    timer_ = CallHandle::at(loop, after(loop.time(), delay), *expiry_);
}

WaitApart::~WaitApart() {
    expiry_->forget_waiter();
    timer_.cancel();
}

Coro<bool> WaitApart::wait(Ref<FutureCore> future, SourceLine here) {
    std::exception_ptr cancelled;
    {
        const UntilWoken until_woken(future->wait_kind(), future->trace_number(), here);
        const ReleasedBy released(*future);
        try {
            co_await until_woken;
        } catch (const CancelledError&) {
            cancelled = std::current_exception();
        }
        expiry_->forget_waiter();
    }
    if (future->done()) co_return true;
    co_await cancel_and_wait(future, here);
    if (cancelled) std::rethrow_exception(cancelled);
    co_return false;
}

Coro<> cancel_and_wait(Ref<FutureCore> future, SourceLine here) {
    const UntilWoken until_woken(future->wait_kind(), future->trace_number(), here);
    const ReleasedBy released(*future);
    future->cancel(here);
    co_await until_woken;
}

}  // namespace loopscope::task
