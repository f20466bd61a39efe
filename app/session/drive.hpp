#pragma once

#include <functional>
#include <optional>

#include "app/session/pursuit.hpp"

// For those who have nothing else to do than to wait for a session: the command line, lessons and tests. Each
// polls until it is done, and rests while the feed waits. Where frames are drawn, a Pursuit is polled
// instead.
namespace loopscope::session {

/// Has a pursuit of this goal go on until it is over. Returns whether it was found.
bool drive(Session& session, Pursuit::Goal goal);

/// Takes one step forward or back. Returns whether it led anywhere.
bool step(Session& session, Pursuit::What what, Direction direction = Direction::forward);

/// The same for the steps of one task.
bool step_task(Session& session, TaskId task, Direction direction = Direction::forward);

/// Runs until the trace has ended, or its clock has passed `until`; the cursor goes along. `watch` is called
/// each time after some handles at most, and while the feed waits, and has it stop there by returning false.
void run(Session& session, std::optional<Time> until = {}, const std::function<bool()>& watch = {});

/// Extends the trace by so many handles, or to its end; the cursor stays. Returns whether there is more to
/// come.
bool extend(Session& session, std::uint32_t handles);

}  // namespace loopscope::session
