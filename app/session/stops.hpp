#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/trace/index.hpp"

namespace loopscope::session {

/// Where steps lead: the events at which a cursor stops, in a trace as far as it goes. A step that ends at an
/// event shows the switches that follow at once.
///
/// Refers to the index: made for a look, not to be kept. "After" and "before" are of an event, the cursor's.
class Stops {
  public:
    /// `first_event` is the last one before the first handle: nothing leads further back.
    Stops(const trace::Index& index, std::uint32_t first_event) : index_(index), first_event_(first_event) {}

    // Forward: none if it is not in the trace yet.

    /// Returns the end of the handle around the event, or else of the next one.
    [[nodiscard]] std::optional<std::uint32_t> handle_after(std::uint32_t event) const;
    /// Returns the end of the iteration around the event, or else of the next one.
    [[nodiscard]] std::optional<std::uint32_t> iteration_after(std::uint32_t event) const;
    /// Returns the end of a task's next step. None as well if there is no such task.
    [[nodiscard]] std::optional<std::uint32_t> step_after(std::uint32_t event, TaskId task) const;

    // Back: none if there is nowhere to go.

    [[nodiscard]] std::optional<std::uint32_t> handle_before(std::uint32_t event) const;
    [[nodiscard]] std::optional<std::uint32_t> iteration_before(std::uint32_t event) const;
    [[nodiscard]] std::optional<std::uint32_t> step_before(std::uint32_t event, TaskId task) const;
    [[nodiscard]] std::optional<std::uint32_t> print_before(std::uint32_t event) const;
    [[nodiscard]] std::optional<std::uint32_t> leak_before(std::uint32_t event) const;

  private:
    /// Returns one more than the position of the handle around an event; 0: there is none yet.
    [[nodiscard]] std::size_t handles_until(std::uint32_t event) const {
        return static_cast<std::size_t>(index_.handle_at(event) + 1);
    }
    /// Returns the last event before what is not a switch.
    [[nodiscard]] std::uint32_t after_switches(std::uint32_t event) const;
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
