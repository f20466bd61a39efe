// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/explore/schedule.hpp"

namespace loopscope::explore {

/// Makes and records the choices of one run: those that it is given, and then asyncio's own; or all at
/// random. Used from one thread.
class Chooser final : public loop::Chooser {
  public:
    /// Makes the choices of a schedule, then asyncio's own. A given choice that is not among the alternatives
    /// counts as asyncio's own.
    explicit Chooser(const Schedule& schedule) : loop::Chooser(schedule.freedoms), given_(schedule.choices) {}
    /// Makes all choices at random. Equal seeds lead to equal choices.
    Chooser(const loop::Freedoms& freedoms, std::uint64_t seed)
        : loop::Chooser(freedoms), random_(true), state_(seed) {}

    std::uint32_t choose(loop::Freedom freedom, std::uint32_t count) override;

    /// Returns the points at which the run has asked so far, in order.
    [[nodiscard]] const std::vector<Point>& points() const { return points_; }

  private:
    std::uint64_t next_random();

    Choices given_;
    bool random_ = false;
    std::uint64_t state_ = 0;
    std::vector<Point> points_;
};

}  // namespace loopscope::explore
