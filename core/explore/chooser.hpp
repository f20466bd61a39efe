#pragma once

#include <optional>
#include <vector>

#include "core/explore/schedule.hpp"

namespace loopscope::explore {

/// Takes the choices of one run, and notes them: first those it is given, then at random, or asyncio's own.
class Chooser final : public loop::Chooser {
  public:
    /// A point where there was a choice.
    struct Point {
        std::uint32_t count = 0;  ///< alternatives
        std::uint32_t taken = 0;
        loop::Freedom freedom = loop::Freedom::tie;
    };

    /// The given choices, then asyncio's own. A given one that is no alternative counts as asyncio's own.
    explicit Chooser(const Schedule& schedule) : loop::Chooser(schedule.freedoms), given_(schedule.choices) {}
    /// All at random. The same seed gives the same choices.
    Chooser(const loop::Freedoms& freedoms, std::uint64_t seed)
        : loop::Chooser(freedoms), random_(true), state_(seed) {}

    std::uint32_t choose(loop::Freedom freedom, std::uint32_t count) override;

    [[nodiscard]] const std::vector<Point>& points() const { return points_; }
    /// What was taken, less the end of it that is asyncio's own.
    [[nodiscard]] Choices choices() const;
    /// How many of them are not asyncio's own.
    [[nodiscard]] std::size_t deviations() const { return deviations_; }
    /// Whether asyncio could do the same: the ready queue stayed in its order.
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
