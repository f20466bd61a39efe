#pragma once

#include "app/lesson/route.hpp"

namespace loopscope::lesson {

/// A question with its answer, both computed from the trace.
struct Question {
    Ask ask = Ask::nothing;
    std::string prompt;                ///< "Which symbol prints next?"
    std::vector<std::string> choices;  ///< among them the answer
    std::vector<TaskId> tasks;         ///< beside the choices, where they are tasks
    std::string answer;
    std::uint32_t asked_at = 0;   ///< the event that the run stops at
    std::uint32_t shown_at = 0;   ///< the event that shows the answer: where the cursor goes
    std::uint32_t explained = 0;  ///< the event that WHY is told of
};

/// How many choices a question has at most: one for each digit key.
inline constexpr std::size_t most_choices = 9;

/// Asks a question at a spot. Fails if there is nothing to ask there, such as after the last print.
Result<Question> make_question(const Spot& spot, Ask ask, Effort& effort);

/// What a user means: the choice that is written like that, or the one of that number. The error says what
/// can be answered.
Result<std::string> understand(const Question& question, std::string_view words);

}  // namespace loopscope::lesson
