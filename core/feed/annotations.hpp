#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/trace/mark.hpp"

namespace loopscope::feed {

/// What somebody has written about a trace: they are saved with it.
struct Annotations {
    std::string notes;
    std::vector<trace::Mark> marks;  ///< in a session: in order of their events
};

/// The same with its marks in order of their events.
inline Annotations in_order(Annotations annotations) {
    std::ranges::stable_sort(annotations.marks, {}, &trace::Mark::event);
    return annotations;
}

}  // namespace loopscope::feed
