// SPDX-License-Identifier: MIT
#include "core/task/sync/barrier.hpp"

namespace loopscope::task {

Barrier::Barrier(std::int64_t parties) : state_(new State(parties)) {
    if (parties < 1) throw ValueError("a barrier needs at least one party");
}

void Barrier::State::leave() {
    if (--inside > 0) return;
    change(phase == Phase::broken ? Phase::broken : Phase::filling);
}

Coro<std::int64_t> Barrier::wait(Ref<State> state, SourceLine here) {
    const Lock::Guard guard = co_await state->condition.guard(here);
    co_await state->condition.wait_for([&] { return state->lets_in(); }, here);
    if (state->phase == Phase::broken) throw BrokenBarrierError("the barrier was aborted");
    const std::int64_t before = state->inside++;
    try {
        co_await pass(state, here);
    } catch (...) {
        state->leave();
        throw;
    }
    state->leave();
    co_return before;
}

/// Opens the barrier if this is the last task; otherwise waits until another task does.
Coro<> Barrier::pass(Ref<State> state, SourceLine here) {
    if (state->inside == state->parties) {
        state->change(Phase::draining);
        co_return;
    }
    co_await state->condition.wait_for([&] { return state->phase != Phase::filling; }, here);
    if (state->phase != Phase::draining) throw BrokenBarrierError("the barrier was aborted or reset");
}

Coro<> Barrier::reset(Ref<State> state, SourceLine here) {
    const Lock::Guard guard = co_await state->condition.guard(here);
    state->change(state->inside > 0 ? Phase::resetting : Phase::filling);
}

Coro<> Barrier::abort(Ref<State> state, SourceLine here) {
    const Lock::Guard guard = co_await state->condition.guard(here);
    state->change(Phase::broken);
}

}  // namespace loopscope::task
