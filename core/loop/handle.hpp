#pragma once

#include <cassert>
#include <coroutine>
#include <cstdint>
#include <utility>

#include "core/base/ref.hpp"
#include "core/context/storages.hpp"
#include "core/trace/event.hpp"

namespace loopscope::loop {

class EventLoop;

/// Something that can be put into the ready queue and is no task's step.
class Runnable {
  public:
    Runnable() = default;
    Runnable(const Runnable&) = delete;
    Runnable& operator=(const Runnable&) = delete;

    /// What it throws goes no further.
    virtual void run(EventLoop& loop) = 0;
    /// What it is, for the trace.
    [[nodiscard]] virtual trace::Callback callback() const = 0;
    /// The task that it serves; none for the program's own callbacks.
    [[nodiscard]] virtual TaskId serves() const { return {}; }
    /// What the program calls it.
    [[nodiscard]] virtual StringId name() const { return {}; }
    /// The context that it runs in; null: whatever is current.
    [[nodiscard]] virtual context::ContextVars* context() { return nullptr; }

    [[nodiscard]] bool cancelled() const { return cancelled_ != 0; }
    /// It will be skipped when its turn comes.
    void cancel() { cancelled_ = 1; }

    void retain() { ++refs_; }
    void release() {
        assert(refs_ > 0);
        if (--refs_ == 0) dispose();
    }

  protected:
    virtual ~Runnable() = default;
    /// Called when the last queue or owner lets go. One that lives inside another object does nothing here.
    virtual void dispose() { delete this; }

  private:
    std::uint32_t refs_ : 31 = 0;
    std::uint32_t cancelled_ : 1 = 0;
};

/// What the event loop needs to know of a task in order to step it.
struct Steppable {
    explicit Steppable(context::TaskContext carried) : context(std::move(carried)) {}
    Steppable(const Steppable&) = delete;
    Steppable& operator=(const Steppable&) = delete;

    /// Called after the step in which the outermost coroutine returned, or instead of a first step that would
    /// only throw CancelledError. Frees the coroutine and settles the task.
    virtual void complete(EventLoop& loop) = 0;
    /// Drops the coroutine of a task that will never be stepped again, when its loop ends.
    virtual void abandon() = 0;

    /// The coroutine to resume: the innermost one of those that await each other.
    std::coroutine_handle<> leaf;
    /// The loop that steps it; set when the loop adopts it.
    EventLoop* owner = nullptr;
    context::TaskContext context;
    TaskId id;
    /// Where this task stands in the loop's table of unfinished tasks.
    std::uint32_t slot = 0;
    /// With what the next step starts. A leaf that finds `cancelled` throws CancelledError and puts `value`.
    trace::Resume resume = trace::Resume::first;
    /// CancelledError is to be thrown at the next step or suspension (Lib/asyncio/tasks.py, `_must_cancel`).
    bool must_cancel = false;
    /// How the coroutine that was resumed came back.
    enum class Exit : std::uint8_t {
        suspended,    ///< it waits
        transferred,  ///< it hands over to another one of the same task, which `leaf` names
        returned,     ///< it was the outermost one, and it is over
    };
    Exit exit = Exit::suspended;

  protected:
    ~Steppable() = default;
};

/// One entry of the ready queue: a task's step, a callback, or a timer that came due. A word, passed by
/// value.
class Handle {
  public:
    enum class Kind : std::uintptr_t { step, call, timer };

    Handle() = default;
    static Handle step(Steppable& task) {
        return Handle(reinterpret_cast<std::uintptr_t>(&task), Kind::step);
    }
    static Handle call(Runnable& target) {
        return Handle(reinterpret_cast<std::uintptr_t>(&target), Kind::call);
    }
    static Handle timer(std::uint32_t slot) { return Handle(std::uintptr_t{slot} << 2, Kind::timer); }

    [[nodiscard]] Kind kind() const { return static_cast<Kind>(bits_ & 3u); }
    [[nodiscard]] Steppable& task() const {
        return *reinterpret_cast<Steppable*>(bits_ & ~std::uintptr_t{3});
    }
    [[nodiscard]] Runnable& target() const {
        return *reinterpret_cast<Runnable*>(bits_ & ~std::uintptr_t{3});
    }
    /// What it points to, whatever that is: a hint for the cache, not to be read.
    [[nodiscard]] const void* address() const { return reinterpret_cast<const void*>(bits_); }
    [[nodiscard]] std::uint32_t timer_slot() const { return static_cast<std::uint32_t>(bits_ >> 2); }

  private:
    Handle(std::uintptr_t address, Kind kind) : bits_(address | static_cast<std::uintptr_t>(kind)) {
        assert((address & 3u) == 0);
    }
    std::uintptr_t bits_ = 0;
};

}  // namespace loopscope::loop
