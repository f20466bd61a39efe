// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <span>
#include <vector>

#include "app/timeline/draw_list.hpp"
#include "core/explain/loop_view.hpp"

namespace loopscope::panels {

/// The section of the LOOP panel that a card is in.
enum class Section : std::uint8_t { due, ready, runs, waits };

/// A card with its section and its rectangle, in pixels.
struct PlacedCard {
    explain::LoopCard card;
    Section section = Section::due;
    timeline::Rect rect;
};

/// Moves cards to their places at a speed that the eye can follow: a card takes `duration` from where it is
/// to where it belongs. Knows no ImGui.
class CardMotion {
  public:
    /// The duration of one move, in seconds.
    static constexpr double duration = 0.2;

    /// How a card is drawn now.
    struct Shown {
        timeline::Rect rect;
        float strength = 1;  ///< opacity; a card that was in no section before fades in from 0
        bool moving = false;
        bool crosses = false;  ///< whether the card comes from another section
    };

    /// Sets the places of all cards, `passed` seconds after the last call. `at_once`: cards jump to their
    /// places. A card that was in another section moves from there. A card that is in RUNS and in a second
    /// section has just run: it moves to the second section from RUNS, once it has arrived there. REQUIRES:
    /// no two cards have the same id and section.
    void update(std::span<const PlacedCard> cards, double passed, bool at_once);

    /// Returns how each card of the last update() is drawn, in the order of those cards.
    [[nodiscard]] const std::vector<Shown>& shown() const { return shown_; }
    /// Returns whether the next frame will differ.
    [[nodiscard]] bool moving() const { return moving_; }

  private:
    using Key = std::pair<explain::CardId, Section>;
    struct Way {
        timeline::Rect from;
        timeline::Rect to;
        double elapsed = duration;  ///< below 0: the card waits where it comes from
        bool fades = false;         ///< whether the card was in no section before
        bool crosses = false;       ///< whether the card comes from another section

        [[nodiscard]] Shown now() const;
    };

    [[nodiscard]] Way way_of(const PlacedCard& card, const PlacedCard* runs) const;

    std::map<Key, Way> ways_;
    std::vector<Shown> shown_;
    bool moving_ = false;
};

}  // namespace loopscope::panels
