// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/exchange/activity.hpp"
#include "core/exchange/events_together.hpp"
#include "core/exchange/handle_times.hpp"

namespace loopscope::exchange {

/// The slices of a program's handles while they are under way, on each OS thread, until they are passed to a
/// visitor with all that happened in them: each event belongs to the slice that it is in or right behind, or
/// else to an instant outside of all slices.
class HandleSlices {
  public:
    /// REQUIRES: both outlive it, and trace::check accepts the log.
    HandleSlices(const trace::Log& log, Visitor& visitor)
        : log_(log), visitor_(visitor), together_(log), times_(log) {}

    // For each event of the log, in order: take(), then what the event says, then leave(). At last finish().

    /// Goes on to an event.
    void take(EventIndex at);
    void leave();
    /// Ends what is under way.
    void finish();

    /// Begins the slice of a handle with the event. Returns when it is shown to begin.
    Time begin(Track track, Slice::Kind kind, std::string name, Flow arrives = 0);
    /// What is known of a slice that has ended.
    struct Ended {
        Slice::Kind kind = Slice::Kind::step;
        Track track = 0;
        Time end{0};
    };
    /// Ends the innermost slice of the thread. `done`: its name, if nothing has given it one. Returns nothing
    /// if none is open.
    std::optional<Ended> end(std::string_view done);
    /// Adds an instant. `leaves`: the flow that leaves there; 0: none.
    void note(std::string name, Instant::Kind kind = Instant::Kind::loop, Flow leaves = 0);
    /// Adds to the name of the step under way, if there is one.
    void does(std::string_view what);
    /// Returns the track of the thread, of which the visitor has been told.
    [[nodiscard]] Track thread_track();
    /// Returns when what happens with the event is shown to happen.
    [[nodiscard]] Time now() const { return times_.at(now_); }

  private:
    /// A slice that has not ended, and what the trace says of its beginning.
    struct Open {
        Slice slice;
        Time began{0};
    };

    void belongs(std::vector<EventRun>& runs);
    void switch_thread();
    void pass_on(Open& open);
    void pass_on_ended();
    [[nodiscard]] Open* slice_of_event();
    void outside(Instant instant);
    [[nodiscard]] trace::Event event() const { return log_[at_]; }
    [[nodiscard]] std::string_view string(std::uint32_t id) const { return log_.strings()[StringId{id}]; }

    const trace::Log& log_;
    Visitor& visitor_;
    EventsTogether together_;
    HandleTimes times_;
    EventIndex at_;
    Time clock_{0};
    Time now_{0};
    Time before_{0};  // the time of the event before
    std::uint32_t thread_ = 1;
    std::vector<Open> open_;
    std::optional<Open>
        ended_;  // the handle that was the last one, until it is over: what it causes may follow
    std::vector<EventRun> between_;  // events since the last slice or instant, outside all slices
    std::map<std::uint32_t, std::vector<Open>> halted_;  // open slices of the other threads
    std::unordered_map<std::uint32_t, std::string> threads_;
    std::unordered_set<Track> shown_threads_;
    std::size_t kept_bytes_ = 0;  // of the names of the instants that are kept
};

}  // namespace loopscope::exchange
