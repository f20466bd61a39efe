#pragma once

#include <cstddef>
#include <cstdint>
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
    Stops(const trace::Index& index, std::uint32_t first_event) : index_(index), first_event_(first_event) {}

    // Forward: none if the event is not in the trace yet.

    /// Returns the end of the handle around the event, or else of the next handle.
    [[nodiscard]] std::optional<std::uint32_t> handle_after(std::uint32_t event) const;
    /// Returns the end of the iteration around the event, or else of the next iteration.
    [[nodiscard]] std::optional<std::uint32_t> iteration_after(std::uint32_t event) const;
    /// Returns the end of a task's next step; none also if there is no such task.
    [[nodiscard]] std::optional<std::uint32_t> step_after(std::uint32_t event, TaskId task) const;

    // Back: none if there is no such event.

    /// Returns the end of the last handle that ends before the event, or else the start.
    [[nodiscard]] std::optional<std::uint32_t> handle_before(std::uint32_t event) const;
    /// Returns the end of the last iteration that ends before the event, or else the start.
    [[nodiscard]] std::optional<std::uint32_t> iteration_before(std::uint32_t event) const;
    /// Returns the end of a task's last step that is before the handle around the event; none also if there
    /// is no such task.
    [[nodiscard]] std::optional<std::uint32_t> step_before(std::uint32_t event, TaskId task) const;
    /// Returns the last print before the event.
    [[nodiscard]] std::optional<std::uint32_t> print_before(std::uint32_t event) const;
    /// Returns the last print of a leak before the event.
    [[nodiscard]] std::optional<std::uint32_t> leak_before(std::uint32_t event) const;

  private:
    /// Returns one more than the position of the handle around an event; 0: no handle has begun yet.
    [[nodiscard]] std::size_t handles_until(std::uint32_t event) const {
        return static_cast<std::size_t>(index_.handle_at(event) + 1);
    }
    /// Returns the last of the switches that follow an event immediately, or the event if none does.
    [[nodiscard]] std::uint32_t after_switches(std::uint32_t event) const;
    /// Returns the last event of a handle, or of the switches that follow it immediately.
    [[nodiscard]] std::uint32_t end_of_handle(std::size_t handle) const;
    /// Returns how many iterations begin up to an event.
    [[nodiscard]] std::uint32_t iterations_until(std::uint32_t event) const;
    /// Returns the last event of the last handle before an iteration event. REQUIRES: 1 <= number <
    /// iterations.
    [[nodiscard]] std::uint32_t end_of_iteration(std::size_t number) const;

    const trace::Index& index_;
    std::uint32_t first_event_;
};

}  // namespace loopscope::session
