// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace loopscope {

/// `co_await Pause()` in a Pausing coroutine: a place where the work may be left for a while.
struct Pause {};

template <class T>
class Pausing;

/// What all promises of Pausing coroutines have in common.
class PausingPromise {
  public:
    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }

    struct FinalAwaiter {
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> self) const noexcept {
            self.promise().work_->leaf = self.promise().awaiting_;
        }
        void await_resume() const noexcept {}
    };
    [[nodiscard]] FinalAwaiter final_suspend() const noexcept { return {}; }
    void unhandled_exception() { error_ = std::current_exception(); }

    std::suspend_always await_transform(Pause) {
        work_->pauses = true;
        return {};
    }
    template <class T>
    auto await_transform(Pausing<T>&& awaited) {
        return typename Pausing<T>::Awaiter{std::move(awaited), *this};
    }

    /// Continues the work that begins with this coroutine, whose handle is `self`, to its next pause. Returns
    /// whether there is more to do.
    bool advance(std::coroutine_handle<> self) {
        if (!work_) begin(own_work_, self, {});
        own_work_.pauses = false;
        // A loop in the place of symmetric transfer, which WebAssembly does not have: a coroutine that awaits
        // or ends changes the leaf and comes back here.
        while (own_work_.leaf && !own_work_.pauses) own_work_.leaf.resume();
        return static_cast<bool>(own_work_.leaf);
    }
    void throw_error() const {
        if (error_) std::rethrow_exception(error_);
    }

  private:
    template <class T>
    friend class Pausing;

    /// One chain of coroutines, each of which awaits the next.
    struct Work {
        std::coroutine_handle<> leaf;  // the one that runs; null: all is done
        bool pauses = false;
    };
    void begin(Work& work, std::coroutine_handle<> self, std::coroutine_handle<> awaiting) {
        work_ = &work;
        awaiting_ = awaiting;
        work.leaf = self;
    }

    Work own_work_;         // used by the first of its chain
    Work* work_ = nullptr;  // null: the coroutine has not begun
    std::coroutine_handle<> awaiting_;
    std::exception_ptr error_;
};

/// Work that may be left for a while: a coroutine that pauses at each `co_await Pause()`, its own or one of a
/// Pausing coroutine that it awaits, and goes on from there. So the same code works through on a thread, and
/// a slice of time at a time where there are none. It does nothing until advance() or an await.
template <class T = void>
class [[nodiscard]] Pausing {
  public:
    struct promise_type;
    using Frame = std::coroutine_handle<promise_type>;

    Pausing(Pausing&& other) noexcept : frame_(std::exchange(other.frame_, {})) {}
    Pausing& operator=(Pausing&& other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    ~Pausing() {
        if (frame_) frame_.destroy();
    }

    /// Works to the next pause. Returns whether there is more to do. REQUIRES: there is, and no coroutine
    /// awaits this one.
    bool advance() { return frame_.promise().advance(frame_); }
    /// Moves out the result. Throws what the coroutine threw. REQUIRES: all is done; called once.
    T take() {
        assert(frame_.done());
        frame_.promise().throw_error();
        return frame_.promise().take_result();
    }
    /// Works to the end, past all pauses, and returns the result. Throws what the coroutine throws.
    T complete() {
        while (advance()) continue;
        return take();
    }

    struct Awaiter {
        Pausing awaited;
        PausingPromise& awaiting;

        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) const noexcept {
            awaited.frame_.promise().begin(*awaiting.work_, awaited.frame_, handle);
        }
        T await_resume() { return awaited.take(); }
    };

  private:
    explicit Pausing(Frame frame) : frame_(frame) {}
    Frame frame_;
};

template <class T>
struct Pausing<T>::promise_type : PausingPromise {
    std::optional<T> result;

    Pausing get_return_object() { return Pausing(Frame::from_promise(*this)); }
    template <class U>
    void return_value(U&& value) {
        result.emplace(std::forward<U>(value));
    }
    T take_result() { return std::move(*result); }
};

template <>
struct Pausing<void>::promise_type : PausingPromise {
    Pausing get_return_object() { return Pausing(Frame::from_promise(*this)); }
    void return_void() const {}
    void take_result() const {}
};

}  // namespace loopscope

/// LOOPSCOPE_TRY in a Pausing coroutine: declares `name` as a reference to the value of a Result, or returns
/// its error from the coroutine.
#define LOOPSCOPE_CO_TRY(name, ...)                                                         \
    auto name##_or_error = (__VA_ARGS__);                                                   \
    if (!name##_or_error)                                                                   \
        co_return ::tl::unexpected<::loopscope::Error>(std::move(name##_or_error).error()); \
    auto& name = *name##_or_error

/// LOOPSCOPE_CHECK in a Pausing coroutine: returns the error of a Result from the coroutine, if it is one.
#define LOOPSCOPE_CO_CHECK(...)                                 \
    if (auto result_or_error = (__VA_ARGS__); !result_or_error) \
    co_return ::tl::unexpected<::loopscope::Error>(std::move(result_or_error).error())
