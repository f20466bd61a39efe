// SPDX-License-Identifier: MIT
#include "core/trace/sink.hpp"

namespace loopscope::trace {

EventIndex Sink::emit_elsewhere(Kind kind, std::uint32_t subject, std::uint32_t a, std::uint32_t b) {
    refill();
    return put(kind, subject, a, b);
}

void Sink::set_clock(Time now) {
    clock_ = now;
    stamp_ = 0;
    const auto bits = static_cast<std::uint64_t>(now.count());
    emit(Kind::clock, 0, static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32));
}

void Sink::note_variable(std::uint32_t number, StringId initial) {
    if (number == defaults_.size() + 1) defaults_.push_back(initial);
}

}  // namespace loopscope::trace
