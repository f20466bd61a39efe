// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "app/session/search.hpp"

namespace loopscope::session {

/// All that a text is found in, of what session::Search goes to: prints, tasks, slices, instants and marks,
/// each as the event that the search goes to. Goes on as the trace grows, a part of it in each frame.
class Hits {
  public:
    /// The maximum number of hits that are kept of each kind.
    static constexpr std::size_t max_kept = 1'000'000;

    /// Looks for a text from now on, or for nothing.
    void look_for(const std::string& text);
    /// Looks on for about `time`.
    void update(const Session& session, std::chrono::nanoseconds time);
    /// Returns whether all of the trace so far was looked at.
    [[nodiscard]] bool is_complete() const { return complete_; }
    /// Returns whether there were more than are kept.
    [[nodiscard]] bool is_cut() const;

    /// Returns the number of hits so far.
    [[nodiscard]] std::size_t count() const;
    /// Returns the number of hits up to and including an event.
    [[nodiscard]] std::size_t count_until(EventIndex event) const;
    /// Returns whether an event is a hit.
    [[nodiscard]] bool has(EventIndex event) const;
    /// Returns the hits, as rising lists that have none in common. They change with update() and look_for().
    [[nodiscard]] std::array<std::span<const EventIndex>, 4> lists() const;

  private:
    void begin_anew(const Session& session);
    /// Look at the next few. Each returns whether it has come to the end.
    bool look_at_prints(const Session& session);
    bool look_at_tasks(const Session& session);
    bool look_at_slices(const Session& session);
    void look_at_marks(const Session& session);

    Finder finder_{std::string()};
    std::uint64_t serial_ = 0;  // of the trace's index
    bool complete_ = true;
    PrintIndex next_print_;
    EventIndex next_event_;  // of a trace of tracks
    /// Tasks may come to be called otherwise; then all are looked at again, and until that is done those that
    /// were found before are still shown.
    std::size_t next_task_ = 0;
    std::uint64_t names_ = 0;  // the changes of names when this round began
    std::vector<EventIndex> found_tasks_;
    std::vector<EventIndex> prints_;
    std::vector<EventIndex> tasks_;
    std::vector<EventIndex> slices_;
    std::vector<EventIndex> marks_;
};

/// Returns where the cursor is among all hits: "3 of 14"; if it is on none, "14 found". What happened before
/// the session's first event is there with it.
std::string place_text(const Hits& hits, const Session& session);

}  // namespace loopscope::session
