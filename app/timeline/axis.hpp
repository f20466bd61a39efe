#pragma once

#include <cstdint>

#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// What the timeline's x means.
enum class AxisKind : std::uint8_t {
    sequence,  ///< order: every step of a task is as wide as any other, so the interleaving can be read
    time,      ///< loop time
};

/// Positions of events along an axis, in ticks: nanoseconds, or 1/1024 of a quarter of a step. int64, so
/// exact at any depth.
class Axis {
  public:
    /// Ticks of a quarter of a step on the sequence axis.
    static constexpr std::int64_t quarter = 1024;

    Axis(AxisKind kind, const trace::Log& log, const trace::Index& index)
        : kind_(kind), log_(log), index_(index) {}

    [[nodiscard]] AxisKind kind() const { return kind_; }
    /// Where an event happens. Never decreases from an event to the next.
    [[nodiscard]] std::int64_t at(std::uint32_t event) const;
    /// Where a handle begins and ends. REQUIRES: there is such a handle.
    [[nodiscard]] std::int64_t begin_of(std::size_t handle) const;
    [[nodiscard]] std::int64_t end_of(std::size_t handle) const;
    /// How many handles begin before a position.
    [[nodiscard]] std::uint32_t handles_before(std::int64_t tick) const;
    /// The event that is nearest to a position.
    [[nodiscard]] std::uint32_t event_near(std::int64_t tick) const;
    /// The end of the axis: that of the last handle.
    [[nodiscard]] std::int64_t end() const;

  private:
    AxisKind kind_;
    const trace::Log& log_;
    const trace::Index& index_;
};

}  // namespace loopscope::timeline
