// SPDX-License-Identifier: MIT
#include "core/task/gather.hpp"

#include <algorithm>

namespace loopscope::task {
namespace {

/// A child's callback, which tells the gathering that the child is done. Owns the future that gather()
/// returned; that one owns the child, which therefore lives as long.
class ChildDone final : public loop::Runnable, public Pooled {
  public:
    ChildDone(GatherCore& gathering, Ref<FutureCore> outer, const FutureCore& child)
        : gathering_(gathering), outer_(std::move(outer)), child_(child) {}

    void run(loop::EventLoop&) override { gathering_.child_done(child_); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::gather; }

  private:
    GatherCore& gathering_;
    Ref<FutureCore> outer_;
    const FutureCore& child_;
};

/// Returns the CancelledError of a future that is done, also if it was not cancelled: a task says then what
/// it was told by the last request that it flagged (`_make_cancelled_error`, Lib/asyncio/futures.py).
std::exception_ptr make_cancelled_error(const FutureCore& future) {
    if (future.cancelled()) return future.error_to_throw();
    const TaskId task{future.wait_kind() == trace::Wait::task ? future.known_number() : 0};
    return std::make_exception_ptr(CancelledError(future.loop().task_notes().said_to(task)));
}

}  // namespace

GatherCore::GatherCore(std::vector<Ref<FutureCore>> children, bool return_exceptions)
    : children_(std::move(children)), return_exceptions_(return_exceptions) {}

void GatherCore::begin() {
    if (children_.empty()) return succeed();
    const bool counts_at_once = future().loop().asyncio().gather_counts_done_at_once();
    std::vector<const FutureCore*> done;
    done.reserve(children_.size());
    for (auto child = children_.begin(); child != children_.end(); ++child) {
        if (std::find(children_.begin(), child, *child) != child) continue;
        ++different_;
        if (counts_at_once && (*child)->done())
            done.push_back(child->get());
        else
            (*child)->add_done_callback(*new ChildDone(*this, Ref(&future()), **child));
    }
    for (const FutureCore* const child : done) child_done(*child);
}

bool GatherCore::cancel_children(SourceLine here, std::string_view message) {
    bool any = false;
    for (const Ref<FutureCore>& child : children_) any = child->cancel(here, message) || any;
    cancel_requested_ = cancel_requested_ || any;
    return any;
}

void GatherCore::child_done(const FutureCore& child) {
    ++finished_;
    if (future().done()) return child.retrieve();
    if (!return_exceptions_) {
        if (const std::exception_ptr error = child.error_to_throw()) return future().set_exception(error);
    }
    if (finished_ < different_) return;
    if (!cancel_requested_) return succeed();
    // What the last one that was given says, whichever was done last: asyncio's loop over the results leaves
    // its variable there.
    future().set_exception(make_cancelled_error(*children_.back()));
}

Future<> gather(loop::EventLoop& loop, const std::vector<Ref<FutureCore>>& children, bool return_exceptions) {
    return gather_into(loop, children, return_exceptions, [] {});
}

}  // namespace loopscope::task
