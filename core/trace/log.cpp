#include "core/trace/log.hpp"

#include <cassert>
#include <utility>

#include "core/trace/kinds.hpp"

namespace loopscope::trace {

void Log::refill() {
    lend_from(size());
    if (action_ && action_index_ == size()) {
        const auto action = std::exchange(action_, {});
        lend_from(size());
        action();
        make_room();
    }
}

void Log::lend_from(std::uint32_t index) {
    if (index / block_events == parts_.size()) {
        parts_.push_back({take_block(), clock()});
    }
    Event* const block = parts_.back().events.get();
    const std::uint32_t begin = index % block_events;
    const bool stops_here = action_ && action_index_ / block_events == index / block_events;
    lend(block + begin, block + (stops_here ? action_index_ % block_events : block_events));
}

void Log::on_reaching(std::uint32_t index, std::function<void()> action) {
    assert(index >= size() && !action_);
    action_ = std::move(action);
    action_index_ = index;
    lend_from(size());
}

void Log::forget_action() {
    action_ = {};
    lend_from(size());
}

Time Log::time(std::uint32_t index) const {
    const Part& part = parts_[index / block_events];
    const Duration since(part.events[index % block_events].since());
    for (std::uint32_t at = index % block_events + 1; at-- > 0;) {
        if (part.events[at].kind() == Kind::clock) return clock_time(part.events[at]) + since;
    }
    return part.clock + since;
}

StringId Log::value_of_get(std::uint32_t index) const {
    const Event& read = (*this)[index];
    assert(read.kind() == Kind::get);
    if (read.a != 0) return StringId{(*this)[read.a].a};
    return default_of(read.variable());
}

std::string_view Log::printed_text(std::uint32_t index) const {
    const Event& event = (*this)[index];
    return strings()[event.kind() == Kind::print_value ? value_of_get(event.a) : StringId{event.a}];
}

EventIndex Log::writer_of_print(std::uint32_t index) const {
    const Event& event = (*this)[index];
    return event.kind() == Kind::print_value ? writer_of_get(event.a) : EventIndex{};
}

EventIndex Log::writer_of_get(std::uint32_t index) const {
    const EventIndex seen{(*this)[index].a};
    return seen && (*this)[seen].kind() == Kind::set ? seen : EventIndex{};
}

std::uint32_t Log::line(std::uint32_t index) const {
    const Event& event = (*this)[index];
    if (!says_line(event.kind())) return 0;
    if (!names_variable(event.kind()) || event.tag() != 0) return event.line();
    while (index-- > 0) {
        const Event& before = (*this)[index];
        if (before.kind() == Kind::line) return before.line();
        if (traits_of(before.kind()).belongs != Belongs::anybody) break;
    }
    return 0;
}

}  // namespace loopscope::trace
