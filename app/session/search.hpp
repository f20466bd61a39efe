// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/session/session.hpp"
#include "core/base/job.hpp"
#include "core/explain/slice_view.hpp"
#include "core/explain/words.hpp"

namespace loopscope::session {

/// A search for a text in the texts of one trace that examines each of them once: tasks and prints are many,
/// and different texts are few.
class Finder {
  public:
    explicit Finder(std::string text)
        : text_(std::move(text)),
          may_reach_behind_(text_.find_first_of(" ()0123456789") != std::string::npos) {}

    [[nodiscard]] const std::string& text() const { return text_; }
    /// Returns whether a text of the trace contains it.
    bool is_in(std::string_view other);
    /// Returns whether a task's or a track's whole name contains it.
    bool is_in(const explain::TaskName& name);
    bool is_in(const explain::TrackName& name);
    /// Returns whether an event is a slice or an instant whose name contains it.
    bool is_named(const trace::Log& log, EventIndex event);

  private:
    std::string text_;
    bool may_reach_behind_;  // whether a name may contain it, though no text of which that is made does
    std::unordered_map<const char*, bool> known_;  // by where the text stands in memory
};

/// A job: looks for the nearest event after (or before) the cursor that has to do with a text: a print that
/// contains it, the creation of a task whose whole name contains it, a slice or an instant whose name
/// contains it, or a mark whose text does. Looks at the trace as it was at the start, and continues at its
/// other end if there is none on this side.
class Search {
  public:
    /// Begins at the session's present cursor.
    Search(const Session& session, std::string text, Direction direction);

    /// Looks for about `time`. Returns `ended` once the search is over, also if the session shows another
    /// trace by now. Never waits and never fails.
    Status poll(const Session& session, std::chrono::nanoseconds time);
    /// Returns the event that was found; std::nullopt: nothing has to do with the text. REQUIRES: poll()
    /// returned `ended`.
    [[nodiscard]] std::optional<EventIndex> found() const { return found_; }
    /// Returns how much of the trace was looked through, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Ends the search, with the nearest event that was found so far.
    void cancel() { cancelled_ = true; }
    [[nodiscard]] const std::string& text() const { return finder_.text(); }
    [[nodiscard]] Direction direction() const { return direction_; }

  private:
    /// A round through the numbers below `size`: from `from` to the end (or back to the beginning), and on
    /// from the other end.
    struct Round {
        std::size_t size = 0;
        std::size_t from = 0;
        std::size_t tried = 0;
    };

    /// Looks at the next few numbers of a round. Returns true once one fits or all were tried.
    template <class Fits, class EventOf>
    bool look(Round& round, const Fits& fits, const EventOf& event_of);
    [[nodiscard]] std::uint32_t distance(EventIndex event) const;
    /// Takes an event as what was found, if it is nearer than what was.
    void take(EventIndex event);
    /// Looks at the next few events of a trace of tracks. Returns true once the search is over.
    bool look_at_slices(const Session& session);

    Finder finder_;
    Direction direction_;
    std::uint64_t serial_;  // of the trace's index
    std::uint32_t size_;    // of the trace
    EventIndex cursor_;
    Round prints_;
    Round tasks_;
    Round events_;  // of a trace of tracks
    std::optional<EventIndex> found_;
    bool cancelled_ = false;
};

static_assert(Job<Search, const Session&>);

/// Returns whether a text names a state that tasks are in: "ready", "running", "waiting" or "ended".
bool is_state_of_tasks(std::string_view text);

/// Returns whether a text means a task: the task's whole name contains the text, or the text is one of
/// "ready", "running", "waiting" and "ended" and the task is in that state.
bool is_meant(const trace::Log& log, const trace::Index& index, const trace::State& state, TaskId task,
              Finder& text);

}  // namespace loopscope::session
