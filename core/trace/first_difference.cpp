// SPDX-License-Identifier: MIT
#include "core/trace/first_difference.hpp"

#include <algorithm>

#include "core/trace/kinds.hpp"

namespace loopscope::trace {

EventIndex FirstDifference::look(EventIndex to) {
    one_.each_piece(same_, to, [&](EventIndex at, std::span<const Event> events) {
        const EventIndex end = at + static_cast<std::uint32_t>(events.size());
        other_.each_piece(at, end, [&](EventIndex its, std::span<const Event> others) {
            auto event = events.begin() + (its - at);
            for (const Event& other : others) {
                if (!(*event == other) || !has_same_strings(other)) return false;
                ++event;
                ++same_;
            }
            return true;
        });
        return same_ == end;
    });
    return same_;
}

bool FirstDifference::has_same_strings(const Event& event) {
    const Rule& rule = rules[event.head & 0xff];
    return (rule.a != Field::string || is_same_string(event.a)) &&
           (rule.b != Tail::string || is_same_string(event.b));
}

// The same events intern the same strings in the same order, so those before one that is named are the same
// too, or the logs differ.
bool FirstDifference::is_same_string(std::uint32_t id) {
    for (; strings_ < id; ++strings_) {
        const StringId next{strings_ + 1};
        if (one_.strings().size() < next.value || other_.strings().size() < next.value ||
            one_.strings()[next] != other_.strings()[next])
            return false;
    }
    return true;
}

}  // namespace loopscope::trace
