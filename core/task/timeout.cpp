// SPDX-License-Identifier: MIT
#include "core/task/timeout.hpp"

namespace loopscope::task {

/// The callback that runs at the deadline.
class Timeout::Expiry final : public loop::Runnable, public Pooled {
  public:
    explicit Expiry(Timeout& timeout) : timeout_(timeout), task_(timeout.task_.id()) {}

    void run(loop::EventLoop&) override { timeout_.expire(); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::timeout; }
    [[nodiscard]] TaskId serves() const override { return task_; }

  private:
    Timeout& timeout_;  // cancels this callback when it is left, so it lives if this runs
    TaskId task_;
};

Timeout::Timeout(const Deadline& deadline) : task_(current_task()), cancelling_(task_.cancelling()) {
    reschedule(deadline.after ? std::optional(after(task_.loop().time(), *deadline.after)) : deadline.at);
}

void Timeout::reschedule(std::optional<Time> when) {
    if (state_ != State::active)
        throw RuntimeError("the timeout has expired or was left, so it cannot be rescheduled");
    when_ = when;
    std::exchange(handle_, {}).cancel();
    if (!when) return;
    loop::EventLoop& loop = task_.loop();
    if (*when <= loop.time())
        handle_ = CallHandle::soon(loop, *new Expiry(*this));
    else
        handle_ = CallHandle::at(loop, *when, *new Expiry(*this));
}

void Timeout::expire() {
    assert(state_ == State::active);
    task_.request_cancel({});
    state_ = State::expiring;
    handle_ = {};
}

bool Timeout::settle(bool raised) {
    std::exchange(handle_, {}).cancel();
    if (state_ == State::expiring) {
        state_ = State::expired;
        return task_.uncancel() <= cancelling_ && raised;
    }
    if (state_ == State::active) state_ = State::finished;
    return false;
}

void Timeout::exit(const std::exception_ptr& error) {
    if (settle(true) && is_cancelled_error(error)) throw TimeoutError();
    std::rethrow_exception(error);
}

}  // namespace loopscope::task
