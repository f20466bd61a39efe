#pragma once

#include <string>
#include <vector>

#include "core/trace/mark.hpp"

namespace loopscope::session {

/// What somebody has written about a trace: they are saved with it.
struct Annotations {
    std::string notes;
    std::vector<trace::Mark> marks;
};

}  // namespace loopscope::session
