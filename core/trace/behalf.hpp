// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/trace/items.hpp"
#include "core/trace/log.hpp"
#include "core/trace/party.hpp"
#include "core/trace/task_info.hpp"

namespace loopscope::trace {

/// An event as it arrives, with what is known by then.
struct Moment {
    const Log& log;
    const std::vector<TaskInfo>& tasks;
    TaskId running;  ///< the task whose step is under way; none: no step is
    TaskId main;     ///< the root task that all others come from; none: there is none, or more than one
    EventIndex event;
};

/// The verdicts on the value that a print shows.
enum class Verdict : std::uint8_t {
    right,  ///< its party wrote it, or one above that; or nobody knows
    leak,   ///< another chain wrote it
    stale,  ///< its own chain wrote it, or one that scheduled it, but not for the party that it works for
};

/// Follows on whose behalf tasks, callbacks and executors' jobs work: for the chain whose item, callback or
/// connection they took last, until the next one, `task_done`, or their end. What a task waits for changes
/// nothing of this.
///
///  - A `take` makes a task work for whoever put the item, or for whom that one worked as it put the item. An
///    item that is put back into the queue that it was taken out of, as a pool of connections has it, stays
///    what it was.
///  - A `serve` makes it work for the connection.
///  - A callback works for whom the one worked that scheduled it; what comes from outside, as when a file
///    descriptor is ready, works for nobody that is known.
///  - A job works for whom the task worked that asked for it.
///  - A task works from the beginning for whom its creator worked then.
///
/// Work for a main task is nobody's in particular: who does it works for its own chain.
///
/// Needs memory for `put`, `take`, `serve`, `task_done` and `connection` events, for callbacks that are
/// scheduled and have not run, and for callbacks and jobs that write.
class Behalf {
  public:
    using Tasks = std::vector<TaskInfo>;

    // As events arrive, in their order.

    void put(const Moment& moment);
    void take(const Moment& moment);
    void task_done(const Moment& moment);
    void connection(const Moment& moment);
    void serve(const Moment& moment);
    /// Notes that a callback became ready, at the moment of a `ready` event.
    void ready(const Moment& moment);
    /// Notes that a timer started, which will run a callback.
    void timer(const Moment& moment, TimerId timer);
    void timer_due(TimerId timer, EventIndex due);
    void timer_cancelled(TimerId timer) { timers_.erase(timer.value); }
    /// Forgets a callback that was made ready by an event and will not run.
    void forget(EventIndex ready) { ready_.erase(ready); }
    /// Forgets the timers of a thread's loop, which is closed.
    void drop_timers(std::uint32_t thread);
    /// Notes that a callback begins, which was made ready by an event; none: no event of the trace did.
    void begin_callback(EventIndex ready);
    void end_callback() { turn().callback.reset(); }
    void begin_job(const Moment& moment);
    void end_job() { turn().job.reset(); }
    /// Notes that a task is created, at the moment of its `spawn` event. REQUIRES: `moment.tasks` has it.
    void spawn(const Moment& moment, TaskId task);
    /// Notes that a task ends. What follows within the same handle is still its doing.
    void finish(TaskId task) { turn().ended = task; }
    /// Notes that the step or the handle under way is over.
    void end_handle() { turn().ended = {}; }
    void switch_thread(std::uint32_t thread);
    void set(const Moment& moment) {
        if (turn().callback || turn().job || !notes_.empty()) note(moment);
    }

    /// Returns the verdict on the print at a moment. `crosses` says whether another chain than the printing
    /// task's wrote the value, and none above it.
    [[nodiscard]] Verdict judge(const Moment& moment, bool crosses);

    // About events that have been read.

    /// Returns the items of queues.
    [[nodiscard]] const Items& items() const { return items_; }
    /// Returns whom a task works for at an event.
    [[nodiscard]] Errand errand_of(const Log& log, const Tasks& tasks, TaskId task, EventIndex event) const;
    /// Returns whom the reader of a stale print worked for. REQUIRES: the print is stale.
    [[nodiscard]] Errand errand_of_stale(const Log& log, const Tasks& tasks, EventIndex print) const;
    /// Returns whom the writer worked for at a `set` event.
    [[nodiscard]] Errand errand_of_write(const Log& log, const Tasks& tasks, EventIndex set) const;

  private:
    /// What a thread does beside the steps of tasks.
    struct Turn {
        TaskId ended;  // the task that has ended in the handle under way
        std::optional<Errand> callback;
        std::optional<Errand> job;
    };
    /// The work of a task that was not always for its own chain.
    struct Life {
        Errand base;  // before the first change, and after `task_done`
        IndexColumn<EventIndex> changes;
    };
    /// A timer that runs a callback.
    struct Timer {
        std::uint32_t thread = 1;
        Errand errand;
    };
    /// What callbacks and jobs do, from an event on, up to the next note.
    struct Note {
        EventIndex from;
        std::optional<Errand> errand;  // none: steps of tasks do
    };

    [[nodiscard]] Turn& turn() { return turns_[thread_ - 1]; }
    [[nodiscard]] const Turn& turn() const { return turns_[thread_ - 1]; }
    /// Returns the task that does what happens; none: no task's step does.
    [[nodiscard]] TaskId doer(const Moment& moment) const;
    /// Returns the errand of the callback or the job that is under way; none: neither is.
    [[nodiscard]] std::optional<Errand>& other_doer();
    /// Returns whom the one works for who does what happens.
    [[nodiscard]] Errand now(const Moment& moment);
    [[nodiscard]] Errand handed_over(const Moment& moment);
    void change(const Moment& moment, const Errand& errand);
    void note(const Moment& moment);
    [[nodiscard]] const Note* note_at(EventIndex event) const;

    [[nodiscard]] const Life* life_of(TaskId task) const;
    /// Returns the errand that the last `take` or `serve` of a life before or at an event began; one without
    /// `since` if there was none, or it is done.
    [[nodiscard]] Errand last_of(const Log& log, const Life& life, EventIndex event) const;
    [[nodiscard]] Errand errand_of_read(const Log& log, const Tasks& tasks, EventIndex print) const;
    [[nodiscard]] bool is_its_own(const Log& log, const Tasks& tasks, TaskId task, EventIndex set) const;
    [[nodiscard]] Party above(const Tasks& tasks, const Party& party) const;
    [[nodiscard]] bool is_of(const Tasks& tasks, Party reader, const Party& writer) const;

    Items items_;
    std::vector<Party> connections_;  // of each connection, whom the one worked for who made it
    std::uint32_t thread_ = 1;
    std::vector<Turn> turns_ = std::vector<Turn>(1);   // by thread
    std::unordered_map<std::uint32_t, Life> lives_;    // by task
    std::unordered_map<std::uint32_t, Timer> timers_;  // that run, by number
    std::unordered_map<EventIndex, Errand> ready_;     // callbacks, by the event that made them ready
    std::vector<Note> notes_;
};

}  // namespace loopscope::trace
