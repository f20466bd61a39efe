#pragma once

#include <optional>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::session {

/// Where one line of the program's source ran: each time is the event that it ended with.
///
/// A line that prints what it reads makes two events and ran once. Looks at the trace as far as it goes, and
/// at each of its events once.
class LineRuns {
  public:
    /// Looks at lines of the native source from now on: one, or those that a line of the twin stands for.
    /// None: at nothing.
    void look_at(std::vector<std::uint32_t> lines);
    /// Takes in what the session's trace has become.
    void update(const Session& session);

    [[nodiscard]] const std::vector<std::uint32_t>& lines() const { return lines_; }
    /// The last event of each time, in order.
    [[nodiscard]] const std::vector<std::uint32_t>& events() const { return events_; }
    /// How many times it had run when the cursor's event had happened.
    [[nodiscard]] std::size_t until(std::uint32_t cursor) const;
    /// The nearest time after, or before, the cursor; goes around at the ends. None: it never ran.
    [[nodiscard]] std::optional<std::uint32_t> next(std::uint32_t cursor, Direction direction) const;

  private:
    std::vector<std::uint32_t> lines_;
    std::vector<std::uint32_t> events_;
    std::uint32_t scanned_ = 0;
    std::uint64_t trace_ = 0;  // the serial of its index
};

}  // namespace loopscope::session
