#pragma once

#include <string>

#include "app/panels/command.hpp"
#include "app/session/session.hpp"

namespace loopscope::panels {

/// What to say to who has to answer a lesson's question before anything else.
inline constexpr const char* answer_first = "Answer the question first, or leave the lesson with Escape";

/// A command that looked for something and found nothing, or had nothing to act on.
struct Miss {
    Action action;
    TaskId task{};  ///< whose steps were looked through, or whose lane was meant; none: there was none
    bool kept_run = false;   ///< what differs from the kept run was looked for, not from other storages
    std::string text{};      ///< that was looked for
    bool only_here = false;  ///< the text was found, but nowhere else than at the cursor
};

/// Says so in one sentence, for the session as it is now. Empty for a command that never misses.
[[nodiscard]] std::string sentence_of(const Miss& miss, const session::Session& session);

}  // namespace loopscope::panels
