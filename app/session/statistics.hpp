#pragma once

#include <vector>

#include "core/trace/index.hpp"

namespace loopscope::session {

/// What happened in a stretch of a trace, of one task or of all together.
struct Statistics {
    TaskId task;  ///< none: of all
    std::uint32_t steps = 0;
    std::uint32_t prints = 0;
    std::uint32_t leaks = 0;
    Duration running{0};
    Duration ready{0};
    Duration waiting{0};
};

/// Of the events from `first` to `last`: first all tasks together, then each that has steps there, those with
/// the most steps first, at most `most` of them. Steps count if they begin there; times are theirs: how long
/// they ran, waited in the ready queue before, and waited for something before that.
std::vector<Statistics> statistics(const trace::Log& log, const trace::Index& index, std::uint32_t first,
                                   std::uint32_t last, std::size_t most);

}  // namespace loopscope::session
