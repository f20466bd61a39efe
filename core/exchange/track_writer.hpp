// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include "core/exchange/argument_lists.hpp"
#include "core/exchange/flows.hpp"
#include "core/exchange/lane_event.hpp"
#include "core/exchange/stacks.hpp"
#include "core/exchange/track_order.hpp"
#include "core/trace/limits.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A writer that makes a log of events whose tracks are decided.
class TrackWriter {
  public:
    /// `start`: the time that becomes 0, in nanoseconds.
    TrackWriter(trace::Log& log, const AnnouncedTracks& tracks, ArgumentLists& arguments, const Flows& flows,
                std::int64_t start)
        : log_(log),
          tracks_(tracks),
          arguments_(arguments),
          flows_(flows),
          start_(start),
          flow_numbers_(flows.count()),
          tops_(tracks.of_draft.size()) {}

    /// Writes an event to the log. REQUIRES: no event before it has a later time.
    void add(const LaneEvent& event);
    /// Writes the ends that are known: no more events come.
    void finish() { end_before(LaneEvent::never); }
    /// Returns whether the log has its maximum length: the remaining events are left out.
    [[nodiscard]] bool full() const { return log_.full(); }

  private:
    struct Ending {
        std::int64_t end = 0;
        std::uint32_t draft = 0;
        bool operator>(const Ending& other) const { return end > other.end; }
    };
    void at(std::int64_t time) { log_.set_time(Time(time - start_)); }
    void describe(std::uint32_t track, std::uint32_t arguments, trace::Kind kind = trace::Kind::argument);
    void open(const LaneEvent& event);
    [[nodiscard]] bool ends_by(std::uint32_t draft, std::int64_t time) const {
        return !tops_[draft].empty() && open_.of(tops_[draft]) <= time;
    }
    void end_innermost(std::uint32_t draft);
    void end_before(std::int64_t time);
    void touch(std::uint32_t track, const LaneEvent& event);

    trace::Log& log_;
    const AnnouncedTracks& tracks_;
    ArgumentLists& arguments_;
    const Flows& flows_;
    std::int64_t start_;
    std::vector<std::uint32_t> flow_numbers_;  // of each flow: its number in the log; 0: none yet
    std::uint32_t last_flow_ = 0;
    Stacks<std::int64_t> open_;
    std::vector<Stacks<std::int64_t>::Top> tops_;  // of each draft: when the spans end that are open
    std::priority_queue<Ending, std::vector<Ending>, std::greater<>> endings_;
};

}  // namespace loopscope::exchange
