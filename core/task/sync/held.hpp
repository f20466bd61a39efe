// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "core/base/exceptions.hpp"
#include "core/base/ref.hpp"

namespace loopscope::task {

/// Calls the exception handler of the loop that runs, or is closing, with what a guard's end would throw.
void tell_of_lost_guard(const std::exception_ptr& error);

/// Something that has been acquired, a lock or a permit of a semaphore. The destructor gives it back, as the
/// end of an `async with` does. Where somebody else has given it back before, asyncio raises there; a
/// destructor cannot, so the exception goes to the loop's exception handler. (`with` throws it.)
///
/// `State` has give_back(), which throws if there is nothing to be given back.
template <class State>
class [[nodiscard]] Held {
  public:
    Held() = default;
    explicit Held(Ref<State> state) : state_(std::move(state)) {}
    Held(Held&& other) noexcept = default;
    Held& operator=(Held&& other) noexcept {
        give_back();
        state_ = std::move(other.state_);
        return *this;
    }
    ~Held() { give_back(); }

    /// Gives back now what was acquired, unless this object has given it back or is detached from it. Throws
    /// what release() of the lock or semaphore throws.
    void release() {
        if (const Ref<State> state = std::exchange(state_, {})) state->give_back();
    }
    /// Detaches this object from what was acquired, which is then given back by a call of release() on the
    /// lock or semaphore itself.
    void detach() { state_ = {}; }
    /// Returns whether there is something that is to be given back.
    explicit operator bool() const { return static_cast<bool>(state_); }

  private:
    void give_back() {
        try {
            release();
        } catch (const Exception&) {
            tell_of_lost_guard(std::current_exception());
        }
    }

    Ref<State> state_;
};

}  // namespace loopscope::task
