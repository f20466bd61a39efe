#pragma once

#include <optional>
#include <vector>

#include "core/explore/schedule.hpp"

namespace loopscope::explore {

/// Makes and records the choices of one run: those that it is given, and then asyncio's own; or all at
/// random. Used from one thread.
class Chooser final : public loop::Chooser {
  public:
    /// A point of a run at which there was a choice.
    struct Point {
        std::uint32_t count = 0;  ///< number of alternatives
        std::uint32_t taken = 0;  ///< index of the one that was taken; 0: asyncio's own
        loop::Freedom freedom = loop::Freedom::tie;
    };

    /// Makes the choices of a schedule, then asyncio's own. A given choice that is not among the alternatives
    /// counts as asyncio's own.
    explicit Chooser(const Schedule& schedule) : loop::Chooser(schedule.freedoms), given_(schedule.choices) {}
    /// Makes all choices at random. Equal seeds lead to equal choices.
    Chooser(const loop::Freedoms& freedoms, std::uint64_t seed)
        : loop::Chooser(freedoms), random_(true), state_(seed) {}

    std::uint32_t choose(loop::Freedom freedom, std::uint32_t count) override;

    [[nodiscard]] const std::vector<Point>& points() const { return points_; }
    /// Returns the choices that were made, up to the last that is not asyncio's own.
    [[nodiscard]] Choices choices() const;
    /// Returns how many choices are not asyncio's own.
    [[nodiscard]] std::size_t deviations() const { return deviations_; }
    /// Returns whether asyncio could make the same run: the ready queue stayed in its order.
    [[nodiscard]] bool possible() const { return possible_; }

  private:
    std::uint64_t next_random();

    Choices given_;
    bool random_ = false;
    std::uint64_t state_ = 0;
    std::vector<Point> points_;
    std::size_t deviations_ = 0;
    bool possible_ = true;
};

}  // namespace loopscope::explore
