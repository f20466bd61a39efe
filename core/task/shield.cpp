// SPDX-License-Identifier: MIT
#include "core/task/shield.hpp"

namespace loopscope::task {
namespace {

/// The callback of report_alone(). All of them are equal, so that an inner future has one at most.
class ReportException final : public ShieldCallback {
  public:
    explicit ReportException(Ref<FutureCore> inner) : inner_(std::move(inner)) {}

    void run(loop::EventLoop& loop) override {
        if (inner_->cancelled() || !inner_->exception()) return;
        const TaskId task{inner_->wait_kind() == trace::Wait::task ? inner_->known_number() : 0};
        loop.call_exception_handler({loop::Unhandled::Kind::shielded, inner_->exception(), task, {}});
    }
    [[nodiscard]] const void* function() const override { return &equal_to_all; }

  private:
    inline static const char equal_to_all = 0;

    Ref<FutureCore> inner_;
};

}  // namespace

void report_alone(FutureCore& inner) {
    const Ref<loop::Runnable> report(new ReportException(Ref(&inner)));
    inner.remove_done_callback(*report);
    inner.add_done_callback(*report);
}

}  // namespace loopscope::task
