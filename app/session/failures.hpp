#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::session {

/// What went wrong in a run that its output does not tell of, as asyncio would say it.
struct FailureReport {
    std::vector<std::string> sentences;  ///< in the order in which it was noticed; none: all went well
    /// Whether the program itself failed: it raised, it was cancelled, it waits for ever, or what its trace
    /// came from failed. (An exception of
    /// a callback, or one that nobody asked for, is only logged.)
    bool of_program = false;
};

/// Returns what is known of that at the head of a trace. A recording knows how it ended, but no exception's
/// message. The session's cursor stays.
FailureReport failures_of(const Session& session);

/// The last failure of what a session shows, put into words once for each trace and length of it: to be asked
/// in each frame.
class LastFailure {
  public:
    /// Returns its sentence, and how many others there are; empty: there is none.
    const std::string& sentence(const Session& session);

  private:
    std::weak_ptr<const feed::Branch> branch_;
    std::uint32_t events_ = 0;
    Status status_ = Status::grew;
    std::string sentence_;
};

}  // namespace loopscope::session
