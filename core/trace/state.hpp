// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/base/fifo.hpp"
#include "core/trace/changes.hpp"
#include "core/trace/log.hpp"
#include "core/trace/running.hpp"
#include "core/trace/running_timers.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::trace {

/// A stored value as the trace tells it: the `set`, `found` or `change` event that wrote it. None: never
/// written.
using Writer = EventIndex;

/// The phase of a task, and the reasons for it.
struct TaskStatus {
    enum class Phase : std::uint8_t { ready, running, waiting, ended };

    Phase phase = Phase::ready;
    Wait wait = Wait::yield;            ///< while waiting
    Outcome outcome = Outcome::result;  ///< once ended
    bool must_cancel = false;
    std::uint32_t wait_for = 0;  ///< what it waits for, by Wait; kept while it is ready again, for it is why
    EventIndex since;            ///< the event that put it into this phase
    std::uint32_t line = 0;      ///< the source line where it is; 0: not known
    std::uint16_t file = 1;      ///< the file that the line is of
    std::uint16_t thread = 1;    ///< the OS thread that it is on
    TaskId dict_owner;           ///< the task whose dict it reads under aiotask_context.task_factory
    TaskId dict_above;  ///< the owner of the live dict below which its own is a layer; none: no layer
    TaskId parent;
};

/// A handle that waits to be run.
struct ReadyHandle {
    TaskId task;  ///< whose step it is, or the task that the callback serves
    bool is_step = false;
    Callback callback = Callback::user;  ///< of a handle that is no step
    StringId name;                       ///< of a user's callback
    TimerId timer;                       ///< the timer that became the handle; none: no timer did
    EventIndex cause;                    ///< the event that made it ready
    bool cancelled = false;  ///< a timer that was cancelled after it came due: the handle will be skipped
};

/// The loop and its tasks as they are after an event: a fold over the trace. Holds only what changes: what is
/// fixed once it happened (a task's parents, the output) is in Index.
///
/// Holds its data in plain vectors, so that a copy is a keyframe.
class State {
  public:
    /// Applies the next event. Events have to come in order, from the first one on.
    void apply(const Event& event);

    /// Returns about how much memory a copy takes, in bytes.
    [[nodiscard]] std::size_t bytes() const;

    /// Asks for the memory that an event is about, which is applied soon: of very many tasks, most are in no
    /// cache.
    void fetch(const Event& event) const {
        const std::size_t task = event.subject - std::size_t{1};
        if (task < tasks_.size()) __builtin_prefetch(tasks_.data() + task, 1);
    }

    /// Returns how many events have been applied.
    [[nodiscard]] std::uint32_t size() const { return size_; }
    /// Returns the loop time of the last event that was applied.
    [[nodiscard]] Time time() const { return time_; }
    /// Returns the number of the iteration under way, or of the last one.
    [[nodiscard]] std::uint32_t iteration() const { return iteration_; }
    /// Returns how many of the ready handles belong to the iteration under way: its snapshot, less those that
    /// have been run.
    [[nodiscard]] std::uint32_t left_in_iteration() const { return left_; }
    /// Returns the ready queue of the current thread's loop.
    [[nodiscard]] const Fifo<ReadyHandle>& ready() const { return ready(thread_); }
    /// Returns the ready queue of the loop of a thread. REQUIRES: 1 <= thread <= threads().
    [[nodiscard]] const Fifo<ReadyHandle>& ready(std::uint32_t thread) const { return queues_[thread - 1]; }
    /// Returns how many OS threads have had their turn, or have it.
    [[nodiscard]] std::uint32_t threads() const { return static_cast<std::uint32_t>(queues_.size()); }
    /// Returns the current thread: the number, from 1, of the OS thread whose turn it is. What a State says
    /// of a loop is about the loop of this thread.
    [[nodiscard]] std::uint32_t thread() const { return thread_; }
    /// Returns the running timers in order of deadline, then of creation.
    [[nodiscard]] std::vector<RunningTimer> timers() const { return timers_.by_deadline(); }
    /// Returns the running timers, for callers that need only some of them.
    [[nodiscard]] const RunningTimers& running_timers() const { return timers_; }
    /// Returns the handle that runs, or the last one that ran in this iteration.
    [[nodiscard]] const std::optional<ReadyHandle>& handle() const { return handle_; }
    /// Returns whether handle() is over.
    [[nodiscard]] bool handle_over() const { return handle_over_; }
    /// Returns the task whose step is under way; none between steps.
    [[nodiscard]] TaskId running() const { return running_.task(); }
    /// Returns the tasks: task n is at n - 1.
    [[nodiscard]] const std::vector<TaskStatus>& tasks() const { return tasks_; }
    /// Returns what a task is doing. REQUIRES: the task was spawned.
    [[nodiscard]] const TaskStatus& task(TaskId id) const { return tasks_[id.value - 1]; }
    /// Returns the storage that answers reads of variables that have no selection of their own.
    [[nodiscard]] Storage storage() const { return storage_; }
    /// Returns the storage that answers reads of a variable.
    [[nodiscard]] Storage storage(VariableId variable) const;
    /// Returns the storage that answers reads of every variable; where they differ, storage().
    [[nodiscard]] Storage common_storage() const;
    /// Returns how the run ended; std::nullopt if it has not.
    [[nodiscard]] std::optional<Ending> ending() const { return ending_; }
    /// Returns the exit code, or the number of the signal, that the ending says.
    [[nodiscard]] std::uint32_t exit_code() const { return exit_code_; }
    /// Returns the number of the file that lines are of, from 1.
    [[nodiscard]] std::uint32_t file() const { return file_; }

    /// Returns how many variables were declared.
    [[nodiscard]] std::uint32_t variables() const { return variables_; }
    /// Returns the writer of what a task would read from a storage. No task: of what code outside of tasks
    /// would read on the current thread.
    [[nodiscard]] Writer cell(Storage storage, TaskId task, VariableId variable) const;
    /// Returns the writer of what is in an OS thread's cell. REQUIRES: 1 <= thread <= threads().
    [[nodiscard]] Writer thread_cell(std::uint32_t thread, VariableId variable) const {
        return thread_local_[thread_cell_index(thread, variable.value)];
    }
    /// Returns the writer of what is in a task's own layer of the chain map.
    [[nodiscard]] Writer own_layer(TaskId task, VariableId variable) const;

    /// Calls `function` with each of the lists that may be long: what can be constructed from a vector of its
    /// elements, which are plain data. For packing a state; lists that are changed have to be given back as
    /// they were before anything else is asked.
    template <class Function>
    void each_list(Function function) {
        function(tasks_);
        function(cells_);
        function(timers_.list());
        for (Fifo<ReadyHandle>& queue : queues_) function(queue);
    }

  private:
    /// The cells that each task has for itself.
    enum Row : std::uint8_t { argument_row, dict_row, copy_row, layer_row, context_row, rows };

    void begin_handle(const Event& event);
    void end_step(const Event& event);
    void spawn(const Event& event);
    void wake(const Event& event);
    void timer(const Event& event);
    void timer_due(const Event& event);
    void timer_cancel(const Event& event);
    void set(const Event& event);
    void find(const Event& event);
    void restore(const Event& event);
    void change(const Event& event);
    void change(Storage storage, VariableId variable, Writer from);
    void inherit_dict(TaskId task, TaskId parent);
    [[nodiscard]] TaskId owner_in_dicts(TaskId task, VariableId variable) const;
    [[nodiscard]] Writer in_dict(TaskId task, VariableId variable) const;
    void write(Storage storage, TaskId task, VariableId variable, Writer writer);
    void note_line(const Event& event);
    void be_at(TaskStatus& task, std::uint32_t line) const;
    void select(const Event& event);
    void begin_job(const Event& event);
    void drop();
    void add_variable();
    void switch_thread(const Event& event);
    /// Returns the index of the event that is being applied.
    [[nodiscard]] EventIndex here() const { return {size_}; }
    [[nodiscard]] bool is_inside() const { return in_job_ || (handle_ && !handle_over_); }
    [[nodiscard]] Fifo<ReadyHandle>& queue() { return queues_[thread_ - 1]; }
    void take_ready(const Event& event);
    void push_step(TaskId task);
    [[nodiscard]] bool known(TaskId task) const { return task && task.value <= tasks_.size(); }
    [[nodiscard]] std::size_t index(TaskId task, Row row, std::uint32_t variable) const {
        return (std::size_t{task.value} * rows + row) * stride_ + variable - 1;
    }
    [[nodiscard]] std::size_t thread_cell_index(std::uint32_t thread, std::uint32_t variable) const {
        return std::size_t{thread - 1} * stride_ + variable - 1;
    }
    void set_phase(TaskId task, TaskStatus::Phase phase);

    /// The iteration and the handle of a thread while another thread has its turn.
    struct Halted {
        std::uint32_t thread = 0;
        std::uint32_t iteration = 0;
        std::uint32_t left = 0;
        std::optional<ReadyHandle> handle;
        bool handle_over = false;
        bool in_job = false;
    };

    std::uint32_t size_ = 0;
    Time clock_{0};
    Time time_{0};
    std::uint32_t iteration_ = 0;
    std::uint32_t left_ = 0;
    Storage storage_ = Storage::global;
    std::vector<std::pair<VariableId, Storage>> own_storages_;  // of variables with a selection of their own
    std::optional<Ending> ending_;
    std::uint32_t exit_code_ = 0;
    std::uint16_t file_ = 1;
    std::uint32_t said_line_ = 0;  // the last `line`
    std::uint32_t thread_ = 1;
    std::vector<Halted> halted_;  // in the middle of a handle, a job, or an iteration
    bool in_job_ = false;
    std::vector<Fifo<ReadyHandle>> queues_ = std::vector<Fifo<ReadyHandle>>(1);  // of each thread
    std::optional<ReadyHandle> handle_;
    bool handle_over_ = false;
    Running running_;
    std::vector<TaskStatus> tasks_;
    RunningTimers timers_;
    std::uint32_t variables_ = 0;
    TaskId last_to_set_;     // the task of the last `set`; none: it stood outside of tasks
    TaskId last_to_change_;  // the task of the last `change`; none: it stood outside of tasks
    Writer last_change_;     // the last `change`
    Changes in_contexts_;    // changes of what contexts refer to
    Changes in_arguments_;   // changes of what arguments refer to
    std::vector<std::pair<std::uint32_t, Storage>> factories_;  // of threads whose loop was given one
    std::uint32_t stride_ = 0;                                  // variables that a row has room for
    std::vector<Writer> global_;                                // of each variable
    std::vector<Writer> thread_local_;                          // of each thread and variable
    std::vector<Writer> cells_;  // of each task (0: outside of tasks), row and variable
};

}  // namespace loopscope::trace
