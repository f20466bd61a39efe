#pragma once

#include <chrono>
#include <functional>

#include "app/session/session.hpp"

namespace loopscope::session {

/// Looks for what a step leads to, and runs the program on to it, a slice at a time, so that nobody who
/// watches has to wait. Puts the cursor there when it is found, or (forward, but for a task's step) at the
/// end.
class Pursuit {
  public:
    enum class What : std::uint8_t { print, leak, task, difference, iteration };
    struct Goal {
        What what = What::print;
        TaskId task{};                               ///< whose next step, for What::task
        std::function<bool(std::size_t)> differs{};  ///< of a print's place, for What::difference
        Direction direction = Direction::forward;    ///< back: for What::difference; nothing is run
    };

    /// From where the session's cursor is.
    Pursuit(const Session& session, Goal goal);

    /// Looks on for about `time`. Gives true once it is over.
    bool advance(Session& session, std::chrono::nanoseconds time);
    /// Whether it came to what it looked for; the end of the last iteration counts. REQUIRES: it is over.
    [[nodiscard]] bool found() const { return found_; }

  private:
    /// Looks through what the trace has by now. Gives the event to go to.
    [[nodiscard]] std::optional<std::uint32_t> find(const Session& session);
    [[nodiscard]] std::optional<std::uint32_t> find_step(const Session& session) const;
    [[nodiscard]] std::optional<std::uint32_t> find_leak(const Session& session);
    /// Looks back for a while. Gives true once it is over.
    bool look_back(Session& session);
    [[nodiscard]] bool looks_at_prints() const {
        return goal_.what != What::task && goal_.what != What::iteration;
    }

    Goal goal_;
    std::uint32_t from_;
    std::size_t seen_;  // prints that were looked at; back: that are left
    bool found_ = false;
};

}  // namespace loopscope::session
