#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// What the timeline's x means.
enum class AxisKind : std::uint8_t {
    sequence,  ///< order: every step of a task is as wide as any other, so the interleaving can be read
    time,      ///< loop time
};

/// On the way from one axis to the other: where things stood on the other one, in ticks of this one.
struct Morph {
    AxisKind from = AxisKind::sequence;
    double factor = 1;        ///< ticks of this axis for a tick of the other one
    std::int64_t offset = 0;  ///< where the other one's tick 0 stands
    double share = 0;         ///< of the way that is behind, 0 … 1
};

/// Positions of events along an axis, in ticks: nanoseconds, or 1/1024 of a quarter of a step. int64, so
/// exact at any depth.
class Axis {
  public:
    /// Ticks of a quarter of a step on the sequence axis.
    static constexpr std::int64_t quarter = 1024;

    Axis(AxisKind kind, const trace::Log& log, const trace::Index& index,
         const std::optional<Morph>& morph = std::nullopt)
        : kind_(kind), log_(log), index_(index), morph_(morph) {}

    [[nodiscard]] AxisKind kind() const { return kind_; }
    /// Where an event happens. Never decreases from an event to the next.
    [[nodiscard]] std::int64_t at(std::uint32_t event) const;
    /// Where a handle begins and ends. REQUIRES: there is such a handle.
    [[nodiscard]] std::int64_t begin_of(std::size_t handle) const;
    [[nodiscard]] std::int64_t end_of(std::size_t handle) const;
    /// How many handles begin before a position.
    [[nodiscard]] std::uint32_t handles_before(std::int64_t tick) const;
    /// The same for positions that are `distance` apart, from `first` on: exact at both ends, and in between
    /// as trace::KeyForest::ranks. Not while the axis changes.
    void handles_before(std::int64_t first, std::int64_t distance, std::span<std::uint32_t> handles) const;
    /// Returns the first event at or after a position; the number of events where there is none.
    [[nodiscard]] std::uint32_t first_at(std::int64_t tick) const;
    /// The event that is nearest to a position.
    [[nodiscard]] std::uint32_t event_near(std::int64_t tick) const;
    /// The end of the axis: that of the last handle.
    [[nodiscard]] std::int64_t end() const;

  private:
    [[nodiscard]] Axis other() const { return {morph_->from, log_, index_}; }
    [[nodiscard]] Axis plain() const { return {kind_, log_, index_}; }
    /// Where an event of a handle, or one between it and the next handle, is on the sequence axis.
    [[nodiscard]] std::int64_t sequence_at(std::uint32_t event, std::size_t handle) const;
    /// The place on the sequence axis, as in HandleInfo::position, from which on nothing is before a tick.
    [[nodiscard]] std::uint32_t position(std::int64_t tick) const;
    /// Between a position on this axis and one on that which it comes from.
    [[nodiscard]] std::int64_t between(std::int64_t here, std::int64_t there) const;

    AxisKind kind_;
    const trace::Log& log_;
    const trace::Index& index_;
    std::optional<Morph> morph_;
};

}  // namespace loopscope::timeline
