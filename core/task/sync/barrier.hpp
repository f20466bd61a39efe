// SPDX-License-Identifier: MIT
#pragma once

#include "core/task/sync/condition.hpp"

namespace loopscope::task {

/// Thrown by a barrier that was aborted, or reset while a task waited.
class BrokenBarrierError final : public RuntimeError {
  public:
    using RuntimeError::RuntimeError;
    [[nodiscard]] std::string_view name() const override { return "BrokenBarrierError"; }
};

/// A barrier at which tasks wait for each other (`asyncio.Barrier`, Lib/asyncio/locks.py, 3.11): once a fixed
/// number of tasks have come, all of them go on, and the barrier is ready for the next round. A handle:
/// copies refer to the same barrier.
///
/// As in asyncio it consists of a condition and a count, so the trace shows tasks that wait for a condition.
/// The task that comes last does not wait; the others resume an iteration later.
class Barrier {
  public:
    /// Makes a barrier for a number of tasks. Throws ValueError if that is less than one.
    explicit Barrier(std::int64_t parties);

    /// Waits for the other tasks and returns how many came before this one. Throws BrokenBarrierError.
    Coro<std::int64_t> wait(SourceLine here = SourceLine(__builtin_LINE())) const {
        return wait(state_, here);
    }
    /// Resets the barrier: tasks that wait get a BrokenBarrierError, and tasks that come wait until those
    /// have left.
    Coro<> reset(SourceLine here = SourceLine(__builtin_LINE())) const { return reset(state_, here); }
    /// Aborts the barrier: tasks that wait get a BrokenBarrierError, and so do tasks that come, until it is
    /// reset.
    Coro<> abort(SourceLine here = SourceLine(__builtin_LINE())) const { return abort(state_, here); }

    [[nodiscard]] std::int64_t parties() const { return state_->parties; }
    /// Returns how many tasks wait for the others.
    [[nodiscard]] std::int64_t n_waiting() const {
        return state_->phase == Phase::filling ? state_->inside : 0;
    }
    [[nodiscard]] bool broken() const { return state_->phase == Phase::broken; }

  private:
    enum class Phase : std::uint8_t {
        filling,    ///< until enough tasks have come
        draining,   ///< until they have left; tasks that come wait
        resetting,  ///< until those that waited have left with an error; tasks that come wait
        broken,
    };

    struct State : RefCounted<State>, Pooled {
        explicit State(std::int64_t how_many) : parties(how_many) {}

        std::int64_t parties;
        std::int64_t inside = 0;  // tasks that have come and not left
        Phase phase = Phase::filling;
        Condition condition;

        [[nodiscard]] bool lets_in() const { return phase == Phase::filling || phase == Phase::broken; }
        void change(Phase to) {
            phase = to;
            condition.notify_all();
        }
        /// Counts a task that leaves.
        void leave();
    };

    // Coroutines that own the barrier for as long as they run.
    static Coro<std::int64_t> wait(Ref<State> state, SourceLine here);
    static Coro<> pass(Ref<State> state, SourceLine here);
    static Coro<> reset(Ref<State> state, SourceLine here);
    static Coro<> abort(Ref<State> state, SourceLine here);

    Ref<State> state_;
};

}  // namespace loopscope::task
