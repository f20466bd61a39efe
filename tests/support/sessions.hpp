#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/session/drive.hpp"
#include "tests/support/describe.hpp"
#include "tests/support/feeds.hpp"
#include "tests/support/state_text.hpp"

namespace loopscope::session {

using feed::setup_of;
using What = Pursuit::What;

/// Returns a session on the seed's program, paused at the start.
inline Session seed(trace::Storage storage = trace::Storage::global) {
    return Session(setup_of("indication", storage));
}

/// Returns a session on the seed's program, run to its end, with the cursor there.
inline Session finished_seed(trace::Storage storage = trace::Storage::global) {
    Session session = seed(storage);
    run(session);
    return session;
}

/// Returns the cursor of a session and everything that is shown there, as text to compare.
inline std::string here(Session& session) {
    return "cursor " + std::to_string(session.cursor().value) + ", " + std::string(name(session.storage())) +
           '\n' + text_of(session.state());
}

/// Returns the output up to the cursor.
inline std::string output_until_cursor(const Session& session) {
    std::string output;
    for (const trace::PrintInfo& print : session.index().prints()) {
        if (print.event <= session.cursor()) output += session.log().printed_text(print.event);
    }
    return output;
}

/// Returns everything that the trace of a session prints.
inline std::string whole_output(const Session& session) {
    return trace::output_of(session.log());
}

/// Returns a text repeated `times` times.
inline std::string repeat(std::string_view text, int times) {
    std::string result;
    for (int each = 0; each < times; ++each) result += text;
    return result;
}

}  // namespace loopscope::session
