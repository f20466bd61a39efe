#include "core/task/wait.hpp"

#include "core/task/until_woken.hpp"

namespace loopscope::task {
namespace {

/// A wait under way. Callbacks that are ready by then outlive it.
class Waiting : public RefCounted<Waiting>, public Pooled {
  public:
    Waiting(std::size_t count, ReturnWhen when)
        : waiter_(&current_task()), left_(count), when_(when), task_(current_task().id()) {}

    void start_timer(loop::EventLoop& loop, Duration timeout);
    void one_done(const FutureCore& future);
    void release_waiter() {
        if (waiter_ && !waiter_->woken()) waiter_->wake();
    }
    void finish() {
        waiter_ = nullptr;
        std::exchange(timer_, {}).cancel();  // what the timer calls owns this
    }
    [[nodiscard]] TaskId task() const { return task_; }

  private:
    [[nodiscard]] bool is_enough(const FutureCore& future) const;

    Waiter* waiter_;  // null once the wait is over
    std::size_t left_;
    ReturnWhen when_;
    TaskId task_;
    CallHandle timer_;
};

/// Tells the wait that one of its futures is done.
class OneDone final : public loop::Runnable, public Pooled {
  public:
    OneDone(Ref<Waiting> waiting, Ref<FutureCore> future)
        : waiting_(std::move(waiting)), future_(std::move(future)) {}

    [[nodiscard]] FutureCore& future() const { return *future_; }

    void run(loop::EventLoop&) override { waiting_->one_done(*future_); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::wait; }
    [[nodiscard]] TaskId serves() const override { return waiting_->task(); }

  private:
    Ref<Waiting> waiting_;
    Ref<FutureCore> future_;
};

/// Ends the wait when its time is up.
class TimeIsUp final : public loop::Runnable, public Pooled {
  public:
    explicit TimeIsUp(Ref<Waiting> waiting) : waiting_(std::move(waiting)) {}

    void run(loop::EventLoop&) override { waiting_->release_waiter(); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::wait; }
    [[nodiscard]] TaskId serves() const override { return waiting_->task(); }

  private:
    Ref<Waiting> waiting_;
};

void Waiting::start_timer(loop::EventLoop& loop, Duration timeout) {
    timer_ = CallHandle::at(loop, loop.time() + timeout, *new TimeIsUp(Ref(this)));
}

void Waiting::one_done(const FutureCore& future) {
    --left_;
    if (left_ > 0 && !is_enough(future)) return;
    timer_.cancel();
    release_waiter();
}

bool Waiting::is_enough(const FutureCore& future) const {
    switch (when_) {
        case ReturnWhen::all_completed: return false;
        case ReturnWhen::first_completed: return true;
        case ReturnWhen::first_exception: return !future.cancelled() && future.exception();
    }
    return false;
}

/// The callbacks that a wait has registered, for as long as it waits.
class Registrations {
  public:
    Registrations(Ref<Waiting> waiting, const std::vector<Ref<FutureCore>>& futures)
        : waiting_(std::move(waiting)) {
        for (const Ref<FutureCore>& future : futures) {
            callbacks_.emplace_back(new OneDone(waiting_, future));
            future->add_done_callback(*callbacks_.back());
        }
    }
    Registrations(const Registrations&) = delete;
    Registrations& operator=(const Registrations&) = delete;
    ~Registrations() {
        waiting_->finish();
        for (const Ref<OneDone>& callback : callbacks_) callback->future().remove_done_callback(*callback);
    }

  private:
    Ref<Waiting> waiting_;
    std::vector<Ref<OneDone>> callbacks_;
};

}  // namespace

Coro<> wait_until_done(std::vector<Ref<FutureCore>> futures, ReturnWhen when, std::optional<Duration> timeout,
                       Here here) {
    if (futures.empty()) throw ValueError("there is nothing to wait for");
    loop::EventLoop& loop = current_task().loop();
    const UntilWoken until_woken(trace::Wait::wait, loop.next_object().value, here);
    const Ref<Waiting> waiting(new Waiting(futures.size(), when));
    if (timeout) waiting->start_timer(loop, *timeout);
    const Registrations registrations(waiting, futures);
    co_await until_woken;
}

}  // namespace loopscope::task
