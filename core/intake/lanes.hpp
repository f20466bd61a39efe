// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/intake/handles.hpp"
#include "core/intake/trace_writer.hpp"

namespace loopscope::intake {

/// A thread of the trace, which has one loop at a time. An OS thread whose loops are open at the same time
/// has a lane for each.
struct Lane {
    StringId name;
    ReadyQueue ready;
    std::uint32_t thread = 0;          ///< the OS thread that it belongs to
    std::uint32_t loop = 0;            ///< the open loop; 0: none
    std::uint32_t left = 0;            ///< handles of the iteration under way that have not run
    std::uint32_t iteration = 0;       ///< the number of the last one
    std::uint32_t running_timers = 0;  ///< timers that are neither due nor cancelled
    std::uint32_t dropped_timers = 0;  ///< its timers up to this number went with their loop
    std::uint32_t busy = 0;            ///< the handles and jobs that run on it, inside each other
};

/// The last reads of what a thread is running.
class LastReads {
  public:
    void add(EventIndex get) { gets_[count_++ % gets_.size()] = get; }
    /// Returns the last of these reads that returned a text; none: none did.
    [[nodiscard]] EventIndex find(const trace::Log& log, StringId text) const {
        EventIndex last;
        for (const EventIndex get : gets_)
            if (get > last && log.value_of_get(get).value == text.value) last = get;
        return last;
    }

  private:
    std::array<EventIndex, 8> gets_ = {};  // none at first
    std::uint32_t count_ = 0;
};

/// What an OS thread is running.
struct Activity {
    enum class Kind : std::uint8_t { step, callback, job };
    Kind kind = Kind::step;
    std::uint32_t task = 0;  ///< the task that is stepped, or that the job serves
    std::uint32_t lane = 0;
    LastReads reads = {};
    bool waits = false;  ///< whether it was said what the step will wait for
    trace::Wait wait = trace::Wait::yield;
    std::uint32_t wait_for = 0;
};

/// A record that has to wait for the end of the step in which it was written.
struct HeldRecord {
    Spool_record record = {};
    std::uint32_t file = 0;
};

/// An OS thread of the program.
struct Thread {
    StringId name;
    std::uint32_t lane = 0;         ///< its own lane; 0: it has needed none
    std::uint32_t side_lane = 0;    ///< for what its loop runs out of turn; 0: it has needed none
    std::uint32_t loop = 0;         ///< whose iteration was the last
    std::vector<Activity> running;  ///< inside each other
    std::vector<HeldRecord> held;
    bool holds = false;           ///< whether records are held until the innermost step ends
    std::uint32_t held_runs = 0;  ///< handles that began among those that are held, and have not ended
};

/// An event loop of the program.
struct Loop {
    std::uint32_t lane = 0;  ///< 0: nothing was said of its handles
};

/// The threads and loops of the program, and the lanes of the trace on which what they do is told. All are
/// numbered from 1.
class Lanes {
  public:
    explicit Lanes(TraceWriter& out) : out_(out) {}

    /// Goes on with an OS thread, which may be a new one. Refuses a number out of turn.
    bool go_on(std::uint32_t thread, StringId name);
    /// Returns the OS thread that writes.
    [[nodiscard]] Thread& thread() { return threads_[thread_ - 1]; }
    /// Returns the innermost activity of the OS thread that writes; null if it runs nothing.
    [[nodiscard]] Activity* activity() {
        return thread().running.empty() ? nullptr : &thread().running.back();
    }
    /// Returns the task that runs on the OS thread that writes; 0: none.
    [[nodiscard]] std::uint32_t running_task() { return activity() ? activity()->task : 0; }

    /// Begins or ends something that the OS thread runs.
    void begin(const Activity& activity);
    Activity end();

    /// Adds a loop, or goes on with one. Refuses a number out of turn.
    bool name_loop(std::uint32_t loop);
    /// Returns the lane of the loop that was named last; without one, that of the thread's last iteration.
    std::uint32_t lane_of_loop();
    /// Returns the lane on which a loop runs its iterations: that of the OS thread that writes, if none was
    /// said to run them before.
    std::uint32_t lane_to_run(std::uint32_t loop);
    /// Has a lane be free for another loop.
    void close(std::uint32_t number);

    /// Returns the lane of what the OS thread that writes does now.
    std::uint32_t lane_here();
    /// Returns a lane of the OS thread that writes for what its loop runs out of turn.
    std::uint32_t side_lane();
    [[nodiscard]] Lane& lane(std::uint32_t number) { return lanes_[number - 1]; }
    /// Has the next events be those of a lane. Returns whether that can be.
    bool select(std::uint32_t number);

  private:
    std::uint32_t own_lane();
    std::uint32_t add_lane(StringId name);
    std::uint32_t bind(std::uint32_t loop);
    void hand_over(std::uint32_t number);

    TraceWriter& out_;
    std::deque<Thread> threads_ = std::deque<Thread>(1);
    std::vector<Loop> loops_;
    std::deque<Lane> lanes_;
    std::uint32_t thread_ = 1;
    std::uint32_t loop_ = 0;  // that was named last
    std::uint32_t lane_ = 1;  // of the next events
    bool was_named_ = false;  // whether the first thread was
};

}  // namespace loopscope::intake
