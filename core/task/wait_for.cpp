#include "core/task/wait_for.hpp"

#include "core/task/waiter.hpp"

namespace loopscope::task {
namespace {

/// Wakes the one who waits for a future, unless it has stopped waiting (`_release_waiter`).
class Release final : public loop::Runnable, public Pooled {
  public:
    Release(Waiter& waiter, TaskId task) : waiter_(&waiter), task_(task) {}

    void forget_waiter() { waiter_ = nullptr; }

    void run(loop::EventLoop&) override {
        if (waiter_ && !waiter_->done()) waiter_->set();
    }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::wait; }
    [[nodiscard]] TaskId serves() const override { return task_; }

  private:
    Waiter* waiter_;
    TaskId task_;
};

/// A waiter that a future releases for as long as this is there.
class ReleasedBy {
  public:
    ReleasedBy(FutureCore& future, Here here)
        : waiter_(future.wait_kind(), future.trace_number(), here),
          future_(future),
          release_(new Release(waiter_, current_task().id())) {
        future_.add_done_callback(*release_);
    }
    ReleasedBy(const ReleasedBy&) = delete;
    ReleasedBy& operator=(const ReleasedBy&) = delete;
    ~ReleasedBy() {
        release_->forget_waiter();
        future_.remove_done_callback(*release_);
    }

    [[nodiscard]] SingleWaiter& waiter() { return waiter_; }

  private:
    SingleWaiter waiter_;
    FutureCore& future_;
    Ref<Release> release_;
};

}  // namespace

Coro<> cancel_and_wait(Ref<FutureCore> future, Here here) {
    ReleasedBy released(*future, here);
    future->cancel(here);
    SingleWaiter& waiter = released.waiter();  // by name: GCC 12 would copy what a call gives
    co_await waiter;
}

}  // namespace loopscope::task
