// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Returns whether an event takes a handle, or a job.
bool begins_handle(trace::Kind kind);

/// The times at which other tools are shown that handles begin and end. There a slice without a length cannot
/// be seen, and two that begin at once are nested wrongly; but a virtual clock may stand still in a handle,
/// and through many of them.
///
/// Handles that begin at one time and end at that time share what lies between it and the next handle; but
/// each has no more than the last handles before a wait had, where the loop waits for that next one, and
/// never less than a nanosecond, so that all times may be moved by as many nanoseconds as such handles need.
class HandleTimes {
  public:
    explicit HandleTimes(const trace::Log& log) : log_(log) {}

    /// Returns the time at which the handle that begins with an event is shown to begin, which is later than
    /// that of the handle before. `clock` is what the last `clock` event set, `now` the time of the event.
    Time begin(EventIndex at, Time clock, Time now);
    /// Returns the time at which a handle is shown to end that began at `began` and ends at `now`, both times
    /// of the trace.
    [[nodiscard]] Time end(Time began, Time now) const {
        return now > began ? std::max(now, latest_ + Duration(1)) : latest_ + share_;
    }
    /// Returns the time at which anything else is shown that happens at `now`.
    [[nodiscard]] Time at(Time now) const { return std::max(now, latest_); }

  private:
    /// What follows the beginning of a handle.
    struct Ahead {
        std::int64_t handles = 0;  ///< that begin at the same time, itself included
        std::int64_t open = 0;     ///< of these, those that last longer
        bool waits = false;        ///< whether the loop waits for the next handle that begins later
        bool ends = false;         ///< whether there is no such handle
        Time next{0};              ///< when that one begins
    };
    [[nodiscard]] Ahead look(EventIndex at, Time clock, Time now) const;

    const trace::Log& log_;
    Time group_{-1};       // the time at which the last handles began
    Duration share_{0};    // of each of these
    Duration cost_{1000};  // the last share that no wait cut; the virtual clock's default to begin with
    Time latest_{-1};      // when the last handle is shown to begin
};

}  // namespace loopscope::exchange
