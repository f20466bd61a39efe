#pragma once

#include <functional>
#include <optional>

#include "app/session/session.hpp"
#include "core/base/job.hpp"

namespace loopscope::session {

/// A job: a step of a session's cursor, and all that leads forward is one. Looks for what the step leads to,
/// and has the trace grow to it, handle by handle, so that nothing is run beyond what was looked for. Puts
/// the cursor there when it is found; forward, where the trace ends before that, at its end (but for a task's
/// step, which leaves it where it is).
class Pursuit {
  public:
    enum class What : std::uint8_t {
        handle,      ///< the end of this handle, or of the next one; back: of the one before
        iteration,   ///< the same for iterations
        task,        ///< the next, or previous, step of a task
        print,       ///< the next, or previous, print
        leak,        ///< the same, of those that leak
        difference,  ///< the same, of those that differ from what they are compared with
        number,      ///< a print by its number, wherever the cursor is; forward
        event,       ///< an event, wherever the cursor is; forward
        time,        ///< the head, once the clock there has passed a time, or the trace has ended; forward
    };
    struct Goal {
        What what = What::print;
        TaskId task{};                               ///< for What::task
        std::function<bool(std::size_t)> differs{};  ///< of the position of a print, for What::difference
        Direction direction = Direction::forward;
        std::size_t number = 0;              ///< of the print, from 0, for What::number
        std::uint32_t event = 0;             ///< for What::event
        std::optional<Time> until = {};      ///< for What::time; none: to the end
        std::uint32_t handles = UINT32_MAX;  ///< that one poll runs at most, for What::time
    };

    /// Begins at the session's cursor.
    Pursuit(const Session& session, Goal goal);

    /// Looks on for about `time`. Returns `waiting` where the trace has to grow and its feed waits, `ended`
    /// when the cursor is where it leads, `failed` if the feed failed on the way: the session's feed says
    /// why. The same session at each call.
    Status poll(Session& session, std::chrono::nanoseconds time);
    /// Returns what the last poll came to.
    [[nodiscard]] Status status() const { return status_; }
    /// Returns whether it came to what it looked for; the end of the last handle or iteration counts.
    /// REQUIRES: poll() gave `ended` or `failed`.
    [[nodiscard]] bool found() const { return found_; }
    /// Returns 1 once it is over; how far away that is nobody knows before.
    [[nodiscard]] double progress() const { return is_over(status_) ? 1 : 0; }
    /// Has it end where it is: the next poll gives `ended`, with nothing found and the cursor where it was.
    void cancel() { cancelled_ = true; }

  private:
    Status go_on(Session& session, const Slice& slice);
    Status go_back(Session& session, const Slice& slice);
    /// Has the trace grow to a time on the clock at its head, and the cursor with it.
    Status run(Session& session, std::chrono::nanoseconds time);
    /// Looks for prints that differ, back, for a while. Returns whether that is over.
    bool look_back(Session& session);
    /// Looks through what the trace has by now. Returns the event to go to.
    [[nodiscard]] std::optional<std::uint32_t> find(const Session& session);
    [[nodiscard]] std::optional<std::uint32_t> find_leak(const Session& session);
    [[nodiscard]] std::optional<std::uint32_t> find_print(const Session& session);
    /// Returns whether there are prints in the trace that it has still to look at.
    [[nodiscard]] bool prints_left(const Session& session) const;
    /// Nothing more will come.
    Status end(Session& session);

    Goal goal_;
    std::uint32_t from_;
    std::size_t seen_ = 0;  // prints that were looked at; back: that are left
    Status status_ = Status::grew;
    bool found_ = false;
    bool cancelled_ = false;
};

static_assert(Job<Pursuit, Session&>);

}  // namespace loopscope::session
