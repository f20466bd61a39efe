// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <optional>
#include <vector>

#include "core/trace/state.hpp"

namespace loopscope::explain {

/// The identity of a card in a picture of the loop, which stays the same wherever the card moves.
struct CardId {
    enum class Kind : std::uint8_t { task, timer, callback };

    Kind kind = Kind::task;
    /// The number of the task or timer; of a callback, the index of the event that made it ready.
    std::uint32_t number = 0;

    friend constexpr auto operator<=>(const CardId&, const CardId&) = default;
};

/// A card in a picture of the loop: a handle, a timer, or a task that waits.
struct LoopCard {
    CardId id;
    trace::ReadyHandle handle;     ///< for a timer, the handle that it will become; for a task, its step
    std::optional<Time> deadline;  ///< of the timer, or of the timer that the task sleeps by
};

/// How many cards of each list come before the first one that is made, or that is shown.
struct LoopPlaces {
    std::size_t due = 0;
    std::size_t ready = 0;
    std::size_t waits = 0;

    friend constexpr bool operator==(const LoopPlaces&, const LoopPlaces&) = default;
};

/// One iteration of the loop as it is at the cursor: timers come due, become ready handles, which run one by
/// one, and whose tasks then wait again.
///
/// Of lists that can have any length, only some cards are made, from `first` on: more than a screen has room
/// for.
struct LoopView {
    static constexpr std::size_t max_cards = 300;

    std::vector<LoopCard> due;     ///< the timers with the first deadline, which come due together
    std::size_t all_due = 0;       ///< how many timers have the first deadline
    Time due_at{0};                ///< the first deadline
    bool due_now = false;          ///< the clock has passed due_at: the timers become ready next
    std::vector<LoopCard> ready;   ///< the ready queue, in the order in which it runs
    std::size_t all_ready = 0;     ///< how many handles are in the ready queue
    std::size_t snapshot = 0;      ///< how many handles of the ready queue this iteration runs
    std::optional<LoopCard> runs;  ///< the handle that runs, or the last one that did
    bool over = false;             ///< whether the handle of `runs` is over
    std::vector<LoopCard> waits;   ///< tasks that wait, sleepers by deadline, then the others
    std::size_t all_waits = 0;     ///< how many tasks wait
    LoopPlaces first;              ///< how many of each list come before those that have a card
};

/// Returns the picture of the loop in a state. Those of each list that come before `first` get no card; at
/// most all of them.
LoopView loop_view(const trace::State& state, const LoopPlaces& first = {});

}  // namespace loopscope::explain
