#pragma once

#include <utility>

#include "core/base/ref.hpp"

namespace loopscope::task {

/// What has been acquired: a lock, or a permit of a semaphore. Given back when this is destroyed, which is
/// what `async with` does.
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

    /// Gives it back now, if it is still to be given back.
    void release() { give_back(); }
    /// It will not be given back from here: somebody calls release() on the lock or semaphore itself.
    void detach() { state_ = {}; }
    /// Whether it is still to be given back.
    explicit operator bool() const { return static_cast<bool>(state_); }

  private:
    void give_back() {
        if (const Ref<State> state = std::exchange(state_, {})) state->give_back();
    }

    Ref<State> state_;
};

}  // namespace loopscope::task
