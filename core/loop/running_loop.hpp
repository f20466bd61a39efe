// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

namespace loopscope::loop {

class EventLoop;

/// Which loop runs on a thread: what asyncio keeps beside its loops (Lib/asyncio/events.py).
class RunningLoop {
  public:
    /// Returns the loop that is running on the calling thread; null if none is (`asyncio._get_running_loop`).
    [[nodiscard]] static EventLoop* running() { return running_; }
    /// Returns the loop that is running on the calling thread. Throws RuntimeError if none is, as
    /// `asyncio.get_running_loop` does.
    [[nodiscard]] static EventLoop& get_running() {
        if (!running_) [[unlikely]]
            refuse_without_loop();
        return *running_;
    }
    /// Returns the running loop, or while none runs the one that an Around names: variables and prints belong
    /// to a trace, which a loop writes. Throws RuntimeError if there is neither.
    [[nodiscard]] static EventLoop& at_hand() {
        EventLoop* const loop = running_ ? running_ : around_;
        if (!loop) [[unlikely]]
            refuse_without_loop();
        return *loop;
    }
    /// Names a loop for code that the calling thread runs before or between the loop's handles, for as long
    /// as the object lives (`asyncio.set_event_loop`). What such code sets, the main task inherits.
    class Around {
      public:
        explicit Around(EventLoop& loop) : before_(std::exchange(around_, &loop)) {}
        Around(const Around&) = delete;
        Around& operator=(const Around&) = delete;
        ~Around() { around_ = before_; }

      private:
        EventLoop* before_;
    };

  protected:
    RunningLoop() = default;
    ~RunningLoop() = default;

    [[noreturn]] static void refuse_without_loop();

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): the loop's own
    inline static constinit thread_local EventLoop* running_ = nullptr;
    inline static constinit thread_local EventLoop* around_ = nullptr;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

}  // namespace loopscope::loop
