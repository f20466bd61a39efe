// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "app/session/session.hpp"
#include "core/base/job.hpp"

namespace loopscope::session {

/// A job: finds the events at which a line of the program's source ran.
///
/// A line that prints what it reads makes two events and ran once: its last event counts. Looks at the trace
/// as far as it goes, and at each of its events once, a slice at a time.
class LineRuns {
  public:
    /// Sets the lines to look for, of a file by its number: one, or those of the native source that a line of
    /// the twin corresponds to. Starts over if they differ from the present ones; looks for nothing if there
    /// are none.
    void look_at(std::vector<std::uint32_t> lines, std::uint32_t file = 1);
    /// Looks for the lines in what the session's trace has become, for about `time`. Returns `ended` once all
    /// of the trace was looked at, until it grows or the session shows another one. Never waits and never
    /// fails.
    Status poll(const Session& session, std::chrono::nanoseconds time);
    /// Returns how much of the trace was looked at, from 0 to 1, for its length at the last poll.
    [[nodiscard]] double progress() const {
        return lines_.empty() || size_ == 0 ? 1 : static_cast<double>(next_.value) / size_;
    }
    /// Stops looking for lines.
    void cancel() { look_at({}); }

    [[nodiscard]] const std::vector<std::uint32_t>& lines() const { return lines_; }
    /// Returns the number of the file that lines() are of.
    [[nodiscard]] std::uint32_t file() const { return lines_file_; }
    /// Returns the last event of each time that a line ran, in order.
    [[nodiscard]] const std::vector<EventIndex>& events() const { return events_; }
    /// Returns how many times the lines had run up to the cursor's event, inclusive.
    [[nodiscard]] std::size_t until(EventIndex cursor) const;
    /// Returns the event of the nearest run of a line after, or before, the cursor, and continues at the
    /// other end of the trace. std::nullopt: the lines never ran.
    [[nodiscard]] std::optional<EventIndex> next(EventIndex cursor, Direction direction) const;

  private:
    void scan(const trace::Log& log, std::span<const trace::Event> events);
    void forget(EventIndex read);

    std::vector<std::uint32_t> lines_;
    std::uint32_t lines_file_ = 1;  // the file that they are of
    std::vector<EventIndex> events_;
    EventIndex next_;          // the first event that was not looked at
    std::uint32_t size_ = 0;   // of the trace
    std::uint32_t file_ = 1;   // the file that the next event's line is of
    std::uint64_t trace_ = 0;  // the serial of the trace's index
};

static_assert(Job<LineRuns, const Session&>);

}  // namespace loopscope::session
