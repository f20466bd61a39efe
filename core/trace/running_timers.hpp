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
    std::uint32_t start = 0;   ///< its `timer` event
    std::uint16_t thread = 1;  ///< the OS thread whose loop it is of
};

/// The timers that are running, of a state. Finds and takes one in O(log n), however many there are.
///
/// INVARIANT: ids ascend. One that was taken stays as a gap, until gaps outnumber the timers: so a removal
/// moves nothing, and the whole is never more than twice what runs.
class RunningTimers {
  public:
    /// Starts the next timer; its id is given here.
    void start(RunningTimer timer) {
        timer.id = TimerId{++last_};
        timers_.push_back(timer);
    }
    /// Names the one that was started last, if it runs.
    void name_last(StringId name) {
        if (!timers_.empty() && timers_.back().id.value == last_) timers_.back().name = name;
    }
    /// Takes a timer out, if it runs: whether it did. What it was goes to `taken`.
    bool take(TimerId id, RunningTimer& taken);

    /// Takes out all of a thread's.
    void drop(std::uint16_t thread);

    /// The first `most` in order of deadline, then of creation.
    [[nodiscard]] std::vector<RunningTimer> by_deadline(std::size_t limit = SIZE_MAX) const;
    /// How many are due by a time.
    [[nodiscard]] std::size_t due_by(Time time) const;
    /// The deadline of one that runs; none: it does not.
    [[nodiscard]] std::optional<Time> deadline_of(TimerId id) const;
    /// How much memory a copy takes.
    [[nodiscard]] std::size_t bytes() const { return timers_.size() * sizeof(RunningTimer); }

  private:
    static bool is_gap(const RunningTimer& timer) { return timer.start == 0; }

    std::vector<RunningTimer> timers_;
    std::size_t gaps_ = 0;
    std::uint32_t last_ = 0;
};

}  // namespace loopscope::trace
