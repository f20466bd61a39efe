// SPDX-License-Identifier: MIT
#include "core/task/watch.hpp"

namespace loopscope::task {

/// A future's callback, which tells the watch that the future is done.
class Watch::OneDone final : public loop::Runnable, public Pooled {
  public:
    OneDone(Ref<Watch> watch, std::size_t index) : watch_(std::move(watch)), index_(index) {}

    void run(loop::EventLoop&) override { watch_->one_done(index_); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::wait; }
    [[nodiscard]] TaskId serves() const override { return watch_->task_; }

  private:
    Ref<Watch> watch_;
    std::size_t index_;
};

void Watch::start_timer(Duration timeout) {
    assert(!timer_);
    timer_ = loop_.call_at(after(loop_.time(), timeout), *this);
}

void Watch::stop_timer() {
    if (timer_) cancel_timer(loop_, *this, *timer_);
}

DoneCallback Watch::watch(FutureCore& future, std::size_t index) {
    DoneCallback callback(new OneDone(Ref(this), index));
    future.add_done_callback(*callback);
    return callback;
}

}  // namespace loopscope::task
