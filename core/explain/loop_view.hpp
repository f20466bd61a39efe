#pragma once

#include <compare>
#include <optional>
#include <vector>

#include "core/trace/state.hpp"

namespace loopscope::explain {

/// What a card in a picture of the loop stands for: the same wherever the card moves.
struct CardId {
    enum class Kind : std::uint8_t { task, timer, callback };

    Kind kind = Kind::task;
    std::uint32_t number = 0;  ///< the task, the timer, or the event that made the callback ready

    friend constexpr auto operator<=>(const CardId&, const CardId&) = default;
};

/// A handle, a timer, or a task that waits.
struct LoopCard {
    CardId id;
    trace::ReadyHandle handle;     ///< of a timer: the handle that it will be; of a task: its step
    std::optional<Time> deadline;  ///< of a timer, or of the one that a task sleeps by
};

/// One iteration of the loop, as it is at the cursor: timers come due, become ready handles, run one by one,
/// and what their tasks do next is wait.
///
/// Of what there is in any number, cards are made for the first ones: more than a screen has room for.
struct LoopView {
    static constexpr std::size_t most_cards = 300;

    std::vector<LoopCard> due;     ///< the timers with the first deadline, which come due together
    std::size_t all_due = 0;       ///< how many these are
    Time due_at{0};                ///< that deadline
    bool due_now = false;          ///< the clock has passed it: they are about to become ready
    std::vector<LoopCard> ready;   ///< the ready queue, the first to run first
    std::size_t all_ready = 0;     ///< how many handles are in it
    std::size_t snapshot = 0;      ///< how many of them this iteration runs
    std::optional<LoopCard> runs;  ///< the handle that runs, or the last one that did
    bool over = false;             ///< whether that handle is over
    std::vector<LoopCard> waits;   ///< tasks that wait, sleepers by deadline, then the others
    std::size_t all_waits = 0;     ///< how many tasks wait
};

LoopView loop_view(const trace::State& state);

}  // namespace loopscope::explain
