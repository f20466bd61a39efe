#pragma once

#include <optional>
#include <string_view>

#include "app/session/session.hpp"

namespace loopscope::session {

/// The nearest event after (or before) the cursor that has to do with a text: a print of it, or the creation
/// of a task whose name or chain's symbol contains it. Only the trace as far as there is one. Starts over at
/// the other end if there is none on this side.
std::optional<std::uint32_t> find_text(const Session& session, std::string_view text, Direction direction);

/// Whether a task is meant by a text: its name contains it, or its chain's symbol is it, or it is one of the
/// states "ready", "running", "waiting" and "ended", and the task is in it.
bool is_meant(const trace::Log& log, const trace::Index& index, const trace::State& state, TaskId task,
              std::string_view text);

}  // namespace loopscope::session
