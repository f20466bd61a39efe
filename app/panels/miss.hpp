// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/panels/command.hpp"
#include "app/session/session.hpp"

namespace loopscope::panels {

/// The notice for a user who has to answer a lesson's question before anything else.
inline constexpr const char* answer_first = "Answer the question first, or leave the lesson with Escape";

/// A command that found nothing, or had nothing to act on.
struct Miss {
    Action action;
    TaskId task{};  ///< the task whose steps were searched, or whose lane was to be folded; none: there was
                    ///< no such task
    bool kept_run = false;   ///< whether differences are from the kept run, not from other storages
    std::string text{};      ///< the text that was searched
    bool only_here = false;  ///< whether the text was found at the cursor and nowhere else
};

/// Returns a sentence that says what was not found, for the session as it is now; empty for a command that
/// cannot miss.
[[nodiscard]] std::string sentence_of(const Miss& miss, const session::Session& session);

}  // namespace loopscope::panels
