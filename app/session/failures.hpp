// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::session {

/// The failures of a run that its output does not show, as asyncio would report them.
struct FailureReport {
    std::vector<std::string> sentences;  ///< in the order in which they were noticed; none: all went well
    /// Whether the program itself failed: it raised, was cancelled or waits for ever, or the feed failed. An
    /// exception of a callback, or one that nobody retrieved, is only logged.
    bool of_program = false;
};

/// Returns what is known of a run's failures at the head of the session's trace. A recording knows how it
/// ended, but no message of an exception. The session's cursor stays.
FailureReport failures_of(const Session& session);

/// The last failure of the run that a session shows, as a sentence that is made once for each trace and
/// length, so that every frame can ask for it.
class LastFailure {
  public:
    /// Returns the sentence of the last failure and how many others there are; empty: nothing failed. Valid
    /// until the next call.
    const std::string& sentence(const Session& session);

  private:
    std::weak_ptr<const feed::Branch> branch_;
    std::uint32_t events_ = 0;
    Status status_ = Status::grew;
    std::string sentence_;
};

}  // namespace loopscope::session
