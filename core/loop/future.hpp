// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string_view>

#include "core/base/exceptions.hpp"
#include "core/base/pool.hpp"
#include "core/base/source_line.hpp"
#include "core/loop/callback_list.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::loop {

/// A promise of a result: an `asyncio.Future` without the result's type and value (Lib/asyncio/futures.py).
///
/// | state     | cancel()          | set_result, set_exception | callbacks                   |
/// |-----------|-------------------|---------------------------|-----------------------------|
/// | pending   | → cancelled, true | → finished                | kept, in order              |
/// | finished  | false             | InvalidStateError         | ready at once, when added   |
/// | cancelled | false             | InvalidStateError         | ready at once, when added   |
///
/// The state changes at once; tasks and callbacks that wait for the future become ready then, in the order of
/// registration, and run in the next iteration.
///
/// Small, for there are as many futures as tasks: the callbacks, which only a pending future has, and the
/// exception, which only a finished one has, share their memory. Used on the loop's thread.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): of a union one member is initialised
class FutureCore : public Pooled {
  public:
    enum class State : std::uint8_t { pending, finished, cancelled };

    /// Makes a pending future. `wait_kind` is what the trace says that a task which awaits this future waits
    /// for.
    explicit FutureCore(EventLoop& loop, trace::Wait wait_kind = trace::Wait::future)
        : loop_(loop), wait_kind_(wait_kind) {}
    FutureCore(const FutureCore&) = delete;
    FutureCore& operator=(const FutureCore&) = delete;

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool done() const { return state() != State::pending; }
    [[nodiscard]] bool cancelled() const { return state() == State::cancelled; }
    /// Returns the exception that the future finished with; null if it has a result. The exception counts as
    /// retrieved from then on. REQUIRES: done() and not cancelled().
    [[nodiscard]] const std::exception_ptr& exception() const {
        assert(done());
        if (marked_) [[unlikely]]
            retrieve();
        return error_;
    }
    /// Counts the exception, if there is one, as retrieved: somebody knows of it (`__log_traceback = False`).
    void retrieve() const;
    /// Calls the loop's exception handler if the future has an exception that was never retrieved.
    void give_up_exception() const;
    /// Returns what check() throws; null if it would not throw. REQUIRES: done().
    [[nodiscard]] std::exception_ptr error_to_throw() const;
    /// Returns what stands for the future in a list of results; null: its result. For a cancelled task that
    /// is a new CancelledError, so the task's own is left to whoever awaits it (`gather`,
    /// return_exceptions=True, Lib/asyncio/tasks.py). REQUIRES: done().
    [[nodiscard]] std::exception_ptr error_to_list() const;
    [[nodiscard]] EventLoop& loop() const { return loop_; }

    /// Cancels the future. Returns false if it is done already. `message` is what the CancelledError says,
    /// `here` the source line of the call.
    virtual bool cancel(SourceLine here = SourceLine(__builtin_LINE()), std::string_view message = {});
    /// Finishes the future with an exception. Throws InvalidStateError if it is done.
    void set_exception(std::exception_ptr error);

    /// Throws the exception of a failed future, CancelledError if the future was cancelled, and
    /// InvalidStateError if it is pending.
    void check() const;

    /// Registers a target that becomes ready when the future is done: at once, if it is. Retains the target.
    void add_done_callback(Runnable& target);
    /// Unregisters all targets that are equal to this one (Runnable::function). Returns how many there were;
    /// 0 once the future is done.
    std::size_t remove_done_callback(const Runnable& target);
    /// Registers a task whose step becomes ready when the future is done. REQUIRES: not done().
    void add_waiter(Steppable& task) { callbacks_.push(Handle::step(task)); }

    /// Returns whether this is a task that awaited itself. Such a task cannot be awaited any more, by
    /// anybody, until it is done: CPython's own Future keeps its mark "is being awaited" (`fut_blocking`,
    /// Modules/_asynciomodule.c) in that case.
    [[nodiscard]] bool awaited_itself() const { return !done() && marked_; }
    void note_self_await() { marked_ = true; }

    /// Returns what the trace says that a task which awaits this future waits for.
    [[nodiscard]] trace::Wait wait_kind() const { return wait_kind_; }
    /// Returns the future's number in the trace: a task's own, or one that it gets at the first call.
    [[nodiscard]] std::uint32_t trace_number() {
        if (number_ == 0) take_number();
        return number_;
    }
    /// Returns the future's number in the trace; 0 if it has none yet.
    [[nodiscard]] std::uint32_t known_number() const { return number_; }

    void retain() { ++refs_; }
    void release() {
        if (--refs_ == 0) delete this;
    }

  protected:
    virtual ~FutureCore() {
        if (!done())
            drop_callbacks();
        else if (error_) [[unlikely]]  // a null exception_ptr needs no destructor
            drop_error();
    }
    /// Puts the future into a final state and makes what waits for it ready. REQUIRES: not done(), and
    /// `state` is not pending.
    void settle(State state) {
        assert(!done());
        if (callbacks_.empty())
            become(state);
        else
            settle_and_wake(state);
    }
    /// Puts the future into the state cancelled, as settle() does. `error`, a CancelledError, is for who asks
    /// first, or for all who do; the others get a new one. If it is null, all do.
    void settle_cancelled(std::exception_ptr error, bool is_for_all);
    /// Throws InvalidStateError if the future is done.
    void check_pending() const {
        if (done()) [[unlikely]]
            throw_done();
    }

    // The number in the trace; 0: none yet. (A task's is its id.)
    std::uint32_t number_ = 0;  // NOLINT(cppcoreguidelines-non-private-member-variables-in-classes)

  private:
    /// Puts the future into a final state. REQUIRES: nothing waits for it.
    void become(State state) {
        std::destroy_at(&callbacks_);
        std::construct_at(&error_);
        state_ = state;
        marked_ = false;
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
        std::exception_ptr error_;  // once it is done; of one that was cancelled, if it says something
    };
    // NOLINTEND(readability-identifier-naming)
    State state_ : 2 = State::pending;
    // Of a pending future: it was awaited by itself. Of one that finished: it failed, and nobody has asked
    // for the exception. INVARIANT: if set and finished, the loop is alive and has the future in its list. Of
    // one that was cancelled: what its error_ says is for all who ask, and not for the first one alone.
    mutable bool marked_ : 1 = false;
    trace::Wait wait_kind_ : 5;  // one byte in all: the next would make every task 8 larger
    static_assert(trace::tag_count<trace::Wait> <= 1 << 5);
};

}  // namespace loopscope::loop
