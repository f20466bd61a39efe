// SPDX-License-Identifier: MIT
#include "core/feed/annotations.hpp"

#include <algorithm>

namespace loopscope::feed {

void Annotations::mark(EventIndex event, const std::string& text) {
    std::erase_if(marks, [&](const trace::Mark& mark) { return mark.event == event; });
    if (text.empty()) return;
    const auto after = std::ranges::upper_bound(marks, event, {}, &trace::Mark::event);
    marks.insert(after, {event, text});
}

void Annotations::add(const Annotations& of_file) {
    if (notes.empty()) notes = of_file.notes;
    for (const trace::Mark& each : of_file.marks) {
        if (!std::ranges::binary_search(marks, each.event, {}, &trace::Mark::event))
            mark(each.event, each.text);
    }
}

void Annotations::keep_shared(const trace::Log& one, const trace::Log& other) {
    // Compares no further than the last mark, because traces are long.
    const EventIndex last = marks.empty() ? EventIndex{} : marks.back().event + 1;
    const EventIndex end = std::min({last, one.end_index(), other.end_index()});
    EventIndex shared;
    while (shared < end && one[shared] == other[shared]) ++shared;
    std::erase_if(marks, [&](const trace::Mark& mark) { return mark.event >= shared; });
}

Annotations in_order(Annotations annotations) {
    std::ranges::stable_sort(annotations.marks, {}, &trace::Mark::event);
    return annotations;
}

}  // namespace loopscope::feed
