// SPDX-License-Identifier: MIT
#include "core/trace/log.hpp"

#include <cassert>
#include <utility>

#include "core/trace/kinds.hpp"

namespace loopscope::trace {

void Log::refill() {
    lend_from(end_index());
    if (action_ && action_index_ == end_index()) {
        const auto action = std::exchange(action_, {});
        lend_from(end_index());
        action();
        make_room();
    }
}

void Log::lend_from(EventIndex index) {
    const std::uint32_t part = index.value / block_events;
    if (part == parts_.size()) parts_.push_back({take_block(), clock()});
    Event* const block = parts_.back().events.get();
    const std::uint32_t begin = index.value % block_events;
    const bool stops_here = action_ && action_index_.value / block_events == part;
    lend(block + begin, block + (stops_here ? action_index_.value % block_events : block_events));
}

void Log::on_reaching(EventIndex index, std::function<void()> action) {
    assert(index >= end_index() && !action_);
    action_ = std::move(action);
    action_index_ = index;
    lend_from(end_index());
}

void Log::forget_action() {
    action_ = {};
    lend_from(end_index());
}

Time Log::time(EventIndex index) const {
    const Part& part = parts_[index.value / block_events];
    const Duration since(part.events[index.value % block_events].since());
    for (std::uint32_t at = index.value % block_events + 1; at-- > 0;) {
        if (part.events[at].kind() == Kind::clock) return clock_time(part.events[at]) + since;
    }
    return part.clock + since;
}

StringId Log::value_of_get(EventIndex index) const {
    const Event& read = (*this)[index];
    assert(read.kind() == Kind::get);
    if (read.a != 0) return StringId{(*this)[EventIndex{read.a}].a};
    return default_of(read.variable());
}

std::string_view Log::printed_text(EventIndex index) const {
    const Event& event = (*this)[index];
    return strings()[event.kind() == Kind::print_value ? value_of_get({event.a}) : StringId{event.a}];
}

EventIndex Log::writer_of_print(EventIndex index) const {
    const Event& event = (*this)[index];
    return event.kind() == Kind::print_value ? writer_of_get({event.a}) : EventIndex{};
}

EventIndex Log::writer_of_get(EventIndex index) const {
    const EventIndex seen{(*this)[index].a};
    return seen && (*this)[seen].kind() == Kind::set ? seen : EventIndex{};
}

std::uint32_t Log::line(EventIndex index) const {
    const Event& event = (*this)[index];
    if (!says_line(event.kind())) return 0;
    if (!names_variable(event.kind()) || event.tag() != 0) return event.line();
    while (index) {
        const Event& before = (*this)[--index];
        if (before.kind() == Kind::line) return before.line();
        if (traits_of(before.kind()).belongs != Belongs::anybody) break;
    }
    return 0;
}

}  // namespace loopscope::trace
