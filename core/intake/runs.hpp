// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/intake/handles.hpp"
#include "core/intake/lanes.hpp"
#include "core/intake/texts.hpp"

namespace loopscope::intake {

/// What runs: loops with their iterations and handles, tasks, timers and jobs. Keeps a copy of each loop's
/// ready queue, because the records name what runs, and the events what becomes of each handle.
class Runs {
  public:
    Runs(TraceWriter& out, Lanes& lanes) : out_(out), lanes_(lanes) {}

    bool iteration(const Spool_record& record);
    /// In the iteration that follows, the handle with this number of those that are left comes next.
    void choose_next(std::uint32_t number) { chosen_.push_back(number); }
    /// A timer is in the snapshot of the iteration that follows.
    void due(const Spool_record& record) { due_.push_back(address_in(record)); }
    bool run(const Spool_record& record);
    /// `line`: where the task is suspended.
    bool ran(const Spool_record& record, StringId exception, std::uint32_t line);
    /// A callback's handle becomes ready.
    bool ready(const Spool_record& record, StringId name);
    bool wake(const Spool_record& record);
    /// A timer starts; `deadline` is the record after it.
    bool timer(const Spool_record& record, StringId name, const Spool_record& deadline);
    bool cancel_handle(const Spool_record& record);
    /// A handle will be called for a descriptor; the copy of the context that it keeps is told next.
    void descriptor(const Spool_record& record) { registered_ = address_in(record); }
    /// What was told last runs in a copy of the context, which this call made.
    bool copy(StringId call, std::uint32_t line);
    bool task(const Spool_record& record, StringId coroutine, std::uint32_t line);
    bool name_task(const Spool_record& record, StringId name);
    bool name_object(const Spool_record& record, StringId name);
    bool wait(const Spool_record& record);
    bool cancel_task(const Spool_record& record, std::uint32_t line);
    bool stop();
    bool job(const Spool_record& record, StringId name);
    bool job_end(const Spool_record& record, StringId exception);
    /// The loop that was named last is closed: what it had is gone.
    bool close_loop();
    /// The program is over. Writes nothing where a handle of the thread has not ended.
    bool end(std::uint32_t code, StringId exception, trace::Ending ending);

    /// Lets handles of an iteration run in another order than they became ready in.
    void allow_any_order() { any_order_ = true; }
    /// Has a task that is woken be ready on the lane of the thread that wakes it.
    void allow_any_thread() { any_thread_ = true; }
    /// Returns whether a `wake` record is about the step that runs, which has not said yet that it waits.
    [[nodiscard]] bool is_of_running_step(const Spool_record& record) const;
    /// Returns the last event that named an exception; none: none did.
    [[nodiscard]] EventIndex last_failure() const { return last_failure_; }

  private:
    enum class Phase : std::uint8_t { ready, running, waiting, ended };
    struct Task {
        Phase phase = Phase::ready;
        bool begun = false;
        bool eager = false;  // to be stepped at once
        trace::Wait wait = trace::Wait::yield;
        std::uint16_t lane = 0;
        std::uint32_t wait_for = 0;
    };

    bool check_task(std::uint32_t number);
    [[nodiscard]] Task& known_task(std::uint32_t number) { return tasks_[number - 1]; }
    void make_ready(std::uint32_t lane, const ReadyHandle& handle, std::uint32_t timer = 0);
    bool begin_iteration(std::uint32_t number);
    bool reorder(std::uint32_t number);
    bool end_iteration(std::uint32_t number);
    bool skip_cancelled(std::uint32_t number);
    [[nodiscard]] std::uint64_t place_of_step(const Lane& lane, std::uint32_t task) const;
    bool come_first(std::uint32_t number, std::uint64_t place);
    void bring_forward(std::uint32_t number, std::uint64_t place);
    bool step(const Spool_record& record);
    bool begin_step(const Spool_record& record, std::uint32_t lane);
    bool call(const Spool_record& record);
    bool call_out_of_turn(const Spool_record& record, Handles::Known* known);
    bool begin_call(std::uint32_t number);
    bool come_due(std::uint32_t lane, HandleAddress address, const Timer& timer);
    bool have_come_due(std::uint32_t number);
    bool finish(const Activity& step, trace::Outcome outcome, StringId exception);
    bool suspend(const Activity& step, std::uint32_t line);
    bool note_failure(StringId exception);

    TraceWriter& out_;
    Lanes& lanes_;
    Handles handles_;
    std::vector<Task> tasks_;
    std::vector<HandleAddress> due_;                             // said since the last iteration
    std::vector<std::uint32_t> chosen_;                          // said since the last iteration
    std::optional<HandleAddress> registered_;                    // for a descriptor, in the record before
    std::unordered_map<HandleAddress, EventIndex> descriptors_;  // the event that registered each
    std::uint32_t timers_ = 0;
    bool any_order_ = false;
    bool any_thread_ = false;
    EventIndex last_failure_;
};

}  // namespace loopscope::intake
