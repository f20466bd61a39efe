// SPDX-License-Identifier: MIT
#include "core/trace/log.hpp"

#include <cassert>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/base/memory.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::trace {

namespace {

/// The number of blocks before the end that stay as they are: a short trace, and what was written last.
constexpr std::uint32_t unpacked_blocks = 4;

/// How many blocks are begun between two looks at how much memory is left: 32 MB of events that are not
/// packed yet.
constexpr std::uint32_t parts_between_looks = 16;

}  // namespace

Log::Log() = default;

Log::~Log() {
    for (std::uint32_t number = 0; number < parts_; ++number) delete part(number).packed.load();
}

void Log::pack(EventIndex until) const {
    const std::uint32_t whole = until.value / block_events;
    for (; packed_ + unpacked_blocks < whole; ++packed_)
        pack(part(packed_), EventIndex{packed_ * block_events});
    to_free_.store(packed_, std::memory_order_release);
}

void Log::pack(const Part& part, EventIndex first) const {
    auto packed = std::make_unique<PackedBlock>();
    packed->pieces.reserve(block_events / PackedEvents::max_size);
    const std::span<const Event> events(part.events.get(), block_events);
    for (std::uint32_t at = 0; at < block_events; at += PackedEvents::max_size)
        packed->pieces.emplace_back(events.subspan(at, PackedEvents::max_size), first + at).keep_in(spill_);
    part.packed.store(packed.release(), std::memory_order_release);
}

void Log::free_packed() {
    const std::uint32_t end = to_free_.load(std::memory_order_acquire);
    for (; freed_ < end; ++freed_) part(freed_).events.reset();
}

Time Log::PackedBlock::time(std::uint32_t place, Time before) const {
    const Duration since(event(place).since());
    std::uint32_t inside = place % PackedEvents::max_size;
    for (std::size_t piece = place / PackedEvents::max_size;; --piece) {
        if (const auto clock = pieces[piece].last_of(Kind::clock, inside))
            return clock_time(pieces[piece][*clock]) + since;
        if (piece == 0) return before + since;
        inside = PackedEvents::max_size - 1;
    }
}

std::size_t Log::PackedBlock::bytes() const {
    std::size_t bytes = sizeof(*this);
    for (const PackedEvents& each : pieces) bytes += each.bytes();
    return bytes;
}

std::size_t Log::bytes() const {
    std::size_t bytes = sizeof(*this);
    for (std::uint32_t number = 0; number < parts_; ++number) {
        const PackedBlock* const packed = part(number).packed.load(std::memory_order_acquire);
        bytes += packed ? packed->bytes() : block_events * sizeof(Event);
    }
    return bytes;
}

void Log::refill() {
    free_packed();
    lend_from(end_index());
    if (action_ && action_index_ == end_index()) {
        const auto action = std::exchange(action_, {});
        lend_from(end_index());
        action();
        make_room();
    }
}

void Log::lend_from(EventIndex index) {
    const std::uint32_t number = index.value / block_events;
    if (number == parts_) {
        std::unique_ptr<Segment>& segment = segments_.at(number / segment_parts);
        if (!segment) segment = std::make_unique<Segment>();
        part(number).events = take_block();
        part(number).clock = clock();
        ++parts_;
        if (parts_ % parts_between_looks == 0) look_at_memory();
    }
    Event* const block = part(number).events.get();
    const std::uint32_t begin = index.value % block_events;
    const bool stops_here = action_ && action_index_.value / block_events == number;
    lend(block + begin, block + (stops_here ? action_index_.value % block_events : block_events));
}

void Log::look_at_memory() {
    const std::optional<std::size_t> used = memory_in_use();
    const std::optional<std::size_t> all = memory_limit_ ? std::nullopt : memory_of_machine();
    if (used && *used > (all ? *all / 2 : memory_limit_.value_or(SIZE_MAX))) short_of_memory_ = true;
}

std::string Log::why_full() const {
    if (size() >= max_events) return fmt::format("a trace has at most {}", max_events_text());
    return fmt::format("it takes {} with {} million events",
                       memory_limit_ ? "all memory that it may take" : "half of this machine's memory",
                       size() / 1'000'000);
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
    if (const auto time = packed_time(index)) return *time;
    const Part& part = this->part(index.value / block_events);
    const std::uint32_t inside = index.value % block_events;
    const Duration since(part.events[inside].since());
    for (std::uint32_t at = inside + 1; at-- > 0;) {
        if (part.events[at].kind() == Kind::clock) return clock_time(part.events[at]) + since;
    }
    return part.clock + since;
}

StringId Log::value_of_get(EventIndex index) const {
    const Event read = (*this)[index];
    assert(read.kind() == Kind::get);
    if (read.a != 0) return StringId{(*this)[EventIndex{read.a}].a};
    return default_of(read.variable());
}

std::string_view Log::printed_text(EventIndex index) const {
    const Event event = (*this)[index];
    return strings()[event.kind() == Kind::print_value ? value_of_get({event.a}) : StringId{event.a}];
}

EventIndex Log::writer_of_print(EventIndex index) const {
    const Event event = (*this)[index];
    return event.kind() == Kind::print_value ? writer_of_get({event.a}) : EventIndex{};
}

EventIndex Log::writer_of_get(EventIndex index) const {
    const EventIndex seen{(*this)[index].a};
    return seen && is_write((*this)[seen].kind()) ? seen : EventIndex{};
}

std::uint32_t Log::line(EventIndex index) const {
    const Event event = (*this)[index];
    if (!says_line(event.kind())) return 0;
    if (!names_variable(event.kind()) || event.tag() != 0) return event.line();
    while (index) {
        const Event before = (*this)[--index];
        if (before.kind() == Kind::line) return before.line();
        if (traits_of(before.kind()).belongs != Belongs::anybody) break;
    }
    return 0;
}

}  // namespace loopscope::trace
