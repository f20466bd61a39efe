// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <cstdint>
#include <utility>

#include "core/base/ref.hpp"
#include "core/context/context_vars.hpp"
#include "core/trace/event.hpp"

namespace loopscope::loop {

class EventLoop;
class Steppable;

/// A callback that can be put into the ready queue: anything but a task's step (`Handle`,
/// Lib/asyncio/events.py).
class Runnable {
  public:
    Runnable() = default;
    Runnable(const Runnable&) = delete;
    Runnable& operator=(const Runnable&) = delete;

    /// Runs the callback. An exception goes to the loop's exception handler, and no further.
    virtual void run(EventLoop& loop) = 0;
    /// Returns the kind of callback, for the trace.
    [[nodiscard]] virtual trace::Callback callback() const = 0;
    /// Returns the task that the callback serves; none for the program's own callbacks.
    [[nodiscard]] virtual TaskId serves() const { return {}; }
    /// Returns the program's name for the callback; none if it has none.
    [[nodiscard]] virtual StringId name() const { return {}; }
    /// Returns what makes callbacks equal for `remove_done_callback`: those that call the same function are;
    /// by default each is equal to itself alone.
    [[nodiscard]] virtual const void* function() const { return this; }
    /// Returns the context that the callback runs in; null for the loop's main context.
    [[nodiscard]] virtual context::ContextVars* context() { return nullptr; }

    [[nodiscard]] bool cancelled() const { return cancelled_ != 0; }
    /// Has the callback skipped when its turn comes.
    void cancel() { cancelled_ = 1; }

    void retain() { ++refs_; }
    void release() {
        assert(refs_ > 0);
        if (--refs_ == 0) dispose();
    }

  protected:
    virtual ~Runnable() = default;
    /// Called when the last queue or owner releases the callback. A callback that is part of another object
    /// does nothing here.
    virtual void dispose() { delete this; }

  private:
    std::uint32_t refs_ : 31 = 0;
    std::uint32_t cancelled_ : 1 = 0;
};

/// One entry of the ready queue: a task's step, a callback, or a timer that came due. One word, passed by
/// value.
class Handle {
  public:
    enum class Kind : std::uintptr_t { step = 0, call, timer };

    Handle() = default;
    static Handle step(Steppable& task) {
        return Handle(reinterpret_cast<std::uintptr_t>(&task), Kind::step);
    }
    static Handle call(Runnable& target) {
        return Handle(reinterpret_cast<std::uintptr_t>(&target), Kind::call);
    }
    static Handle timer(std::uint32_t slot) { return Handle(std::uintptr_t{slot} << 2, Kind::timer); }

    [[nodiscard]] Kind kind() const { return static_cast<Kind>(bits_ & 3u); }
    /// Returns the task whose step it is. REQUIRES: kind() is step. (That kind is 0, so it need not be masked
    /// out.)
    [[nodiscard]] Steppable& task() const {
        assert(kind() == Kind::step);
        return *reinterpret_cast<Steppable*>(bits_);
    }
    /// Returns the callback. REQUIRES: kind() is call.
    [[nodiscard]] Runnable& target() const {
        assert(kind() == Kind::call);
        return *reinterpret_cast<Runnable*>(bits_ - static_cast<std::uintptr_t>(Kind::call));
    }
    /// Returns the address that the handle refers to, whatever its kind: a prefetch hint, not to be read.
    [[nodiscard]] const void* address() const { return reinterpret_cast<const void*>(bits_); }
    /// Returns the timer's slot. REQUIRES: kind() is timer.
    [[nodiscard]] std::uint32_t timer_slot() const { return static_cast<std::uint32_t>(bits_ >> 2); }

  private:
    Handle(std::uintptr_t address, Kind kind) : bits_(address | static_cast<std::uintptr_t>(kind)) {
        assert((address & 3u) == 0);
    }
    std::uintptr_t bits_ = 0;
};

}  // namespace loopscope::loop
