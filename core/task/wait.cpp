// SPDX-License-Identifier: MIT
#include "core/task/wait.hpp"

#include "core/task/until_woken.hpp"

namespace loopscope::task {
namespace {

/// A wait under way. Lives until the last of its callbacks has run, which may be after the wait.
class Waiting final : public Watch {
  public:
    Waiting(loop::EventLoop& loop, std::vector<Ref<FutureCore>> futures, ReturnWhen when)
        : Watch(loop),
          futures_(std::move(futures)),
          waiter_(&current_task()),
          left_(futures_.size()),
          when_(when) {}

    void begin() {
        for (std::size_t index = 0; index < futures_.size(); ++index)
            callbacks_.push_back(watch(*futures_[index], index));
    }
    void finish() {
        waiter_ = nullptr;
        stop_timer();
        // The callbacks own this object.
        const std::vector<DoneCallback> callbacks = std::exchange(callbacks_, {});
        for (std::size_t index = 0; index < callbacks.size(); ++index)
            futures_[index]->remove_done_callback(*callbacks[index]);
    }

  protected:
    void one_done(std::size_t index) override {
        --left_;
        if (left_ > 0 && !is_enough(*futures_[index])) return;
        stop_timer();
        release_waiter();
    }
    void time_is_up() override { release_waiter(); }

  private:
    void release_waiter() {
        if (waiter_ && !waiter_->woken()) waiter_->wake();
    }
    [[nodiscard]] bool is_enough(const FutureCore& future) const {
        switch (when_) {
            case ReturnWhen::all_completed: return false;
            case ReturnWhen::first_completed: return true;
            case ReturnWhen::first_exception: return !future.cancelled() && future.exception();
        }
        return false;
    }

    std::vector<Ref<FutureCore>> futures_;
    std::vector<DoneCallback> callbacks_;
    Waiter* waiter_;  // null once the wait is over
    std::size_t left_;
    ReturnWhen when_;
};

/// Registers a wait's callbacks with the futures for as long as it lives.
class Registered {
  public:
    explicit Registered(Ref<Waiting> waiting) : waiting_(std::move(waiting)) { waiting_->begin(); }
    Registered(const Registered&) = delete;
    Registered& operator=(const Registered&) = delete;
    ~Registered() { waiting_->finish(); }

  private:
    Ref<Waiting> waiting_;
};

}  // namespace

Coro<> wait_until_done(std::vector<Ref<FutureCore>> futures, ReturnWhen when, std::optional<Duration> timeout,
                       SourceLine here) {
    if (futures.empty()) throw ValueError("there are no futures to wait for");
    loop::EventLoop& loop = current_task().loop();
    const UntilWoken until_woken(trace::Wait::wait, loop.next_object().value, here);
    const Ref<Waiting> waiting(new Waiting(loop, std::move(futures), when));
    if (timeout) waiting->start_timer(*timeout);
    const Registered registered(waiting);
    co_await until_woken;
}

}  // namespace loopscope::task
