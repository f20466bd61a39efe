#include "core/explore/observing.hpp"

namespace loopscope::explore {

Observed observed_in(const trace::Log& log, const trace::Index& index) {
    Observed observed;
    const trace::Prints& prints = index.prints();
    for (const trace::PrintInfo& print : prints) observed.output += log.printed_text(print.event);
    observed.leaks = prints.leaks_before(prints.end_index());
    observed.stales = prints.stales_before(prints.end_index());
    const EventIndex end = index.end_of_program();
    observed.ending = end ? log[end].tag<trace::Ending>() : trace::Ending::stopped;
    if (end) observed.failure = log.strings()[StringId{log[end].a}];
    return observed;
}

}  // namespace loopscope::explore
