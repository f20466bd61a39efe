#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::session {

/// Where one line of the program's source ran: each time is the event that it ended with.
///
/// A line that prints what it reads makes two events and ran once. Looks at the trace as far as it goes, and
/// at each of its events once, a slice at a time.
class LineRuns {
  public:
    /// Looks at lines of the native source from now on: one, or those that a line of the twin stands for.
    /// None: at nothing.
    void look_at(std::vector<std::uint32_t> lines);
    /// Looks at what the session's trace has become, for about `time`. Gives true once it has seen all.
    bool update(const Session& session, std::chrono::nanoseconds time = std::chrono::nanoseconds::max());
    /// How much of the trace it has looked at, from 0 to 1.
    [[nodiscard]] double done(const Session& session) const {
        return lines_.empty() ? 1 : static_cast<double>(scanned_) / session.log().size();
    }

    [[nodiscard]] const std::vector<std::uint32_t>& lines() const { return lines_; }
    /// The last event of each time, in order.
    [[nodiscard]] const std::vector<std::uint32_t>& events() const { return events_; }
    /// How many times it had run when the cursor's event had happened.
    [[nodiscard]] std::size_t until(std::uint32_t cursor) const;
    /// The nearest time after, or before, the cursor; goes around at the ends. None: it never ran.
    [[nodiscard]] std::optional<std::uint32_t> next(std::uint32_t cursor, Direction direction) const;

  private:
    void scan(std::span<const trace::Event> events);
    void forget(std::uint32_t read);

    std::vector<std::uint32_t> lines_;
    std::vector<std::uint32_t> events_;
    std::uint32_t scanned_ = 0;
    std::uint64_t trace_ = 0;  // the serial of its index
};

}  // namespace loopscope::session
