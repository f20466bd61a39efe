#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/loop/chooser.hpp"
#include "core/loop/ready_queue.hpp"
#include "core/loop/steppable.hpp"
#include "core/loop/timer_heap.hpp"
#include "core/loop/unhandled.hpp"
#include "core/trace/sink.hpp"

namespace loopscope::loop {

/// Decides what a new task carries with it: what `loop.set_task_factory` is for. Called in create_task, with
/// the task that creates (null outside tasks) still current.
using TaskFactory = std::function<context::TaskContext(EventLoop& loop)>;

/// What happened when a loop was asked to go on.
enum class Progress : std::uint8_t {
    ran,       ///< a handle was taken from the ready queue
    stopped,   ///< stop() was called and its iteration is over
    deadlock,  ///< nothing is ready and no timer is running: asyncio would wait for ever
};

/// An event loop that runs things in the order in which CPython 3.13's asyncio does
/// (Lib/asyncio/base_events.py, `_run_once`), under a virtual clock, and writes all that it does to a trace.
///
/// An iteration: drop cancelled timers that are first; if nothing is ready, move the clock to the first
/// deadline; move the timers that are due to the ready queue, in heap order; take the number of ready handles
/// as the snapshot; run exactly that many. What they make ready waits for the next iteration.
///
/// The unit is one handle, which is what `run_once` runs; `run_iteration` and `run` do that many times. Time
/// passes in two ways only: by the step cost after each handle, and by waiting. Not thread-safe.
class EventLoop {
  public:
    struct Options {
        /// What each handle costs in loop time.
        Duration step_cost = std::chrono::microseconds(1);
    };

    EventLoop(trace::Sink& sink, context::Storages& storages, Options options);
    EventLoop(trace::Sink& sink, context::Storages& storages) : EventLoop(sink, storages, Options{}) {}
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;
    /// Drops what is still pending, without a trace of it: what destructors in its coroutines do goes
    /// nowhere.
    ~EventLoop();
    /// Whether that is under way.
    [[nodiscard]] bool closing() const { return closing_; }

    /// The loop that runs on this thread; null outside of it (`asyncio._get_running_loop`).
    [[nodiscard]] static EventLoop* running() { return running_; }

    /// Runs one handle, beginning an iteration first if the last one is over.
    Progress run_once();
    /// Runs to the end of the iteration under way, or the whole next one.
    Progress run_iteration();
    /// Runs until stop() or a deadlock (`run_forever`).
    Progress run();
    /// The iteration under way is the last one.
    void stop();

    [[nodiscard]] Time time() const { return sink_->time(); }
    /// When this loop has something to run: now, or at its first deadline. None: never.
    [[nodiscard]] std::optional<Time> next_time();
    /// Time has passed elsewhere: another loop had its turn.
    void advance_to(Time now);
    [[nodiscard]] bool stopping() const { return stopping_; }
    [[nodiscard]] std::uint32_t iteration() const { return iteration_; }
    /// How many handles of the snapshot have not been run.
    [[nodiscard]] std::size_t left_in_iteration() const { return ready_.in_turn(); }

    /// The target runs in the next iteration. Retains it until then.
    void call_soon(Runnable& target);
    /// The target runs once `deadline` has come; gives the timer's slot for `cancel_timer`.
    std::uint32_t call_at(Time deadline, Runnable& target);
    void cancel_timer(std::uint32_t slot);
    /// The same without a trace of it, for a timer whose target is destroyed with a pending task.
    void drop_timer(std::uint32_t slot) { timers_.cancel(slot); }

    /// A task's step runs in the next iteration. Writes no event: the caller says why (`spawn`, `suspend`,
    /// `wake`).
    void step_soon(Steppable& task) { ready_.push(Handle::step(task)); }
    /// The running task gives way to the others that are ready, and says so in the trace.
    void yield(std::uint32_t line) {
        say_and_step(*current_, trace::Kind::suspend, 0, trace::tagged(trace::Wait::yield, line));
    }
    /// A task that waited for something of this kind and number is ready, and the trace says so.
    void wake(Steppable& task, trace::Wait wait, std::uint32_t number) {
        say_and_step(task, trace::Kind::wake, number, trace::tagged(wait));
    }
    /// The same out of line, for when this loop is not running.
    void wake_from_outside(Steppable& task, trace::Wait wait, std::uint32_t number);
    /// Takes a new task into the table of unfinished ones and gives it its number.
    void adopt(Steppable& task);
    /// The task has ended.
    void disown(Steppable& task);
    /// A list has callbacks, which are dropped when the loop ends.
    void watch(CallbackList& list);
    void unwatch(CallbackList& list);
    /// Steps a task now, inside the step under way: an eager start.
    void step_now(Steppable& task);

    /// What the coroutine that runs does as it comes back to the loop, beside waiting. (What it waits for is
    /// its own business.)
    /// It hands over to another coroutine of the same task: one that it awaits, or that awaited it.
    void transfer_to(std::coroutine_handle<> other) {
        current_->leaf = other;
        exit_ = Exit::transferred;
    }
    /// It was the outermost one, and it is over.
    void finish_task() { exit_ = Exit::returned; }
    /// Its body begins: the task's, or that of a coroutine which the task awaits.
    void begin_body() { current_->resume = trace::Resume::value; }
    /// It ended with an exception, which goes on in the one that awaited it, or else ends the task: before
    /// anything else runs, so that one place is enough for all coroutines.
    void raise(std::exception_ptr error) { raised_ = std::move(error); }
    /// Whether there is one on its way.
    [[nodiscard]] bool raised() const { return static_cast<bool>(raised_); }
    /// Takes it; null: there is none.
    [[nodiscard]] std::exception_ptr take_raised() { return std::exchange(raised_, {}); }
    /// Throws it, if there is one: for the coroutine that awaited.
    void rethrow_raised() {
        if (raised()) [[unlikely]]
            std::rethrow_exception(take_raised());
    }

    /// The task whose step is under way; null in callbacks and outside of `run_once`.
    [[nodiscard]] Steppable* current() const { return current_; }
    /// Who reads and writes at this moment.
    [[nodiscard]] context::Place place() {
        if (current_) [[likely]]
            return {&current_->context.dicts, &current_->context.vars, current_->id()};
        return {nullptr, callback_vars_ ? callback_vars_ : &main_vars_, {}};
    }

    /// null: what the storages prescribe, all at once (see `inherit`).
    void set_task_factory(TaskFactory factory) { factory_ = std::move(factory); }
    /// What a task created now carries with it.
    [[nodiscard]] context::TaskContext make_context() { return factory_ ? factory_(*this) : inherit(); }
    /// What a task gets from the one that creates it, by every storage's own rule.
    [[nodiscard]] context::TaskContext inherit();

    /// Who takes this loop's choices from here on; null: it does what asyncio does. Has to outlive the loop's
    /// last iteration.
    void set_chooser(Chooser* chooser) {
        chooser_ = chooser;
        plain_ = false;
    }

    /// Whether create_task runs a task's first step at once
    /// (`loop.set_task_factory(asyncio.eager_task_factory)`).
    void set_eager_tasks(bool eager) { eager_tasks_ = eager; }
    [[nodiscard]] bool eager_tasks() const { return eager_tasks_; }

    /// Who is told of exceptions that nothing in the program handles (`loop.set_exception_handler`); null, as
    /// a loop begins: nobody.
    void set_exception_handler(ExceptionHandler handler) { exception_handler_ = std::move(handler); }
    void call_exception_handler(const Unhandled& unhandled) const {
        if (exception_handler_) exception_handler_(unhandled);
    }
    /// Whether futures that fail are to be noted, until somebody asks for their exception.
    [[nodiscard]] bool notes_unretrieved() const { return exception_handler_ && !closing_; }
    [[nodiscard]] Unretrieved& unretrieved() { return unretrieved_; }
    /// Tells the exception handler of every exception that nobody has asked for: nobody will any more.
    void give_up_unretrieved();

    [[nodiscard]] trace::Sink& sink() { return *sink_; }
    [[nodiscard]] context::Storages& storages() { return storages_; }
    [[nodiscard]] const ReadyQueue& ready() const { return ready_; }
    [[nodiscard]] const TimerHeap& timers() const { return timers_; }
    [[nodiscard]] const std::vector<Steppable*>& unfinished() const { return tasks_; }
    /// A number for something that tasks wait for.
    [[nodiscard]] ObjectId next_object() { return sink_->next_object(); }
    /// The number of something that gets one when it is first named.
    [[nodiscard]] std::uint32_t number(ObjectId& object) {
        if (!object) [[unlikely]]
            object = next_object();
        return object.value;
    }

  private:
    class Scope;

    /// How the coroutine that was resumed came back.
    enum class Exit : std::uint8_t { suspended, transferred, returned };

    /// Writes an event about a task whose step runs in the next iteration.
    void say_and_step(Steppable& task, trace::Kind kind, std::uint32_t a, std::uint32_t b) {
        // With a call in its middle, the usual way would save and restore registers: here it comes last.
        if (!sink_->has_room() || !ready_.has_room()) [[unlikely]]
            return make_room_and_step(task, kind, a, b);
        ready_.put(Handle::step(task));
        sink_->put(kind, task.id().value, a, b);
    }
    void make_room_and_step(Steppable& task, trace::Kind kind, std::uint32_t a, std::uint32_t b);

    /// Gives `ran` if there is something to run now.
    Progress get_ready();
    void wait_for_timers();
    void say_iteration(std::size_t snapshot);
    bool begin_with_step(std::span<const Handle> snapshot, trace::Sink& sink);
    void begin_late();
    void take_due();
    void make_due(std::uint32_t slot);
    void take_due_in_any_order();
    void shuffle_ready();
    // Where events go, and what a handle costs, is handed down: it would otherwise be fetched again after
    // each step.
    void run_all(std::span<const Handle> handles, trace::Sink& sink, std::uint64_t cost);
    void run_handle(Handle handle, trace::Sink& sink, std::uint64_t cost);
    // What is not a step that just goes on is apart, so that such a step has the registers to itself.
    [[gnu::noinline]] void run_call(Handle handle);
    void step(Steppable& task, trace::Sink& sink);
    void step_cancelled(Steppable& task);
    void begin_step(Steppable& task, trace::Sink& sink);
    void resume(Steppable& task);
    /// Goes on with what the coroutine that came back has left to do.
    [[gnu::noinline]] void hand_over(Steppable& task);
    bool call(Runnable* target);

    trace::Sink* sink_;
    context::Storages& storages_;
    std::uint64_t step_stamp_;  // what a handle costs, as the sink counts time
    ReadyQueue ready_;
    TimerHeap timers_;
    std::uint32_t iteration_ = 0;
    bool plain_ = true;  // nothing but the ready queue says what comes: no timers, no chooser, no stop()
    bool stopping_ = false;
    bool closing_ = false;
    bool eager_tasks_ = false;
    Exit exit_ = Exit::suspended;

    Steppable* current_ = nullptr;
    std::exception_ptr raised_;                      // on its way from a coroutine to whoever awaited it
    context::ContextVars* callback_vars_ = nullptr;  // of the callback that runs; null: main_vars_
    context::ContextVars main_vars_;                 // outside of tasks and callbacks
    TaskFactory factory_;
    Chooser* chooser_ = nullptr;
    std::vector<std::uint32_t> due_;      // scratch: timers of equal deadlines, in heap order
    std::vector<Steppable*> tasks_;       // unfinished ones; a task's `slot` is its place
    std::vector<CallbackList*> watched_;  // a list knows its place
    ExceptionHandler exception_handler_;
    Unretrieved unretrieved_;

    inline static constinit thread_local EventLoop* running_ = nullptr;
};

// The context is made where it stays: to be moved it would be read in one piece before its two parts have
// been written, which a processor waits for.
inline Steppable::Steppable(EventLoop& loop)
    : FutureCore(loop, trace::Wait::task), context(loop.make_context()) {}

}  // namespace loopscope::loop
