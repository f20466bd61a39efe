#pragma once

#include "app/lesson/lesson.hpp"
#include "app/session/session.hpp"

namespace loopscope::lesson {

/// Where a lesson stops, as what it takes to get there: the trace ends there, so that nothing of what comes
/// next is known.
struct Spot {
    session::Setup setup;
    std::vector<session::Switch> switches;
    std::uint32_t length = 0;  ///< events of the trace
    std::uint32_t cursor = 0;
};

/// The longest program that a lesson may be about, in handles.
inline constexpr std::uint32_t longest_run = 200'000;

/// Counts how many events programs are run for to prepare a lesson, and stops a lesson that asks for minutes.
class Effort {
  public:
    static constexpr std::uint64_t max_events = 10'000'000;

    /// Takes up so many events. The error is the end of a sentence.
    Result<void> take(std::uint64_t events);

  private:
    std::uint64_t events_ = 0;
};

/// Finds the stops of a lesson, one after the other.
class Route {
  public:
    /// Both have to outlive it.
    Route(const Lesson& lesson, Effort& effort) : lesson_(lesson), effort_(effort) {}

    /// Finds the next stop. The error names the lesson's line: the program may never get there. REQUIRES: the
    /// lesson has another one.
    Result<Spot> next();

  private:
    const Lesson& lesson_;
    Effort& effort_;
    std::size_t stop_ = 0;
    Spot base_;  // where the run began, or where its storage was selected last
};

/// An engine that has run up to a spot.
std::unique_ptr<session::Engine> engine_at(const Spot& spot);

/// Runs on from a spot to the program's end. Fails if it does not end within `longest_run` handles.
Result<session::Session> ahead_of(const Spot& spot, Effort& effort);

}  // namespace loopscope::lesson
