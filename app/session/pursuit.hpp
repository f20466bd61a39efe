// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>

#include "app/session/session.hpp"
#include "core/base/job.hpp"

namespace loopscope::session {

/// A job: moves a session's cursor to a goal. Looks for the goal, and has the trace grow handle by handle
/// until it is there, so that nothing beyond the goal is run. When it is found, puts the cursor on it;
/// forward, if the trace ends before that, on the trace's end (after a task's step: leaves the cursor where
/// it is).
class Pursuit {
  public:
    enum class What : std::uint8_t {
        handle,      ///< the end of this handle, or of the next one; back: of the one before. Where there are
                     ///< tracks in place of tasks: the next, or previous, slice or instant
        iteration,   ///< the end of this iteration, or of the next one; back: of the one before. Of tracks: a
                     ///< slice that is inside of no other
        task,        ///< the next, or previous, step of a task; of tracks: a slice beside this one
        print,       ///< the next, or previous, print; of tracks: an instant
        leak,        ///< the next, or previous, print of a leak
        stale,       ///< the next, or previous, stale print
        difference,  ///< the next, or previous, print that `differs`
        number,      ///< a print by its number, wherever the cursor is; forward
        event,       ///< an event, wherever the cursor is; forward
        time,        ///< the head, once the clock there has passed a time, or the trace has ended; forward
    };
    struct Goal {
        What what = What::print;
        TaskId task{};                              ///< for What::task
        std::function<bool(PrintIndex)> differs{};  ///< for What::difference
        Direction direction = Direction::forward;
        PrintIndex number{};                 ///< of the print, for What::number
        EventIndex event{};                  ///< for What::event
        std::optional<Time> until = {};      ///< for What::time; none: to the end
        std::uint32_t handles = UINT32_MAX;  ///< the maximum that one poll runs, for What::time
    };

    /// Begins at the session's present cursor.
    Pursuit(const Session& session, Goal goal);

    /// Pursues the goal for about `time`. Returns `waiting` while the feed has nothing that the trace could
    /// grow by, `ended` when the cursor is in its final position, `failed` if the feed failed on the way: the
    /// session's feed has the error. REQUIRES: the same session at each call.
    Status poll(Session& session, std::chrono::nanoseconds time);
    /// Returns the status that the last poll returned.
    [[nodiscard]] Status status() const { return status_; }
    /// Returns whether the goal was reached; the end of the last handle or iteration counts. REQUIRES: poll()
    /// returned `ended` or `failed`.
    [[nodiscard]] bool found() const { return found_; }
    /// Returns 1 once the pursuit is over and 0 before: the distance is not known.
    [[nodiscard]] double progress() const { return is_over(status_) ? 1 : 0; }
    /// Ends the pursuit: the next poll returns `ended`, with nothing found and the cursor where it was.
    void cancel() { cancelled_ = true; }

  private:
    Status go_on(Session& session, const Slice& slice);
    Status go_back(Session& session, const Slice& slice);
    /// Goes to the next slice or instant of a trace of tracks, or to the one before; stays where it is if
    /// there is none.
    Status go_to_slice(Session& session);
    /// Runs until the clock at the trace's head has passed the goal's time, with the cursor at the head.
    Status run(Session& session, std::chrono::nanoseconds time);
    /// Looks back for a print that differs, among a limited number. Returns whether the search is over.
    bool look_back(Session& session);
    /// Looks for the goal in the trace as far as it goes. Returns the event to go to.
    [[nodiscard]] std::optional<EventIndex> find(const Session& session);
    /// Looks for the next print that is one of those that are counted.
    [[nodiscard]] std::optional<EventIndex> find_counted(const Session& session,
                                                         const trace::PrintCounts& counts);
    [[nodiscard]] std::optional<EventIndex> find_print(const Session& session);
    /// Returns whether prints are left in the trace that were not looked at yet.
    [[nodiscard]] bool prints_left(const Session& session) const;
    /// Ends the pursuit because nothing more will come. Returns the session's status.
    Status end(Session& session);

    Goal goal_;
    EventIndex from_;
    PrintIndex next_;  // the first print that was not looked at; back: the index after the last one
    Status status_ = Status::grew;
    bool found_ = false;
    bool cancelled_ = false;
};

static_assert(Job<Pursuit, Session&>);

}  // namespace loopscope::session
