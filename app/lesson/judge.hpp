// SPDX-License-Identifier: MIT
#pragma once

#include "app/lesson/question.hpp"

namespace loopscope::lesson {

/// A prediction compared with the answer.
struct Verdict {
    bool right = false;
    std::string prediction;
    std::string answer;
    std::string note;  ///< if it was not right: where prediction and run differ, according to the trace
    std::string why;   ///< WHY's sentences for the event that shows the answer
};

/// Compares a prediction with the answer and returns the verdict. REQUIRES: the session has reached
/// `question.shown_at`. The session's cursor is the same afterwards.
Verdict judge(session::Session& session, const Question& question, std::string_view prediction);

}  // namespace loopscope::lesson
