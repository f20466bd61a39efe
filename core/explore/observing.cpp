// SPDX-License-Identifier: MIT
#include "core/explore/observing.hpp"

#include <algorithm>

namespace loopscope::explore {

Observed observed_in(const trace::Log& log, const trace::Index& index, std::span<const EventIndex> errors) {
    Observed observed;
    const trace::Prints& prints = index.prints();
    for (PrintIndex at; at < prints.end_index(); ++at) {
        const EventIndex event = prints.event(at);
        if (!std::ranges::binary_search(errors, event)) observed.output += log.printed_text(event);
    }
    observed.leaks = prints.leaks_before(prints.end_index());
    observed.stales = prints.stales_before(prints.end_index());
    const EventIndex end = index.end_of_program();
    observed.ending = end ? log[end].tag<trace::Ending>() : trace::Ending::stopped;
    if (end) observed.failure = log.strings()[StringId{log[end].a}];
    return observed;
}

}  // namespace loopscope::explore
