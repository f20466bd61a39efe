// SPDX-License-Identifier: MIT
#pragma once

#include "app/lesson/route.hpp"

namespace loopscope::lesson {

/// A question and its answer, both computed from the trace.
struct Question {
    Ask ask = Ask::nothing;
    std::string prompt;                ///< "Which symbol prints next?"
    std::vector<std::string> choices;  ///< includes the answer
    std::vector<TaskId> tasks;         ///< the tasks by index of `choices`, if the choices are tasks
    std::string answer;
    EventIndex asked_at;   ///< the event at which the run stops
    EventIndex shown_at;   ///< the event that shows the answer, to which the cursor moves
    EventIndex explained;  ///< the event that WHY explains
};

/// The maximum number of choices of a question: one for each digit key.
inline constexpr std::size_t max_choices = 9;

/// Makes a question at a spot. Fails if it has no answer there, as after the last print, or takes too much
/// effort; the error is the end of a sentence.
Result<Question> make_question(const Spot& spot, Ask ask, Effort& effort);

/// Returns the choice that a user means: the one that is written as `words`, or the one with that number,
/// from 1. Fails if there is neither; the error lists the choices.
Result<std::string> understand(const Question& question, std::string_view words);

}  // namespace loopscope::lesson
