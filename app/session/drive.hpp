// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>

#include "app/session/pursuit.hpp"

// For callers that have nothing to do but wait for a session: the command line, lessons and tests. Each
// function polls until its work is done, and sleeps while the feed waits. A window, which draws frames, polls
// a Pursuit instead.
namespace loopscope::session {

/// Pursues a goal until it is reached or nothing more comes. Returns whether it was found.
bool drive(Session& session, Pursuit::Goal goal);

/// Takes one step forward or back. Returns whether the step led anywhere.
bool step(Session& session, Pursuit::What what, Direction direction = Direction::forward);

/// Moves to the next or previous step of a task. Returns whether there is one.
bool step_task(Session& session, TaskId task, Direction direction = Direction::forward);

/// Runs until the trace has ended or its clock has passed `until`; the cursor stays at the head. Calls
/// `watch` after at most a fixed number of handles, and whenever the feed waits; stops if it returns false.
void run(Session& session, std::optional<Time> until = {}, const std::function<bool()>& watch = {});

/// Extends the trace by `handles` handles, or to its end; the cursor stays. Returns whether more may come.
bool extend(Session& session, std::uint32_t handles);

}  // namespace loopscope::session
