// SPDX-License-Identifier: MIT
#pragma once

#include "app/lesson/lesson.hpp"
#include "app/session/session.hpp"

namespace loopscope::lesson {

/// The state of a run at which a lesson stops, as what it takes to get there. The trace ends there, so
/// nothing of what comes next is known.
struct Spot {
    feed::Setup setup;
    std::vector<feed::Switch> switches;
    std::uint32_t length = 0;  ///< events of the trace
    EventIndex cursor;
};

/// The maximum length of a program that a lesson is about, in handles.
inline constexpr std::uint32_t max_run_events = 200'000;

/// Counts the events that programs are run for to prepare a lesson, and limits them, so that no lesson takes
/// minutes.
class Effort {
  public:
    static constexpr std::uint64_t max_events = 10'000'000;

    /// Adds to the number of events. Fails beyond the maximum; the error is the end of a sentence.
    Result<void> take(std::uint64_t events);

  private:
    std::uint64_t events_ = 0;
};

/// Finds the spots of a lesson's stops, one after another.
class Route {
  public:
    /// `lesson` and `effort` have to outlive the route.
    Route(const Lesson& lesson, Effort& effort) : lesson_(lesson), effort_(effort) {}

    /// Returns the spot of the next stop. Fails if the program does not get there, or it takes too much
    /// effort; the error names the lesson's line. REQUIRES: the lesson has another stop.
    Result<Spot> next();

  private:
    const Lesson& lesson_;
    Effort& effort_;
    std::size_t stop_ = 0;
    Spot base_;  // the beginning of the run, or where its storage was selected last
};

/// Makes a feed that has run up to a spot.
std::unique_ptr<feed::Feed> feed_at(const Spot& spot);

/// Runs a program on from a spot to its end. Fails if it does not end within `max_run_events` handles, or
/// takes too much effort; the error is the end of a sentence.
Result<session::Session> ahead_of(const Spot& spot, Effort& effort);

}  // namespace loopscope::lesson
