// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "core/base/ref.hpp"

namespace loopscope::task {

/// Something that has been acquired, a lock or a permit of a semaphore. The destructor gives it back, as the
/// end of an `async with` does.
///
/// `State` has give_back(), which does not throw.
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

    /// Gives back now what was acquired, unless it has been given back or detached.
    void release() { give_back(); }
    /// Detaches this object from what was acquired, which is then given back by a call of release() on the
    /// lock or semaphore itself.
    void detach() { state_ = {}; }
    /// Returns whether there is something that is to be given back.
    explicit operator bool() const { return static_cast<bool>(state_); }

  private:
    void give_back() {
        if (const Ref<State> state = std::exchange(state_, {})) state->give_back();
    }

    Ref<State> state_;
};

}  // namespace loopscope::task
