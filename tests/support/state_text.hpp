#pragma once

#include <string>

#include "core/scenario/run.hpp"
#include "core/trace/state.hpp"

namespace loopscope {

/// Everything that a state holds, as lines of text to compare.
std::string text_of(const trace::State& state);

/// What a folded state and a live run both know, in the same words: time apart, the loop's queues, timers and
/// tasks, and the cells that the tasks read. Between two handles the two are the same.
std::string loop_text(const trace::State& state);
std::string loop_text(const scenario::Run& run);

}  // namespace loopscope
