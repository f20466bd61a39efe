#pragma once

#include <map>
#include <span>
#include <vector>

#include "app/timeline/draw_list.hpp"
#include "core/explain/loop_view.hpp"

namespace loopscope::panels {

/// Where a card of the loop stands.
enum class Section : std::uint8_t { due, ready, runs, waits };

/// A card in its place.
struct PlacedCard {
    explain::LoopCard card;
    Section section = Section::due;
    timeline::Rect rect;
};

/// Moves cards to where they belong, so that the eye can follow: each takes `duration` from where it is to
/// where it has to be. Knows no ImGui.
class CardMotion {
  public:
    /// Of one way, in seconds.
    static constexpr double duration = 0.2;

    /// A card as it is to be drawn now.
    struct Shown {
        timeline::Rect rect;
        float strength = 1;  ///< 0: not there yet; a card that comes from nowhere fades in
        bool moving = false;
        bool crosses = false;  ///< it comes from another section
    };

    /// Takes the places where cards belong, each pair of card and section once; `passed` seconds after the
    /// last call. `at_once`: nothing has to be followed. A card that has been in another section comes from
    /// there. One that stands in RUNS and elsewhere as well has just run: it goes on from RUNS, after it has
    /// arrived there.
    void update(std::span<const PlacedCard> cards, double passed, bool at_once);

    /// One for each card that was given last, in that order.
    [[nodiscard]] const std::vector<Shown>& shown() const { return shown_; }
    /// Whether the next frame will differ.
    [[nodiscard]] bool moving() const { return moving_; }

  private:
    using Key = std::pair<explain::CardId, Section>;
    struct Way {
        timeline::Rect from;
        timeline::Rect to;
        double elapsed = duration;  ///< below 0: it waits where it comes from
        bool fades = false;         ///< it comes from nowhere
        bool crosses = false;       ///< it comes from another section

        [[nodiscard]] Shown now() const;
    };

    [[nodiscard]] Way way_of(const PlacedCard& card, const PlacedCard* runs) const;

    std::map<Key, Way> ways_;
    std::vector<Shown> shown_;
    bool moving_ = false;
};

}  // namespace loopscope::panels
