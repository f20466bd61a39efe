// SPDX-License-Identifier: MIT
#include "core/task/wait_for.hpp"

#include "core/task/until_woken.hpp"

namespace loopscope::task {
namespace {

/// A future's callback, which wakes the task that waits for the future, unless it has stopped waiting
/// (`_release_waiter`).
class Release final : public loop::Runnable, public Pooled {
  public:
    explicit Release(TaskCore& task) : waiter_(&task), task_(task.id()) {}

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

/// Has the running task woken when a future is done, for as long as the object lives.
class ReleasedBy {
  public:
    explicit ReleasedBy(FutureCore& future) : future_(future), release_(new Release(current_task())) {
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
    Ref<Release> release_;
};

}  // namespace

Coro<> cancel_and_wait(Ref<FutureCore> future, SourceLine here) {
    const UntilWoken until_woken(future->wait_kind(), future->trace_number(), here);
    const ReleasedBy released(*future);
    future->cancel(here);
    co_await until_woken;
}

}  // namespace loopscope::task
