// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// A timer that is running.
struct RunningTimer {
    TimerId id;
    Callback callback = Callback::user;
    Time deadline{0};
    TaskId task;  ///< the task that it serves
    StringId name;
    EventIndex start;          ///< its `timer` event
    std::uint16_t thread = 1;  ///< the OS thread whose loop it is of
};

/// The running timers of a State. Finds and removes a timer in O(log n).
///
/// INVARIANT: ids ascend. A timer that was removed stays as a gap, until gaps outnumber the timers: so a
/// removal moves nothing, and the vector is never more than twice as long as there are running timers.
class RunningTimers {
  public:
    /// Starts the next timer, and sets its id.
    void start(RunningTimer timer) {
        timer.id = TimerId{++last_};
        timers_.push_back(timer);
    }
    /// Names the timer that was started last, if it runs.
    void name_last(StringId name) {
        if (!timers_.empty() && timers_.back().id.value == last_) timers_.back().name = name;
    }
    /// Removes a timer, if it runs, and stores it in `taken`. Returns whether it ran.
    bool take(TimerId id, RunningTimer& taken);

    /// Removes all timers of a thread's loop.
    void drop(std::uint16_t thread);

    /// Returns the first `limit` timers in order of deadline, then of creation.
    [[nodiscard]] std::vector<RunningTimer> by_deadline(std::size_t limit = SIZE_MAX) const;
    /// Returns how many timers are due by a time.
    [[nodiscard]] std::size_t due_by(Time time) const;
    /// Returns the deadline of a timer; std::nullopt if the timer does not run.
    [[nodiscard]] std::optional<Time> deadline_of(TimerId id) const;
    /// Returns the running timers, with gaps, for packing.
    [[nodiscard]] std::vector<RunningTimer>& list() { return timers_; }
    /// Returns how much memory a copy takes, in bytes.
    [[nodiscard]] std::size_t bytes() const { return timers_.size() * sizeof(RunningTimer); }

  private:
    static bool is_gap(const RunningTimer& timer) { return !timer.start; }

    std::vector<RunningTimer> timers_;
    std::size_t gaps_ = 0;
    std::uint32_t last_ = 0;
};

}  // namespace loopscope::trace
