#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "app/session/session.hpp"
#include "core/base/job.hpp"

namespace loopscope::session {

/// A job: where one line of the program's source ran: each time is the event that it ended with.
///
/// A line that prints what it reads makes two events and ran once. Looks at the trace as far as it goes, and
/// at each of its events once, a slice at a time.
class LineRuns {
  public:
    /// Looks at lines of the native source from now on: one, or those that a line of the twin stands for.
    /// None: at nothing.
    void look_at(std::vector<std::uint32_t> lines);
    /// Looks at what the session's trace has become, for about `time`. Returns `ended` once it has seen all
    /// of it, until that grows or is another one; never waits, never fails.
    Status poll(const Session& session, std::chrono::nanoseconds time);
    /// Returns how much of the trace it has looked at, from 0 to 1, as the trace was at the last poll.
    [[nodiscard]] double progress() const {
        return lines_.empty() || size_ == 0 ? 1 : static_cast<double>(scanned_) / size_;
    }
    /// Looks at nothing any more.
    void cancel() { look_at({}); }

    [[nodiscard]] const std::vector<std::uint32_t>& lines() const { return lines_; }
    /// The last event of each time, in order.
    [[nodiscard]] const std::vector<std::uint32_t>& events() const { return events_; }
    /// How many times it had run when the cursor's event had happened.
    [[nodiscard]] std::size_t until(std::uint32_t cursor) const;
    /// The nearest time after, or before, the cursor; goes around at the ends. None: it never ran.
    [[nodiscard]] std::optional<std::uint32_t> next(std::uint32_t cursor, Direction direction) const;

  private:
    void scan(const trace::Log& log, std::span<const trace::Event> events);
    void forget(std::uint32_t read);

    std::vector<std::uint32_t> lines_;
    std::vector<std::uint32_t> events_;
    std::uint32_t scanned_ = 0;
    std::uint32_t size_ = 0;   // of the trace
    std::uint32_t file_ = 1;   // that the lines of the next event are of
    std::uint64_t trace_ = 0;  // the serial of its index
};

static_assert(Job<LineRuns, const Session&>);

}  // namespace loopscope::session
