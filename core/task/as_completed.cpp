// SPDX-License-Identifier: MIT
#include "core/task/as_completed.hpp"

namespace loopscope::task {
namespace {

/// Returns the indices of futures in the order in which to watch them. Those that are done already come in
/// the order of a set; for the others that makes no difference, so that a chooser is not asked.
std::vector<std::size_t> order_to_watch(const std::vector<Ref<FutureCore>>& futures) {
    std::vector<std::size_t> order;
    std::vector<std::size_t> others;
    for (std::size_t index = 0; index < futures.size(); ++index)
        (futures[index]->done() ? order : others).push_back(index);
    loop::EventLoop::get_running().order_set(order);
    order.insert(order.end(), others.begin(), others.end());
    return order;
}

}  // namespace

Ref<Completions> Completions::begin(const std::vector<Ref<FutureCore>>& futures,
                                    std::optional<Duration> timeout) {
    Ref<Completions> completions(new Completions(loop::EventLoop::get_running()));
    completions->pending_ = completions->left_ = futures.size();
    completions->futures_.resize(futures.size());
    for (const std::size_t index : order_to_watch(futures)) {
        const DoneCallback callback = completions->watch(*futures[index], index);
        completions->futures_[index] = {futures[index], callback.get()};
    }
    if (timeout && !futures.empty()) completions->start_timer(*timeout);
    return completions;
}

void Completions::one_done(std::size_t index) {
    if (pending_ == 0) return;  // the time was up first
    futures_[index] = {};
    done_.put_nowait(index);
    if (--pending_ == 0) stop_timer();
}

void Completions::time_is_up() {
    for (Pending& pending : futures_) {
        if (!pending.callback) continue;
        pending.future->remove_done_callback(*pending.callback);
        pending = {};
        done_.put_nowait(std::nullopt);
    }
    pending_ = 0;
}

Coro<std::optional<std::size_t>> Completions::next(Ref<Completions> completions, SourceLine here) {
    if (!completions->take_turn()) co_return std::nullopt;
    co_return co_await turn(std::move(completions), here);
}

Coro<std::size_t> Completions::turn(Ref<Completions> completions, SourceLine here) {
    const std::optional<std::size_t> index = co_await completions->done_.get(here);
    if (!index) throw TimeoutError();
    co_return *index;
}

}  // namespace loopscope::task
