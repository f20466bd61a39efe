#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "core/trace/log.hpp"
#include "core/trace/running.hpp"

namespace loopscope::trace {

/// What made each handle ready, for all handles of a trace: the ready queues, replayed. Reads every event
/// once.
class Causality {
  public:
    /// Reads the events that were appended since the last call.
    void update(const Log& log) { update(log, log.size()); }
    /// The same, as far as the first `count` events. REQUIRES: count <= log.size().
    void update(const Log& log, std::uint32_t count);

    /// The event that made a handle ready, handles counted as in Index: a `spawn`, `wake`, `suspend` (a
    /// yield), `ready` or `timer_due`. None: nothing in the trace did.
    [[nodiscard]] EventIndex of_handle(std::size_t handle) const { return causes_[handle]; }

    /// The `timer` event of a timer; none if there is no such timer.
    [[nodiscard]] EventIndex start_of(TimerId timer) const {
        return timer && timer.value <= timers_.size() ? timers_[timer.value - 1] : EventIndex{};
    }

  private:
    void read(const Event& event, EventIndex at);
    void take();

    std::uint32_t seen_ = 0;
    Running running_;
    EventIndex eager_;  // the spawn of the task that starts next, inside the handle under way
    std::size_t thread_ = 0;
    std::vector<std::deque<EventIndex>> queues_ = std::vector<std::deque<EventIndex>>(1);  // of each thread
    std::vector<EventIndex> causes_;                                                       // of each handle
    std::vector<EventIndex> timers_;                                                       // of each timer
};

}  // namespace loopscope::trace
