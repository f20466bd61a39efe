#pragma once

#include "core/task/sync/condition.hpp"

namespace loopscope::task {

/// Thrown by a barrier that was aborted, or reset while somebody waited.
class BrokenBarrierError final : public RuntimeError {
  public:
    using RuntimeError::RuntimeError;
    [[nodiscard]] std::string_view name() const override { return "BrokenBarrierError"; }
};

/// A place where tasks wait for each other (`asyncio.Barrier`, Lib/asyncio/locks.py, 3.11): once so many have
/// come, all of them go on, and the barrier is there for the next round. A handle: copies are the same
/// barrier.
///
/// As in asyncio it is a condition and a count, so a trace shows tasks that wait for a condition. Who comes
/// last does not wait; the others resume an iteration later.
class Barrier {
  public:
    /// Throws ValueError if there is less than one party.
    explicit Barrier(std::int64_t parties);

    /// Waits for the others. Gives how many had come before. Throws BrokenBarrierError.
    Coro<std::int64_t> wait(Here here = Here(__builtin_LINE())) const { return wait(state_, here); }
    /// Back to the beginning: those who wait get a BrokenBarrierError, and who comes waits until they have
    /// gone.
    Coro<> reset(Here here = Here(__builtin_LINE())) const { return reset(state_, here); }
    /// Who waits gets a BrokenBarrierError, and so does who comes, until it is reset.
    Coro<> abort(Here here = Here(__builtin_LINE())) const { return abort(state_, here); }

    [[nodiscard]] std::int64_t parties() const { return state_->parties; }
    /// How many wait to be enough.
    [[nodiscard]] std::int64_t n_waiting() const {
        return state_->phase == Phase::filling ? state_->inside : 0;
    }
    [[nodiscard]] bool broken() const { return state_->phase == Phase::broken; }

  private:
    enum class Phase : std::uint8_t {
        filling,    ///< until enough have come
        draining,   ///< until they have gone; who comes waits
        resetting,  ///< until those who waited have gone with an error; who comes waits
        broken,
    };

    struct State : RefCounted<State>, Pooled {
        explicit State(std::int64_t how_many) : parties(how_many) {}

        std::int64_t parties;
        std::int64_t inside = 0;  // have come and not gone
        Phase phase = Phase::filling;
        Condition condition;

        [[nodiscard]] bool lets_in() const { return phase == Phase::filling || phase == Phase::broken; }
        void change(Phase to) {
            phase = to;
            condition.notify_all();
        }
        /// One of those inside goes.
        void leave();
    };

    // Coroutines that hold the barrier for as long as they run.
    static Coro<std::int64_t> wait(Ref<State> state, Here here);
    static Coro<> pass(Ref<State> state, Here here);
    static Coro<> reset(Ref<State> state, Here here);
    static Coro<> abort(Ref<State> state, Here here);

    Ref<State> state_;
};

}  // namespace loopscope::task
