// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/loop/asyncio_version.hpp"
#include "core/loop/beside.hpp"
#include "core/loop/chooser.hpp"
#include "core/loop/hand_over.hpp"
#include "core/loop/live_generators.hpp"
#include "core/loop/ready_queue.hpp"
#include "core/loop/running_loop.hpp"
#include "core/loop/steppable.hpp"
#include "core/loop/task_notes.hpp"
#include "core/loop/timer_heap.hpp"
#include "core/loop/unhandled.hpp"
#include "core/trace/sink.hpp"

namespace loopscope::loop {

/// A function that returns the context of a new task, as `loop.set_task_factory` is used for. Called in
/// create_task while the task that creates (null outside tasks) is still current.
using TaskFactory = std::function<context::TaskContext(EventLoop& loop)>;

/// The outcome of a request to run a loop.
enum class Progress : std::uint8_t {
    ran,       ///< a handle was taken from the ready queue
    stopped,   ///< stop() was called, and the iteration in which it was is over
    deadlock,  ///< nothing is ready and no timer is running: asyncio would wait for ever
};

/// An event loop that runs handles in the order of CPython's asyncio (Lib/asyncio/base_events.py,
/// `_run_once`), 3.13 unless another version is chosen, under a virtual clock, and writes everything that it
/// does to a trace.
///
/// An iteration: drop cancelled timers that are first; if nothing is ready, move the clock to the first
/// deadline; move the timers that are due to the ready queue, in heap order; take the number of ready handles
/// as the snapshot; run exactly that many. Handles that become ready meanwhile wait for the next iteration.
///
/// The unit is one handle, which `run_once` runs; `run_iteration` and `run` repeat that. Time passes in two
/// ways only: by the step cost after each handle, and by waiting. Not thread-safe.
class EventLoop : public RunningLoop, public HandOver {
  public:
    struct Options {
        /// The loop time that each handle takes.
        Duration step_cost = std::chrono::microseconds(1);
        /// The version of asyncio whose order the loop follows.
        AsyncioVersion asyncio = {};
    };

    EventLoop(trace::Sink& sink, context::Storages& storages, Options options);
    EventLoop(trace::Sink& sink, context::Storages& storages) : EventLoop(sink, storages, Options{}) {}
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;
    /// Drops all pending tasks, timers and callbacks without writing events: the events of destructors in the
    /// tasks' coroutines are discarded.
    ~EventLoop();
    /// Returns the version of asyncio whose order the loop follows.
    [[nodiscard]] AsyncioVersion asyncio() const { return asyncio_; }
    /// Returns whether the destructor is running.
    [[nodiscard]] bool closing() const { return closing_; }

    /// Runs one handle, and begins an iteration first if the last one is over.
    Progress run_once();
    /// Runs the rest of the iteration under way, or the whole next one.
    Progress run_iteration();
    /// Runs until stop() is called or a deadlock (`run_forever`).
    Progress run();
    /// Makes the iteration under way the last one, and writes that to the trace.
    void stop();
    /// Has the loop go on where it was stopped (`run_forever`, called again). REQUIRES: its last iteration is
    /// over.
    void go_on() { stopping_ = false; }

    /// Returns the loop time.
    [[nodiscard]] Time time() const { return sink_->time(); }
    /// Returns when the loop has a handle to run: now, or at the first deadline; none if it never has.
    [[nodiscard]] std::optional<Time> next_time();
    /// Lets time pass until `end` in the middle of a handle, in which the threads beside the loop do what
    /// comes due (`time.sleep`).
    void block_until(Time end);
    /// Moves the clock forward to `now`, because another loop ran meanwhile; never back.
    void advance_to(Time now);
    [[nodiscard]] bool stopping() const { return stopping_; }
    [[nodiscard]] std::uint32_t iteration() const { return iteration_; }
    /// Returns how many handles of the snapshot have not been run.
    [[nodiscard]] std::size_t left_in_iteration() const { return ready_.in_turn(); }

    /// Schedules a target for the next iteration and writes that to the trace. Retains the target until it
    /// has run.
    void call_soon(Runnable& target);
    /// Schedules a target as call_soon() does and wakes the loop, which costs it a callback more; from a
    /// thread beside it, too (`loop.call_soon_threadsafe`).
    void call_soon_threadsafe(Runnable& target);
    /// Schedules a target for `deadline` and writes that to the trace. Returns the timer's slot, for
    /// `cancel_timer`. Retains the target until it has run or is cancelled.
    std::uint32_t call_at(Time deadline, Runnable& target);
    /// Cancels a timer and writes that to the trace. Does nothing if it was cancelled before. REQUIRES: the
    /// timer has not run.
    void cancel_timer(std::uint32_t slot);
    /// Cancels a timer without an event, because its target is destroyed with a pending task.
    void drop_timer(std::uint32_t slot) { timers_.cancel(slot); }

    /// Schedules a task's step for the next iteration. Writes no event: the caller writes why (`spawn`,
    /// `suspend`, `wake`).
    void step_soon(Steppable& task) { ready_.push(Handle::step(task)); }
    /// Suspends the running task until the next iteration (a bare yield) and writes that to the trace. `line`
    /// is the source line of the `co_await`.
    void yield(std::uint32_t line) {
        emit_and_schedule(*current_, trace::Kind::suspend, 0, trace::tagged(trace::Wait::yield, line));
    }
    /// Schedules the step of a task that waited for something of a kind and number, and writes that to the
    /// trace.
    void wake(Steppable& task, trace::Wait wait, std::uint32_t number) {
        emit_and_schedule(task, trace::Kind::wake, number, trace::tagged(wait));
    }
    /// Does what wake() does, for a loop that is not running. Apart, so that wake() stays small where it is
    /// inlined.
    void wake_from_outside(Steppable& task, trace::Wait wait, std::uint32_t number);
    /// Adds a new task to the table of unfinished tasks and gives it its number.
    void register_task(Steppable& task);
    /// Removes a task that has ended from the table of unfinished tasks.
    void unregister_task(Steppable& task);
    /// Adds a list to the table of those that have callbacks, which are dropped when the loop ends. REQUIRES:
    /// the list is not watched, and its handles are stored apart.
    void watch(CallbackList& list);
    /// Removes a list from the table of those that have callbacks. REQUIRES: the list is watched.
    void unwatch(CallbackList& list);
    /// Runs a task's step now, inside the step under way: an eager start.
    void step_now(Steppable& task);

    /// Returns the scope in which variables are read and written now: that of the running task, of the
    /// running callback, or of the main program.
    [[nodiscard]] context::AccessScope scope() {
        if (current_) [[likely]]
            return {&current_->context.dicts, &current_->context.vars, current_->id()};
        return {nullptr, callback_vars_ ? callback_vars_ : &main_vars_, beside_.task, beside_.arguments};
    }

    /// Has threads work beside the loop from now on; they end with it. REQUIRES: it has none.
    void set_beside(std::unique_ptr<Beside> threads) {
        beside_threads_ = std::move(threads);
        plain_ = false;
    }
    /// Returns the threads that work beside the loop; null if there never were any.
    [[nodiscard]] Beside* beside() const { return beside_threads_.get(); }
    /// Names the OS thread that the loop runs on, as the trace does; that on which a trace begins, if it is
    /// never called.
    void set_thread(std::uint32_t number, StringId name) { thread_ = {number, name}; }
    class OnThread;  // event_loop_beside.hpp

    /// Returns whether the code that runs now, or code that it was called by, runs in `context` itself.
    [[nodiscard]] bool is_entered(const context::Context& context);
    /// Returns the context of the running task, or callback, while its code is called in another one
    /// (Within); null otherwise.
    [[nodiscard]] const context::ContextVars* own_vars() const { return own_vars_; }
    class Within;  // event_loop_contexts.hpp

    /// Sets the function that makes new tasks' contexts; null for what the storages prescribe (see
    /// `inherit`).
    void set_task_factory(TaskFactory factory) { factory_ = std::move(factory); }
    /// Sets which factory of aiotask_context makes the dicts of the tasks that are created from now on, as
    /// they are seen under context_shared; each task keeps the dict that it has. (To select another storage
    /// instead shows every task as if that had always been there.)
    void set_task_factory(context::DictFactory factory);
    /// Returns the context of a task that is created now.
    [[nodiscard]] context::TaskContext make_context() { return factory_ ? factory_(*this) : inherit(); }
    /// Returns the context that a new task gets from the task that creates it, by each storage's own rule.
    [[nodiscard]] context::TaskContext inherit();

    /// Sets who makes this loop's choices from now on; null for asyncio's. The chooser has to live until the
    /// loop's last iteration is over.
    void set_chooser(Chooser* chooser) {
        chooser_ = chooser;
        plain_ = false;
    }

    /// Puts things that asyncio keeps in a set, whose order is one of addresses, into the order in which to
    /// go through them: that in which they are, unless a chooser takes another one.
    template <class Thing>
    void order_set(std::vector<Thing>& things) {
        if (chooser_) [[unlikely]]
            chooser_->order_set(things);
    }

    /// Sets whether create_task runs a task's first step at once
    /// (`loop.set_task_factory(asyncio.eager_task_factory)`). Before 3.12 there are no eager tasks: there
    /// they begin as all others do.
    void set_eager_tasks(bool eager) { eager_tasks_ = eager && asyncio_.has_eager_tasks(); }
    [[nodiscard]] bool eager_tasks() const { return eager_tasks_; }

    /// Sets the function that is called with exceptions that nothing in the program handles
    /// (`loop.set_exception_handler`); null, which is the default, for none.
    void set_exception_handler(ExceptionHandler handler) { exception_handler_ = std::move(handler); }
    /// Calls the exception handler, if there is one. What that throws is dropped (asyncio logs it).
    void call_exception_handler(const Unhandled& unhandled) const;
    /// Returns whether futures that fail are noted until their exception is asked for.
    [[nodiscard]] bool notes_unretrieved() const { return exception_handler_ && !closing_; }
    [[nodiscard]] Unretrieved& unretrieved() { return unretrieved_; }
    /// Calls the exception handler with every exception that was never asked for, because from now on none
    /// will be.
    void give_up_unretrieved();

    [[nodiscard]] TaskNotes& task_notes() { return task_notes_; }
    /// Returns the asynchronous generators that the loop knows.
    [[nodiscard]] LiveGenerators& live_generators() { return live_generators_; }
    [[nodiscard]] trace::Sink& sink() { return *sink_; }
    [[nodiscard]] context::Storages& storages() { return storages_; }
    [[nodiscard]] const ReadyQueue& ready() const { return ready_; }
    [[nodiscard]] const TimerHeap& timers() const { return timers_; }
    [[nodiscard]] const std::vector<Steppable*>& unfinished() const { return tasks_; }
    /// Returns the next number for something that tasks wait for.
    [[nodiscard]] ObjectId next_object() { return sink_->next_object(); }
    /// Returns the number of something that tasks wait for, and gives it the next one if it has none.
    [[nodiscard]] std::uint32_t number(ObjectId& object) {
        if (!object) [[unlikely]]
            object = next_object();
        return object.value;
    }

  private:
    class Scope;

    /// The context of code that has called what runs now in another one.
    struct Outer {
        const context::ContextVars* vars;
        Outer* before;
    };

    /// What works beside the loop now; with nothing in it, if nothing does.
    struct Working {
        TaskId task;                              // that it serves
        context::TaskDicts* arguments = nullptr;  // with which it was called
        TraceThread thread;
    };

    /// Writes an event about a task and schedules its step for the next iteration.
    void emit_and_schedule(Steppable& task, trace::Kind kind, std::uint32_t a, std::uint32_t b) {
        // A call in the middle would have the usual path save and restore registers, so it comes last.
        if (!sink_->has_room() || !ready_.has_room()) [[unlikely]]
            return make_room_and_step(task, kind, a, b);
        ready_.put(Handle::step(task));
        sink_->put(kind, task.id().value, a, b);
    }
    void make_room_and_step(Steppable& task, trace::Kind kind, std::uint32_t a, std::uint32_t b);

    /// Prepares the next iteration: moves the clock if nothing is ready, and the timers that are due to the
    /// ready queue. Returns `ran` if there is a handle to run then.
    Progress begin_iteration();
    void wait_for_timers();
    void work_beside();
    void push_wakeup();
    void say_thread(const TraceThread& thread);
    void emit_iteration(std::size_t snapshot);
    bool begin_with_step(std::span<const Handle> snapshot, trace::Sink& sink);
    void begin_late();
    void promote_due_timers();
    void promote_timer(std::uint32_t slot);
    void promote_due_timers_in_any_order();
    void shuffle_ready();
    // The sink and the cost of a handle are passed as arguments, because members would be loaded again after
    // each step.
    void run_all(std::span<const Handle> handles, trace::Sink& sink, std::uint64_t cost);
    void run_handle(Handle handle, trace::Sink& sink, std::uint64_t cost);
    // Everything but a plain step is in functions of its own, so that a plain step has the registers to
    // itself.
    [[gnu::noinline]] void run_call(Handle handle);
    void step(Steppable& task, trace::Sink& sink);
    void step_cancelled(Steppable& task);
    bool begins_cancelled(const Steppable& task);
    void begin_step(Steppable& task, trace::Sink& sink);
    void resume(Steppable& task);
    /// Does what the coroutine that returned to the loop has left to do: resumes the next one, or completes
    /// the task.
    [[gnu::noinline]] void hand_over(Steppable& task);
    bool call(Runnable* target);

    trace::Sink* sink_;
    context::Storages& storages_;
    std::uint64_t step_stamp_;  // what a handle costs, as the sink counts time
    ReadyQueue ready_;
    TimerHeap timers_;
    std::uint32_t iteration_ = 0;
    bool plain_ = true;  // only the ready queue determines what runs: no timers, no chooser, no stop()
    bool stopping_ = false;
    bool closing_ = false;
    bool eager_tasks_ = false;
    AsyncioVersion asyncio_;

    context::ContextVars* callback_vars_ = nullptr;  // of the callback that runs; null: main_vars_
    context::ContextVars main_vars_;                 // outside of tasks and callbacks
    TaskFactory factory_;
    context::DictFactory dict_factory_ = context::DictFactory::sharing;
    Chooser* chooser_ = nullptr;
    std::vector<std::uint32_t> due_;      // scratch: timers of equal deadlines, in heap order
    std::vector<Steppable*> tasks_;       // unfinished ones; a task's `slot` is its index
    std::vector<CallbackList*> watched_;  // a list knows its index
    ExceptionHandler exception_handler_;
    Unretrieved unretrieved_;
    TaskNotes task_notes_;
    LiveGenerators live_generators_;
    std::unique_ptr<Beside> beside_threads_;
    Working beside_;
    TraceThread thread_;      // that the loop runs on
    bool woken_ = false;      // by call_soon_threadsafe, since it last looked
    Outer* outer_ = nullptr;  // the innermost of those that wait for what runs now
    const context::ContextVars* own_vars_ = nullptr;
    // Where events go while the loop ends; made before, for there may be no memory then.
    std::unique_ptr<trace::Discard> nowhere_ = std::make_unique<trace::Discard>();
};

// The context is constructed in place: to be moved, it would be read in one piece before the writes of its
// two parts have been retired, and the processor would stall.
inline Steppable::Steppable(EventLoop& loop)
    : FutureCore(loop, trace::Wait::task), context(loop.make_context()) {}

}  // namespace loopscope::loop
