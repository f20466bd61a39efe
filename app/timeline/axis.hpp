// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// What the horizontal axis of the timeline measures.
enum class AxisKind : std::uint8_t {
    sequence,  ///< order: every step of a task is as wide as any other, so that the interleaving can be read
    time,      ///< loop time
};

/// The transition from one axis to the other: maps positions on the axis that is left to ticks of the axis
/// that is entered.
struct Morph {
    AxisKind from = AxisKind::sequence;
    double factor = 1;        ///< ticks of the entered axis for a tick of the axis that is left
    std::int64_t offset = 0;  ///< where tick 0 of the axis that is left stands, in ticks of the entered axis
    double share = 0;         ///< the part of the transition that is done, 0 … 1
};

/// The positions of events along an axis, in ticks. A tick is a nanosecond on the time axis and 1/8192 of a
/// quarter of a step on the sequence axis. Positions are int64, so they are exact at any zoom.
///
/// Refers to the log and the index, owns nothing.
class Axis {
  public:
    /// The number of ticks in a quarter of a step on the sequence axis.
    static constexpr std::int64_t quarter = 8192;

    /// Makes the axis of a trace; with a morph, while it changes from the other one. REQUIRES: `log` and
    /// `index` outlive the axis.
    Axis(AxisKind kind, const trace::Log& log, const trace::Index& index,
         const std::optional<Morph>& morph = std::nullopt)
        : kind_(kind), log_(log), index_(index), morph_(morph) {}

    [[nodiscard]] AxisKind kind() const { return kind_; }
    /// Returns the position of an event, in ticks. It never decreases from one event to the next.
    [[nodiscard]] std::int64_t at(EventIndex event) const;
    /// Returns the tick at which a handle begins. REQUIRES: the handle exists.
    [[nodiscard]] std::int64_t begin_of(HandleIndex handle) const;
    /// Returns the tick at which a handle ends. REQUIRES: the handle exists.
    [[nodiscard]] std::int64_t end_of(HandleIndex handle) const;
    /// Returns the first handle that does not begin before a tick; the index after the last handle if there
    /// is none.
    [[nodiscard]] HandleIndex handle_from(std::int64_t tick) const;
    /// Writes to `handles` the first handle that does not begin before each of the ticks `first`,
    /// `first + distance`, and so on, one for each element: exact for the first and the last one, and for
    /// those in between as in trace::KeyForest::ranks. REQUIRES: the axis has no morph.
    void handles_from(std::int64_t first, std::int64_t distance, std::span<HandleIndex> handles) const;
    /// Returns the first event of a handle; for the index after the last handle, that after the last event.
    [[nodiscard]] EventIndex first_of(HandleIndex handle) const;
    /// Returns the first event at or after a tick; the index after the last event if there is none.
    [[nodiscard]] EventIndex first_at(std::int64_t tick) const;
    /// Returns the event that is nearest to a tick.
    [[nodiscard]] EventIndex event_near(std::int64_t tick) const;
    /// Returns the tick at which the axis ends: the end of the last handle, or the last event if that is
    /// later.
    [[nodiscard]] std::int64_t end() const;

    /// Returns the tick at which the sequence axis ends of a trace that is so wide, as in
    /// trace::Index::width.
    [[nodiscard]] static std::int64_t end_at(AxisPosition width) {
        return std::int64_t{width.value + trace::Index::step_width} * quarter;
    }

  private:
    [[nodiscard]] Axis other() const { return {morph_->from, log_, index_}; }
    [[nodiscard]] Axis plain() const { return {kind_, log_, index_}; }
    /// Returns the tick on the sequence axis of an event that belongs to a handle, or lies between that
    /// handle and the next one.
    [[nodiscard]] std::int64_t sequence_at(EventIndex event, HandleIndex handle) const;
    /// Returns the first position on the sequence axis, as in HandleInfo::position, that is not before a
    /// tick.
    [[nodiscard]] AxisPosition position(std::int64_t tick) const;
    /// Interpolates between `here`, a tick of this axis, and `there`, a tick of the axis that is left.
    [[nodiscard]] std::int64_t between(std::int64_t here, std::int64_t there) const;

    AxisKind kind_;
    const trace::Log& log_;
    const trace::Index& index_;
    std::optional<Morph> morph_;
};

}  // namespace loopscope::timeline
