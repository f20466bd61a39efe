// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/fifo.hpp"
#include "core/trace/behalf.hpp"
#include "core/trace/index_columns.hpp"
#include "core/trace/key_forest.hpp"
#include "core/trace/log.hpp"
#include "core/trace/running.hpp"
#include "core/trace/slices.hpp"
#include "core/trace/storage.hpp"
#include "core/trace/task_names.hpp"
#include "core/trace/tracks.hpp"

namespace loopscope::trace {

/// A selection of a storage, by the user or at the start.
struct SwitchInfo {
    EventIndex event;
    Storage storage = Storage::global;
    VariableId variable;  ///< the variable whose reads the storage answers; none: all variables
};

/// Facts about a whole trace that do not depend on the cursor, gathered once from each event as it arrives.
///
/// An index does not keep what can be found in the log again, so the log has to outlive it.
///
/// What holds at the cursor is in State. What happened up to the cursor is found in an index by comparing
/// event indices.
///
/// A chain is a root task and all that descends from it. Where all tasks descend from one root, as under
/// `asyncio.run(main())`, that would tell nothing apart, so a child that a root creates while it is the only
/// root heads a chain of its own. So does a task that a callback makes, which counts as one that the main
/// task made where there is one.
class Index {
  public:
    Index();

    /// The width of a task's step on the sequence axis. Any other handle is a quarter as wide.
    static constexpr std::uint32_t step_width = 4;

    /// Reads the events that were appended since the last call.
    void update(const Log& log) { update(log, log.size()); }
    /// Reads the events that were appended since the last call, up to the first `count` of the log. REQUIRES:
    /// count <= log.size().
    void update(const Log& log, std::uint32_t count);

    /// Returns a number that no other index of the process has, for caches of what was computed from an
    /// index.
    [[nodiscard]] std::uint64_t serial() const { return serial_; }
    /// Returns how many events have been read.
    [[nodiscard]] std::uint32_t size() const { return seen_.value; }
    /// Returns the index after the last event that has been read.
    [[nodiscard]] EventIndex end_index() const { return seen_; }
    /// Returns the tasks in order of creation: task n is at n - 1.
    [[nodiscard]] const std::vector<TaskInfo>& tasks() const { return tasks_; }
    /// Returns what is known of a task. REQUIRES: the trace has the task.
    [[nodiscard]] const TaskInfo& task(TaskId id) const { return tasks_[id.value - 1]; }
    /// Returns the symbol of the chain that a task heads, by which its tasks are called: what they wrote
    /// first; none if they have written nothing, or something that may change and so is no name, such as a
    /// list or an object.
    [[nodiscard]] StringId symbol_of(const Log& log, TaskId head) const;
    /// Returns the names of the OS threads, in order of their numbers. A trace with a single thread may have
    /// no name for it.
    [[nodiscard]] const std::vector<StringId>& threads() const { return threads_; }
    /// Returns the prints, in order of their events.
    [[nodiscard]] const Prints& prints() const { return prints_; }
    /// Returns whether any print is of no task: a callback printed it.
    [[nodiscard]] bool callbacks_print() const { return callbacks_print_; }
    /// Returns the handles, in the order in which they began.
    [[nodiscard]] const Handles& handles() const { return handles_; }
    /// Returns the selections of storages, in order of their events.
    [[nodiscard]] const std::vector<SwitchInfo>& switches() const { return switches_; }
    /// Returns the `iteration` events.
    [[nodiscard]] const IndexColumn<EventIndex, IterationIndex>& iterations() const { return iterations_; }
    /// Returns the `set` events.
    [[nodiscard]] const IndexColumn<EventIndex>& sets() const { return sets_; }
    /// Returns the first `set` event of each chain that has any, in order.
    [[nodiscard]] const IndexColumn<EventIndex>& first_sets() const { return first_sets_; }
    /// Returns the first `set` event of each thread that has any, in order.
    [[nodiscard]] const IndexColumn<EventIndex>& first_sets_of_threads() const {
        return first_sets_of_threads_;
    }
    /// Returns the first `set` event of each root task and its descendants, where they have any, in order.
    [[nodiscard]] const IndexColumn<EventIndex>& first_sets_of_roots() const { return first_sets_of_roots_; }
    /// Returns the `set` events of the chain that a task heads.
    [[nodiscard]] const IndexColumn<EventIndex>& sets_of_chain(TaskId head) const {
        return found(chain_sets_, head.value);
    }
    /// Returns the `set` events of the tasks on a thread.
    [[nodiscard]] const IndexColumn<EventIndex>& sets_of_thread(std::uint32_t thread) const {
        return found(thread_sets_, thread);
    }
    /// Returns the `set` events of the main task and its descendants.
    [[nodiscard]] const IndexColumn<EventIndex>& sets_of_main() const { return main_sets_; }
    /// Returns the tasks that print, in order of their first prints.
    [[nodiscard]] const std::vector<TaskId>& printing_tasks() const { return printing_tasks_; }
    /// Returns the tasks that ended, and those whose origin was decided, in the order in which that happened.
    [[nodiscard]] const std::vector<TaskId>& task_changes() const { return task_changes_; }
    /// Returns how many tasks are of the program's own code. None are, where a trace has no source lines.
    [[nodiscard]] std::size_t program_tasks() const { return program_tasks_; }
    /// Returns what tasks are called.
    [[nodiscard]] const TaskNames& task_names() const { return task_names_; }
    /// Returns the last request to cancel a task before an event; none if there was none.
    [[nodiscard]] EventIndex last_cancel(TaskId task, EventIndex before) const;
    /// Returns how many steps of a task begin before an event.
    [[nodiscard]] std::uint32_t steps_before(TaskId task, EventIndex event) const;
    /// Returns the `suspend` or `finish` event that ended a task's step of this number, from 0; none: the
    /// step goes on.
    [[nodiscard]] EventIndex end_of_step(TaskId task, std::size_t step) const;
    /// Returns the forest that finds prints by their events.
    [[nodiscard]] const KeyForest<EventIndex, PrintIndex>& print_forest() const { return print_forest_; }
    /// Returns the `variable` events: variable n is at n - 1.
    [[nodiscard]] const std::vector<EventIndex>& variables() const { return variables_; }
    /// Returns the `timer` event of a timer; none if there is no such timer.
    [[nodiscard]] EventIndex start_of(TimerId timer) const {
        return timer && timer.value <= timers_.size() ? timers_[timer.value - 1] : EventIndex{};
    }
    /// Returns the end of the sequence axis.
    [[nodiscard]] AxisPosition width() const { return width_; }

    /// Returns the loop time of an event. REQUIRES: event < size().
    [[nodiscard]] Time time(const Log& log, EventIndex event) const;
    /// Returns the first event that is not before a time; end_index() if all events are before it.
    [[nodiscard]] EventIndex first_at(const Log& log, Time time) const;

    /// Returns the loop time at which a handle has ended; the time that the handle takes may pass after its
    /// last event. Where the loop waited next, that time cannot be told from the wait, and the time of the
    /// last event is returned.
    [[nodiscard]] Time end_of(const Log& log, HandleIndex handle) const;

    /// Returns how many prints there are up to and including an event.
    [[nodiscard]] std::uint32_t prints_until(EventIndex event) const { return print_after(event).value; }
    /// Returns the first print after an event; the index after the last print if there is none.
    [[nodiscard]] PrintIndex print_after(EventIndex event) const;
    /// Returns the last print up to and including an event; std::nullopt if there is none.
    [[nodiscard]] std::optional<PrintIndex> last_print(EventIndex event) const;
    /// Returns how many prints up to and including an event leak.
    [[nodiscard]] std::uint32_t leaks_until(EventIndex event) const;
    /// Returns how many prints up to and including an event are stale.
    [[nodiscard]] std::uint32_t stales_until(EventIndex event) const;
    /// Returns the stale prints of a task.
    [[nodiscard]] const IndexColumn<PrintIndex>& stales_of(TaskId task) const {
        return found(stales_, task.value);
    }
    /// Returns whom the one worked for who read what a stale print shows. REQUIRES: the print is stale.
    [[nodiscard]] Errand errand_of_stale(const Log& log, PrintIndex print) const {
        return behalf_.errand_of_stale(log, tasks_, prints_.event(print));
    }
    /// Returns whom the writer worked for at a `set` event.
    [[nodiscard]] Errand errand_of_write(const Log& log, EventIndex set) const {
        return behalf_.errand_of_write(log, tasks_, set);
    }
    /// Returns whom a task worked for at an event. REQUIRES: the trace has the task.
    [[nodiscard]] Errand errand_of(const Log& log, TaskId task, EventIndex event) const {
        return behalf_.errand_of(log, tasks_, task, event);
    }
    /// Returns the storage that answers reads of a variable after an event; without a variable, the storage
    /// that answers reads of variables that have no selection of their own.
    [[nodiscard]] Storage storage_at(EventIndex event, VariableId variable = {}) const;
    /// Returns the number of the file that an event's line is of, from 1.
    [[nodiscard]] std::uint32_t file_at(const Log& log, EventIndex event) const;
    /// Returns the paths of the files, in order of their numbers; the first is the source that INFO has, and
    /// may have none.
    [[nodiscard]] const std::vector<StringId>& files() const { return files_; }
    /// Returns the `end` event, after which there are only events that can be passed over; none: the program
    /// is not over.
    [[nodiscard]] EventIndex end_of_program() const { return end_of_program_; }
    /// Returns the items of queues.
    [[nodiscard]] const Items& items() const { return behalf_.items(); }
    /// Returns the `connection` events: connection n is at n - 1.
    [[nodiscard]] const IndexColumn<EventIndex>& connections() const { return connections_; }
    /// Returns the tracks and counters of an imported trace.
    [[nodiscard]] const Tracks& tracks() const { return tracks_of_slices_; }
    /// Returns the slices, instants, flows and values of counters of an imported trace.
    [[nodiscard]] const Slices& slices() const { return slices_; }
    /// Returns whether the trace is of tracks alone: it says nothing of loops and tasks.
    [[nodiscard]] bool is_of_tracks() const { return tasks_.empty() && !slices_.empty(); }
    /// Returns the index of the handle that an event belongs to: the last one that began no later than the
    /// event, or the handle that goes on after a change of threads. Returns std::nullopt if no handle had
    /// begun.
    [[nodiscard]] std::optional<HandleIndex> handle_at(EventIndex event) const;
    /// Returns the first handle that begins after an event; the index after the last handle if none does.
    [[nodiscard]] HandleIndex handle_after(EventIndex event) const;
    /// Returns the first handle that does not begin before a position of the sequence axis; the index after
    /// the last handle if there is none.
    [[nodiscard]] HandleIndex handle_from(AxisPosition position) const;
    /// Returns the first handle that does not begin before a time; the index after the last handle if there
    /// is none.
    [[nodiscard]] HandleIndex handle_from(const Log& log, Time time) const;
    /// Writes to `handles` the first handle that does not begin before each of the rising positions: exact
    /// for the first and the last one, and for the others as in KeyForest::ranks. REQUIRES: as many handles
    /// as positions, at least one.
    void handles_from(std::span<const AxisPosition> positions, std::span<HandleIndex> handles) const;
    /// Writes to `handles` the first handle that does not begin before each of the rising times: exact for
    /// the first and the last one, and for the others as in KeyForest::ranks. REQUIRES: as many handles as
    /// times, at least one.
    void handles_from(const Log& log, std::span<const Time> times, std::span<HandleIndex> handles) const;
    /// Returns the last event of a handle, where stepping over the handle ends. A clock or a switch of
    /// storages after the handle does not belong to it; one inside the handle does not end it.
    [[nodiscard]] EventIndex last_event(HandleIndex handle) const;

  private:
    void read(const Log& log, const Event& event, EventIndex at);
    void begin_handle(EventIndex at, std::uint32_t width, EventIndex ready);
    void end_handle();
    void spawn(const Log& log, const Event& event, EventIndex at);
    void name(const Log& log, const Event& event);
    /// Returns what a task is called, but for its chain's symbol and its number.
    [[nodiscard]] StringId called(TaskId task) const {
        const TaskInfo& its = this->task(task);
        return its.name ? its.name : its.coroutine;
    }
    void join_chain();
    void name_chain(TaskId head, StringId symbol);
    void set_origin(TaskId task, Origin origin);
    void begin_callback(const Event& event, EventIndex at, EventIndex ready);
    void drop();
    void become_main(TaskId task);
    [[nodiscard]] Moment moment(const Log& log, EventIndex at) const;
    void switch_thread(const Event& event, EventIndex at);
    /// Returns whether a step, a callback or a job is under way.
    [[nodiscard]] bool is_inside() const { return running_.task() || in_callback_ || in_job_; }
    void file(const Event& event, EventIndex at);
    void made_ready(TaskId task, EventIndex at);
    void set(const Log& log, const Event& event, EventIndex at);
    void print(const Log& log, EventIndex at);
    void begin_step(const Event& event, EventIndex at);
    void end_step(const Log& log, const Event& event, EventIndex at);
    void cancel(const Event& event, EventIndex at);
    /// Removes and returns the event that made the callback of `event` ready: the first on the thread that
    /// fits, of those that were not taken yet.
    [[nodiscard]] EventIndex take_callback(const Log& log, const Event& event);
    [[nodiscard]] bool fits(const Log& log, EventIndex ready, const Event& callback) const;
    /// Lists of events or prints, by a number such as that of a task or a thread.
    template <class Index>
    using ListsOf = std::unordered_map<std::uint32_t, IndexColumn<Index>>;
    using Lists = ListsOf<EventIndex>;
    template <class Index>
    [[nodiscard]] static const IndexColumn<Index>& found(const ListsOf<Index>& lists, std::uint32_t number) {
        static const IndexColumn<Index> none;
        const auto list = lists.find(number);
        return list == lists.end() ? none : list->second;
    }
    [[nodiscard]] bool is_above_chain(TaskId ancestor, TaskId task) const;
    [[nodiscard]] bool known(TaskId task) const { return task && task.value <= tasks_.size(); }

    static constexpr std::uint32_t mark_distance = 32;
    static constexpr std::uint32_t time_distance = 256;

    std::uint64_t serial_;
    EventIndex seen_;                      // the first event that has not been read
    Time clock_{0};                        // of the last clock event
    EventIndex last_clock_;                // the last clock event
    IndexColumn<EventIndex> clock_marks_;  // the last clock event before event 0, mark_distance, …; 0: none
    std::vector<Time> time_marks_;         // of event 0, time_distance, …
    AxisPosition width_;
    std::uint32_t roots_ = 0;  // those that no callback made
    TaskId last_root_;
    std::uint32_t chains_ = 0;
    Running running_;
    std::vector<StringId> threads_ = std::vector<StringId>(1);
    std::uint32_t thread_ = 1;
    std::vector<TaskInfo> tasks_;
    std::vector<TaskId> task_changes_;
    std::size_t program_tasks_ = 0;
    TaskNames task_names_;
    /// Of a chain without a symbol, at its head, the latest of its other tasks; at each of those the one
    /// before it.
    std::vector<TaskId> chain_members_;
    Prints prints_;
    bool callbacks_print_ = false;
    Handles handles_;
    EventIndex first_;   // of the last handle
    EventIndex last_;    // its last event so far
    bool open_ = false;  // whether it may go on
    bool in_callback_ = false;
    bool in_job_ = false;
    /// A handle that was interrupted by the turn of another thread.
    struct Halted {
        std::uint32_t thread = 0;
        HandleIndex handle;
        bool in_callback = false;
        bool in_job = false;
    };
    std::vector<Halted> halted_;
    std::optional<HandleIndex> resumed_;                           // the handle that goes on, if one does
    std::vector<std::pair<EventIndex, HandleIndex>> resumes_;      // the event and the handle that goes on
    std::unordered_map<HandleIndex, EventIndex> ends_of_resumed_;  // the last events of resumed handles
    PackedColumn lengths_;  // beside handles_: how many events each has after its first; none for an open one
    std::vector<Fifo<EventIndex>> callbacks_ = std::vector<Fifo<EventIndex>>(1);  // ready, by thread
    std::vector<SwitchInfo> switches_;
    IndexColumn<EventIndex, IterationIndex> iterations_;
    IndexColumn<EventIndex> timers_;
    IndexColumn<EventIndex> sets_;
    IndexColumn<EventIndex> first_sets_;
    IndexColumn<EventIndex> first_sets_of_threads_;
    IndexColumn<EventIndex> first_sets_of_roots_;
    KeyForest<EventIndex, HandleIndex> handle_forest_;
    KeyForest<AxisPosition, HandleIndex> position_forest_;
    KeyForest<EventIndex, PrintIndex> print_forest_;
    Lists chain_sets_;   // by head
    Lists thread_sets_;  // by thread
    IndexColumn<EventIndex> main_sets_;
    Lists cancels_;               // requests, by the task that is to be cancelled
    ListsOf<PrintIndex> stales_;  // by task
    std::vector<TaskId> printing_tasks_;
    std::vector<EventIndex> variables_;
    std::vector<StringId> files_ = std::vector<StringId>(1);
    IndexColumn<EventIndex> file_events_;
    EventIndex end_of_program_;
    Behalf behalf_;
    IndexColumn<EventIndex> connections_;
    Tracks tracks_of_slices_;
    Slices slices_;
};

}  // namespace loopscope::trace
