#pragma once

#include <cstdint>
#include <exception>
#include <memory>

#include "core/base/exceptions.hpp"
#include "core/base/here.hpp"
#include "core/base/pool.hpp"
#include "core/loop/callback_list.hpp"
#include "core/trace/event.hpp"

namespace loopscope::loop {

/// A promise of a result: what `asyncio.Future` is, without its result (Lib/asyncio/futures.py).
///
/// | state     | cancel()          | set_result, set_exception | callbacks                   |
/// |-----------|-------------------|---------------------------|-----------------------------|
/// | pending   | → cancelled, true | → finished                | kept, in order              |
/// | finished  | false             | InvalidStateError         | ready at once, when added   |
/// | cancelled | false             | InvalidStateError         | ready at once, when added   |
///
/// The state changes at once; what waits for it becomes ready then, in the order of registration, and runs in
/// the next iteration.
///
/// Small, for there are as many as there are tasks: what only a pending one has and what only a finished one
/// has stand in the same place.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): of a union one member is initialised
class FutureCore : public Pooled {
  public:
    enum class State : std::uint8_t { pending, finished, cancelled };

    /// `wait_kind` is what a task waits for that waits for this, for the trace.
    explicit FutureCore(EventLoop& loop, trace::Wait wait_kind = trace::Wait::future)
        : loop_(loop), wait_kind_(wait_kind) {}
    FutureCore(const FutureCore&) = delete;
    FutureCore& operator=(const FutureCore&) = delete;

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool done() const { return state() != State::pending; }
    [[nodiscard]] bool cancelled() const { return state() == State::cancelled; }
    /// The exception that it finished with, or null; counts as retrieved from then on. REQUIRES: done() and
    /// not cancelled().
    [[nodiscard]] const std::exception_ptr& exception() const {
        assert(done());
        if (unretrieved_) [[unlikely]]
            retrieve();
        return error_;
    }
    /// Counts its exception, if it has one, as retrieved: somebody knows of it (`__log_traceback = False`).
    void retrieve() const;
    /// Tells the loop's exception handler that nobody ever asked for its exception, if that is so.
    void give_up_exception() const;
    /// What check() throws; null: nothing. REQUIRES: done().
    [[nodiscard]] std::exception_ptr error_to_throw() const;
    [[nodiscard]] EventLoop& loop() const { return loop_; }

    /// Gives false if it is done already.
    virtual bool cancel(Here here = Here(__builtin_LINE()));
    void set_exception(std::exception_ptr error);

    /// Throws what a failed or cancelled future throws; InvalidStateError if it is pending.
    void check() const;

    /// `target` becomes ready when this is done: now, if it is. Retains it.
    void add_done_callback(Runnable& target);
    /// `target` will not be called. Gives whether it was registered.
    bool remove_done_callback(Runnable& target);
    /// The task's step becomes ready when this is done. REQUIRES: not done().
    void add_waiter(Steppable& task) { callbacks_.push(Handle::step(task)); }

    /// A task that awaited itself cannot be awaited any more, by anybody, until it is done: so it is with
    /// CPython's own Future, whose mark "is being awaited" (`fut_blocking`, Modules/_asynciomodule.c) nobody
    /// takes back then.
    [[nodiscard]] bool awaited_itself() const { return awaited_itself_; }
    void note_self_await() { awaited_itself_ = true; }

    /// What a task waits for that waits for this, for the trace.
    [[nodiscard]] trace::Wait wait_kind() const { return wait_kind_; }
    /// Its number there: a task's own, or one that it gets when it is first asked for.
    [[nodiscard]] std::uint32_t trace_number() {
        if (number_ == 0) take_number();
        return number_;
    }
    /// The same; 0 if it has none yet.
    [[nodiscard]] std::uint32_t known_number() const { return number_; }

    void retain() { ++refs_; }
    void release() {
        if (--refs_ == 0) delete this;
    }

  protected:
    virtual ~FutureCore() {
        if (!done())
            drop_callbacks();
        else if (error_) [[unlikely]]  // one that is null has nothing to destroy
            drop_error();
    }
    /// It is done, and what waits becomes ready. REQUIRES: not done(), and `state` is not pending.
    void settle(State state) {
        assert(!done());
        if (callbacks_.empty())
            become(state);
        else
            settle_and_wake(state);
    }
    /// Throws InvalidStateError if it is done.
    void check_pending() const {
        if (done()) [[unlikely]]
            throw_done();
    }

    // The number in the trace; 0: none yet. (A task's is its id.)
    std::uint32_t number_ = 0;  // NOLINT(cppcoreguidelines-non-private-member-variables-in-classes)

  private:
    /// REQUIRES: nothing waits for it.
    void become(State state) {
        std::destroy_at(&callbacks_);
        std::construct_at(&error_);
        state_ = state;
    }
    void settle_and_wake(State state);
    void take_number();
    void drop_callbacks();
    void drop_error();
    void schedule(Handle handle);
    [[noreturn]] static void throw_done();

    std::uint32_t refs_ = 0;
    EventLoop& loop_;
    // NOLINTBEGIN(readability-identifier-naming)
    union {
        CallbackList callbacks_{};  // while it is pending
        std::exception_ptr error_;  // once it is done
    };
    // NOLINTEND(readability-identifier-naming)
    State state_ : 2 = State::pending;
    bool awaited_itself_ : 1 = false;
    // It failed, and nobody has asked for the exception. INVARIANT: the loop lives, and has it in its list.
    mutable bool unretrieved_ : 1 = false;
    trace::Wait wait_kind_ : 4;
    static_assert(static_cast<int>(trace::Wait::queue_join) < 1 << 4);
};

}  // namespace loopscope::loop
