// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "core/trace/index.hpp"

namespace loopscope::session {

/// The events at which a cursor stops, in a trace as far as it goes. A step that ends at an event includes
/// the switches that follow it immediately.
///
/// Holds a reference to the index: made for one use, not to be kept. "After" and "before" refer to an event,
/// the cursor's.
class Stops {
  public:
    /// Makes the stops of a trace. `first_event` is the last event before the first handle: no step leads
    /// further back.
    Stops(const trace::Index& index, EventIndex first_event) : index_(index), first_event_(first_event) {}

    // Forward: std::nullopt if the event is not in the trace yet.

    /// Returns the end of the handle around the event, or else of the next handle.
    [[nodiscard]] std::optional<EventIndex> handle_after(EventIndex event) const;
    /// Returns the end of the iteration around the event, or else of the next iteration.
    [[nodiscard]] std::optional<EventIndex> iteration_after(EventIndex event) const;
    /// Returns the end of a task's next step; std::nullopt also if there is no such task.
    [[nodiscard]] std::optional<EventIndex> step_after(EventIndex event, TaskId task) const;

    // Back: std::nullopt if there is no such event.

    /// Returns the end of the last handle that ends before the event, or else the start.
    [[nodiscard]] std::optional<EventIndex> handle_before(EventIndex event) const;
    /// Returns the end of the last iteration that ends before the event, or else the start.
    [[nodiscard]] std::optional<EventIndex> iteration_before(EventIndex event) const;
    /// Returns the end of a task's last step that is before the handle around the event; std::nullopt also if
    /// there is no such task.
    [[nodiscard]] std::optional<EventIndex> step_before(EventIndex event, TaskId task) const;
    /// Returns the last print before the event.
    [[nodiscard]] std::optional<EventIndex> print_before(EventIndex event) const;
    /// Returns the last print of a leak before the event.
    [[nodiscard]] std::optional<EventIndex> leak_before(EventIndex event) const;
    /// Returns the last stale print before the event.
    [[nodiscard]] std::optional<EventIndex> stale_before(EventIndex event) const;

  private:
    /// Returns the last print before the event that is one of those that are counted.
    [[nodiscard]] std::optional<EventIndex> counted_before(const trace::PrintCounts& counts,
                                                           EventIndex event) const;
    /// Returns the last of the switches that follow an event immediately, or the event if none does.
    [[nodiscard]] EventIndex after_switches(EventIndex event) const;
    /// Returns the last event of a handle, or of the switches that follow it immediately.
    [[nodiscard]] EventIndex end_of_handle(HandleIndex handle) const;
    /// Returns the first iteration that begins after an event, or the index after the last one.
    [[nodiscard]] IterationIndex next_iteration(EventIndex event) const;
    /// Returns the last event of the last handle before an iteration event; none if there is no such handle.
    /// REQUIRES: the trace has the iteration.
    [[nodiscard]] EventIndex end_before(IterationIndex iteration) const;

    const trace::Index& index_;
    EventIndex first_event_;
};

}  // namespace loopscope::session
