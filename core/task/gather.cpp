#include "core/task/gather.hpp"

#include <algorithm>

namespace loopscope::task {
namespace {

/// The future that gather gives: asyncio's _GatheringFuture.
class Gathering final : public FutureState<void> {
  public:
    Gathering(loop::EventLoop& loop, std::vector<Ref<FutureCore>> children, bool return_exceptions)
        : FutureState(loop), children_(std::move(children)), return_exceptions_(return_exceptions) {}

    [[nodiscard]] trace::Wait wait_kind() const override { return trace::Wait::gather; }

    bool cancel(Here here) override {
        if (done()) return false;
        bool any = false;
        for (const Ref<FutureCore>& child : children_) any = child->cancel(here) || any;
        cancel_requested_ = cancel_requested_ || any;
        return any;
    }

    void child_done(const FutureCore& child) {
        ++finished_;
        if (done()) return;
        if (!return_exceptions_) {
            if (child.cancelled()) return set_exception(std::make_exception_ptr(CancelledError()));
            if (child.exception()) return set_exception(child.exception());
        }
        if (finished_ < children_.size()) return;
        if (cancel_requested_)
            set_exception(std::make_exception_ptr(CancelledError()));
        else
            set_result();
    }

  private:
    std::vector<Ref<FutureCore>> children_;
    std::size_t finished_ = 0;
    bool return_exceptions_;
    bool cancel_requested_ = false;
};

/// Tells the gathering that one child is done.
class ChildDone final : public loop::Runnable, public Pooled {
  public:
    ChildDone(Ref<Gathering> gathering, Ref<FutureCore> child) : gathering_(std::move(gathering)), child_(std::move(child)) {}

    void run(loop::EventLoop&) override { gathering_->child_done(*child_); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::gather; }

  private:
    Ref<Gathering> gathering_;
    Ref<FutureCore> child_;
};

}  // namespace

Future<> gather(loop::EventLoop& loop, const std::vector<Ref<FutureCore>>& children, bool return_exceptions) {
    std::vector<Ref<FutureCore>> unique;
    for (const Ref<FutureCore>& child : children) {
        if (std::ranges::find(unique, child) == unique.end()) unique.push_back(child);
    }
    const Ref<Gathering> outer(new Gathering(loop, unique, return_exceptions));
    if (unique.empty()) outer->set_result();
    std::vector<Ref<FutureCore>> done;
    for (const Ref<FutureCore>& child : unique) {
        if (child->done())
            done.push_back(child);
        else
            child->add_done_callback(*new ChildDone(outer, child));
    }
    for (const Ref<FutureCore>& child : done) outer->child_done(*child);
    return Future<>(outer);
}

Future<> gather(loop::EventLoop& loop, std::vector<Coro<>> coroutines, Here here) {
    std::vector<Ref<FutureCore>> children;
    for (Coro<>& coroutine : coroutines) {
        children.push_back(Ref<FutureCore>(&create_task(loop, std::move(coroutine), {}, here).core()));
    }
    return gather(loop, children);
}

}  // namespace loopscope::task
