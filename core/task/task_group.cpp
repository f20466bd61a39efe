// SPDX-License-Identifier: MIT
#include "core/task/task_group.hpp"

#include "core/task/exception_group.hpp"
#include "core/task/until_woken.hpp"

namespace loopscope::task {

/// A task of the group, and the callback that tells the group that the task is done. The pending task owns
/// it.
class TaskGroup::Child final : public loop::Runnable, public Pooled {
  public:
    Child(TaskGroup& group, FutureCore& task)
        : before(group.last_), group_(&group), task_(&task), parent_(group.parent_.id()) {
        (before ? before->after : group.first_) = this;
        group.last_ = this;
    }
    ~Child() override { leave(); }

    void run(loop::EventLoop&) override {
        if (TaskGroup* const group = group_) group->child_done(*this);
    }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::task_group; }
    [[nodiscard]] TaskId serves() const override { return parent_; }

    [[nodiscard]] FutureCore& task() const { return *task_; }
    void leave() {
        if (!group_) return;
        (before ? before->after : group_->first_) = after;
        (after ? after->before : group_->last_) = before;
        group_ = nullptr;
    }

    Child* before;
    Child* after = nullptr;

  private:
    TaskGroup* group_;  // null once it has left
    Ref<FutureCore> task_;
    TaskId parent_;
};

TaskGroup::~TaskGroup() {
    // There are children left only if the loop ends, or if they could not be cancelled: RecursionError.
    while (first_) first_->leave();
}

void TaskGroup::check_open() const {
    if (exiting_ && !first_) throw RuntimeError("the task group is finished");
    if (aborting_) throw RuntimeError("the task group is shutting down");
}

void TaskGroup::add(FutureCore& task) {
    if (task.done() && !parent_.loop().asyncio().task_group_hears_by_callback())
        note_result(task);
    else
        task.add_done_callback(*new Child(*this, task));
}

void TaskGroup::child_done(Child& child) {
    child.leave();
    if (exit_waits_ && !first_ && !parent_.woken()) parent_.wake();
    note_result(child.task());
}

void TaskGroup::note_result(const FutureCore& task) {
    if (task.cancelled() || !task.exception()) return;
    errors_.push_back(task.exception());
    if (aborting_ || parent_cancel_requested_) return;
    // The body, or the exit that waits, gets a CancelledError; exit() takes the request back.
    abort();
    parent_cancel_requested_ = true;
    parent_.request_cancel({});
}

void TaskGroup::abort() {
    aborting_ = true;
    std::vector<Ref<FutureCore>> children;
    for (const Child* child = first_; child; child = child->after) {
        if (!child->task().done()) children.emplace_back(&child->task());
    }
    parent_.loop().order_set(children);
    for (const Ref<FutureCore>& child : children) child->cancel({});
}

Coro<> TaskGroup::exit(std::exception_ptr error, SourceLine here) {
    exiting_ = true;
    const bool cancelled = is_cancelled_error(error);
    const bool settles_last = parent_.loop().asyncio().task_group_settles_requests_last();
    std::exception_ptr cancellation = cancelled ? error : nullptr;
    if (!settles_last) take_back_request(cancellation);
    if (error && !aborting_) abort();
    co_await wait_for_children(cancellation, here);
    if (settles_last) take_back_request(cancellation);
    if (cancellation && errors_.empty()) std::rethrow_exception(cancellation);
    if (error && !cancelled) errors_.push_back(error);
    if (errors_.empty()) co_return;
    if (settles_last && parent_.cancelling() > 0) {
        // Somebody else has cancelled the parent as well: the parent gets that at its next suspension, after
        // the group.
        parent_.uncancel();
        parent_.request_cancel({});
    }
    throw_exception_group("unhandled errors in a TaskGroup", std::move(errors_));
}

/// Takes back the group's own request to cancel the parent, if it made one. Forgets the cancellation if that
/// was the only request.
void TaskGroup::take_back_request(std::exception_ptr& cancellation) {
    if (parent_cancel_requested_ && parent_.uncancel() == 0) cancellation = nullptr;
}

/// Waits until no child is left. Stores a CancelledError that comes meanwhile in `cancellation`.
Coro<> TaskGroup::wait_for_children(std::exception_ptr& cancellation, SourceLine here) {
    while (first_) {
        exit_waits_ = true;
        try {
            co_await UntilWoken(trace::Wait::task_group, parent_.loop().number(object_), here);
        } catch (const CancelledError&) {
            if (!aborting_) {
                cancellation = std::current_exception();
                abort();
            }
        }
        exit_waits_ = false;
    }
}

}  // namespace loopscope::task
