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

}  // namespace

GatherCore::GatherCore(std::vector<Ref<FutureCore>> children, bool return_exceptions)
    : children_(std::move(children)), return_exceptions_(return_exceptions) {}

void GatherCore::begin() {
    if (children_.empty()) return succeed();
    std::vector<const FutureCore*> done;
    done.reserve(children_.size());
    for (auto child = children_.begin(); child != children_.end(); ++child) {
        if (std::find(children_.begin(), child, *child) != child) continue;
        ++different_;
        if ((*child)->done())
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
    if (cancel_requested_)
        future().set_exception(child.cancelled() ? child.error_to_throw()
                                                 : std::make_exception_ptr(CancelledError()));
    else
        succeed();
}

Future<> gather(loop::EventLoop& loop, const std::vector<Ref<FutureCore>>& children, bool return_exceptions) {
    return gather_into(loop, children, return_exceptions, [] {});
}

}  // namespace loopscope::task
