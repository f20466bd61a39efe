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

/// Finds a stop. The error names the lesson's line: the program may never get there.
Result<Spot> find_spot(const Lesson& lesson, std::size_t stop);

/// An engine that has run up to a spot.
std::unique_ptr<session::Engine> engine_at(const Spot& spot);

/// The same run, to its end. Fails if it does not end within `longest_run` handles.
Result<session::Session> ahead_of(const Spot& spot);

}  // namespace loopscope::lesson
