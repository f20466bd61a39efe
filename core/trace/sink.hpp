// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/string_table.hpp"
#include "core/trace/event.hpp"

namespace loopscope::trace {

/// The destination of the events of a loop; all that a loop knows of traces.
///
/// Emitting an event is a store into a block that the derived class has lent, without a call or an allocation
/// until the block is full.
///
/// INVARIANT: next_ <= end_; an event's index is the distance, in events, of its address from origin_, which
/// need not be in any block. Not thread-safe: used by one thread at a time.
class Sink {
  public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual ~Sink() = default;

    /// Appends an event at the current loop time. Returns its index.
    EventIndex emit(Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        // The call takes all arguments, so that nothing has to be kept across it.
        if (!has_room()) [[unlikely]]
            return emit_elsewhere(kind, subject, a, b);
        return put(kind, subject, a, b);
    }

    /// Appends an event at the current loop time, without a check for room. Returns its index. REQUIRES:
    /// has_room().
    EventIndex put(Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        const EventIndex index = put(EventWords(kind, subject, a, b));
        if (kind == Kind::variable) note_variable(subject, StringId{b});
        return index;
    }
    /// Appends an event that was put together before, at the current loop time. Returns its index. REQUIRES:
    /// has_room(), and it is no `variable` event.
    EventIndex put(const EventWords& draft) {
        assert(has_room());
        const EventIndex index{size()};
        write(next_++, draft);
        return index;
    }
    /// Appends two events that were put together before, at the current loop time. REQUIRES: has_room_for(2),
    /// and neither is a `variable` event.
    void put(const EventWords& first, const EventWords& second) {
        assert(has_room_for(2));
        Event* const position = std::exchange(next_, next_ + 2);
        write(position, first);
        write(position + 1, second);
    }

    /// Appends an event of another trace unchanged. Its strings have to have the same numbers in this sink.
    void append(const Event& event) {
        if (event.kind() == Kind::clock) clock_ = clock_time(event);
        if (event.kind() == Kind::variable) note_variable(event.subject, StringId{event.b});
        stamp_ = std::uint64_t{event.since()} << 8;
        make_room();
        *next_++ = event;
    }

    /// Calls what waits for the next event (see Log::on_reaching), and makes room for the event: for callers
    /// that look at something first and write the event about it afterwards.
    void make_room() {
        if (!has_room()) [[unlikely]]
            refill();
    }

    /// Prefetches the memory that a few dozen events later will be written to, because processors do not
    /// prefetch across the border of a page on their own. To be called now and then.
    void fetch_ahead() const {
        constexpr std::size_t distance = 1024;  // bytes; beyond the block the hint has no effect
        __builtin_prefetch(reinterpret_cast<const char*>(next_) + distance, 1);
    }

    /// Returns whether the next event can be written without a call of refill().
    [[nodiscard]] bool has_room() const { return next_ != end_; }

    /// Returns whether the next `events` events can be written without a call of refill().
    [[nodiscard]] bool has_room_for(std::ptrdiff_t events) const { return end_ - next_ >= events; }

    /// Sets the loop time of the next events.
    void set_time(Time now) {
        const std::int64_t since = (now - clock_).count();
        if (since < 0 || since >= Event::since_limit) [[unlikely]]
            set_clock(now);
        else
            stamp_ = static_cast<std::uint64_t>(since) << 8;
    }

    /// Returns the loop time of events that are emitted now.
    [[nodiscard]] Time time() const { return clock_ + Duration(static_cast<std::int64_t>(stamp_ >> 8)); }

    /// Returns a duration in the form that advance() takes. REQUIRES: the duration is from 0 to 2^55 ns.
    static constexpr std::uint64_t stamp_of(Duration duration) {
        return static_cast<std::uint64_t>(duration.count()) << 8;
    }
    /// Advances the loop time of the next events; costs no more than an addition. `by` is a duration as
    /// stamp_of() returns it.
    void advance(std::uint64_t by) {
        stamp_ += by;
        if (stamp_ >> 32 != 0) [[unlikely]]
            set_clock(time());
    }

    /// Returns how many events were appended.
    [[nodiscard]] std::uint32_t size() const {
        return static_cast<std::uint32_t>((reinterpret_cast<std::uintptr_t>(next_) - origin_) /
                                          sizeof(Event));
    }

    /// Returns the number of the next task of the trace, whichever loop asks. Each call takes a new one.
    [[nodiscard]] TaskId next_task() { return TaskId{++last_task_}; }
    /// Returns the number of the next timer of the trace, whichever loop asks. Each call takes a new one.
    [[nodiscard]] TimerId next_timer() { return TimerId{++last_timer_}; }
    /// Returns the number of the next object of the trace, whichever loop asks. Each call takes a new one.
    [[nodiscard]] ObjectId next_object() { return ObjectId{++last_object_}; }
    /// Returns the number of the next item of the trace's queues, whichever loop asks. Each call takes a new
    /// one.
    [[nodiscard]] ItemId next_item() { return ItemId{++last_item_}; }

    /// Returns the number of the next OS thread of the trace, which begins on thread 1. Each call takes a new
    /// one.
    [[nodiscard]] std::uint32_t next_thread() { return ++last_thread_; }

    /// Returns the number of a string in strings(), to which it is added if it is new.
    [[nodiscard]] StringId intern(std::string_view text) { return strings_.intern(text); }
    /// Returns the number of a string literal in strings(), to which it is added if it is new. Looks the
    /// literal up by its address while it is the last one used.
    [[nodiscard]] StringId intern_literal(const char* text) {
        if (text != last_literal_) {
            last_literal_ = text;
            last_literal_id_ = strings_.intern(text);
        }
        return last_literal_id_;
    }
    [[nodiscard]] const StringTable& strings() const { return strings_; }

    /// Returns the value of a variable before its first write; none: there is no such variable.
    [[nodiscard]] StringId default_of(VariableId variable) const {
        return variable && variable.value <= defaults_.size() ? defaults_[variable.value - 1] : StringId{};
    }

  protected:
    /// Lends another block with `lend`. Called when the block is full.
    virtual void refill() = 0;

    /// Has the events from index size() on written to [begin, end).
    void lend(Event* begin, Event* end) {
        origin_ = reinterpret_cast<std::uintptr_t>(begin) - std::uintptr_t{size()} * sizeof(Event);
        next_ = begin;
        end_ = end;
    }

    /// Returns the loop time that the last `clock` event set.
    [[nodiscard]] Time clock() const { return clock_; }

  private:
    // An event is written in one store, because stores limit how fast events are written.
    void write(Event* position, const EventWords& draft) const {
        static_assert(std::endian::native == std::endian::little, "fields are written two to a word");
        using Words [[gnu::vector_size(sizeof(Event))]] = std::uint64_t;
        const Words words{draft.first | static_cast<std::uint32_t>(stamp_), draft.second};
        std::memcpy(reinterpret_cast<std::byte*>(position), &words, sizeof words);
    }
    EventIndex emit_elsewhere(Kind kind, std::uint32_t subject, std::uint32_t a, std::uint32_t b);
    // Variables are numbered in the order of their events. Out of line, because it is rare and `put` is
    // inlined in many places.
    void note_variable(std::uint32_t number, StringId initial);
    void set_clock(Time now);

    Event* next_ = nullptr;
    Event* end_ = nullptr;
    std::uintptr_t origin_ = 0;
    std::uint64_t stamp_ = 0;  // nanoseconds since clock_, where an event's head has them; below 2^32
    Time clock_{0};
    std::uint32_t last_task_ = 0;
    std::uint32_t last_timer_ = 0;
    std::uint32_t last_object_ = 0;
    std::uint32_t last_item_ = 0;
    std::uint32_t last_thread_ = 1;
    StringTable strings_;
    std::vector<StringId> defaults_;  // of each variable
    const char* last_literal_ = nullptr;
    StringId last_literal_id_;
};

/// A sink that forgets its events, for running without a trace. It still counts them, so provenance works.
class Discard final : public Sink {
  protected:
    void refill() override { lend(block_, block_ + std::size(block_)); }

  private:
    Event block_[512] = {};
};

}  // namespace loopscope::trace
