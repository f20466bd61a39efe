#pragma once

#include <string>

#include "core/scenario/run.hpp"
#include "core/trace/state.hpp"

namespace loopscope {

/// Returns everything that a state holds, as lines of text to compare.
std::string text_of(const trace::State& state);

/// Returns the loop's queues, timers and tasks, and the cells that the tasks read, as text, for a state that
/// was folded from a trace. The time is left out. Between two handles the text is equal to that of the live
/// run.
std::string loop_text(const trace::State& state);
/// Returns the loop's queues, timers and tasks, and the cells that the tasks read, as text, for a live run.
std::string loop_text(const scenario::Run& run);

}  // namespace loopscope
