// SPDX-License-Identifier: MIT
#include "core/task/as_completed.hpp"

namespace loopscope::task {

Ref<Completions> Completions::begin(const std::vector<Ref<FutureCore>>& futures,
                                    std::optional<Duration> timeout) {
    Ref<Completions> completions(new Completions(loop::EventLoop::get_running()));
    completions->pending_ = completions->left_ = futures.size();
    for (const Ref<FutureCore>& future : futures) {
        const DoneCallback callback = completions->watch(*future, completions->futures_.size());
        completions->futures_.push_back({future, callback.get()});
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
