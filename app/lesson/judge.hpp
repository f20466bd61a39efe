#pragma once

#include "app/lesson/question.hpp"

namespace loopscope::lesson {

/// What became of a prediction.
struct Verdict {
    bool right = false;
    std::string prediction;
    std::string answer;
    std::string note;  ///< if it was not right: where the two part, as the trace has it
    std::string why;   ///< WHY's sentences for the event that shows the answer
};

/// Compares a prediction with the answer. The session has got to `question.shown_at`; its cursor stays.
Verdict judge(session::Session& session, const Question& question, std::string_view prediction);

}  // namespace loopscope::lesson
