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

/// Where a loop writes its events. All that a loop knows of traces.
///
/// Emitting is a store into a block that the derived class has lent: no call, no allocation, until the block
/// is full.
///
/// INVARIANT: next_ <= end_; an event's index is how many events its address is behind origin_, which need
/// not be in any block. Not thread-safe: one thread at a time.
class Sink {
  public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual ~Sink() = default;

    /// Appends an event at the current time. Gives its index.
    EventIndex emit(Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        // That call is handed all of it, so that nothing has to be kept across it.
        if (!has_room()) [[unlikely]]
            return emit_elsewhere(kind, subject, a, b);
        return put(kind, subject, a, b);
    }

    /// The same where it is known that there is room. REQUIRES: has_room().
    EventIndex put(Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        const EventIndex index = put(EventWords(kind, subject, a, b));
        if (kind == Kind::variable) note_variable(subject, StringId{b});
        return index;
    }
    /// The same for one that is put together and does not declare a variable.
    EventIndex put(const EventWords& draft) {
        assert(has_room());
        const EventIndex index{size()};
        write(next_++, draft);
        return index;
    }
    /// Two of them. REQUIRES: has_room_for(2).
    void put(const EventWords& first, const EventWords& second) {
        assert(has_room_for(2));
        Event* const position = std::exchange(next_, next_ + 2);
        write(position, first);
        write(position + 1, second);
    }

    /// Appends an event of another trace as it is. Its strings are to have the same numbers here.
    void append(const Event& event) {
        if (event.kind() == Kind::clock) clock_ = clock_time(event);
        if (event.kind() == Kind::variable) note_variable(event.subject, StringId{event.b});
        stamp_ = std::uint64_t{event.since()} << 8;
        make_room();
        *next_++ = event;
    }

    /// Makes sure that what is to happen before the next event has happened (see Log::on_reaching): for those
    /// who look at something first and write the event about it after.
    void make_room() {
        if (!has_room()) [[unlikely]]
            refill();
    }

    /// Has the memory fetched that a few dozen events from here will stand in: the processor does not look
    /// across the border of a page by itself. To be called now and then.
    void fetch_ahead() const {
        constexpr std::size_t distance = 1024;  // bytes; beyond a block it is a hint for nothing
        __builtin_prefetch(reinterpret_cast<const char*>(next_) + distance, 1);
    }

    /// Whether the next event can be written without any of that.
    [[nodiscard]] bool has_room() const { return next_ != end_; }

    /// Whether the next so many can.
    [[nodiscard]] bool has_room_for(std::ptrdiff_t events) const { return end_ - next_ >= events; }

    /// Events from here on happen at `now`.
    void set_time(Time now) {
        const std::int64_t since = (now - clock_).count();
        if (since < 0 || since >= Event::since_limit) [[unlikely]]
            set_clock(now);
        else
            stamp_ = static_cast<std::uint64_t>(since) << 8;
    }

    /// When events happen that are emitted now.
    [[nodiscard]] Time time() const { return clock_ + Duration(static_cast<std::int64_t>(stamp_ >> 8)); }

    /// A duration as a sink counts it. REQUIRES: it is from 0 to 2^55 ns.
    static constexpr std::uint64_t stamp_of(Duration duration) {
        return static_cast<std::uint64_t>(duration.count()) << 8;
    }
    /// Events from here on happen so much later, in no more than an addition. `by` is a duration's stamp.
    void advance(std::uint64_t by) {
        stamp_ += by;
        if (stamp_ >> 32 != 0) [[unlikely]]
            set_clock(time());
    }

    /// How many events there are.
    [[nodiscard]] std::uint32_t size() const {
        return static_cast<std::uint32_t>((reinterpret_cast<std::uintptr_t>(next_) - origin_) /
                                          sizeof(Event));
    }

    /// The numbers of what a trace tells of: one after the other, whichever loop asks.
    [[nodiscard]] TaskId next_task() { return TaskId{++last_task_}; }
    [[nodiscard]] TimerId next_timer() { return TimerId{++last_timer_}; }
    [[nodiscard]] ObjectId next_object() { return ObjectId{++last_object_}; }

    [[nodiscard]] StringId intern(std::string_view text) { return strings_.intern(text); }
    /// The same for a string literal, which is looked up by its address while it is the last one used.
    [[nodiscard]] StringId intern_literal(const char* text) {
        if (text != last_literal_) {
            last_literal_ = text;
            last_literal_id_ = strings_.intern(text);
        }
        return last_literal_id_;
    }
    [[nodiscard]] const StringTable& strings() const { return strings_; }

    /// What a variable is before its first write; none: there is no such variable.
    [[nodiscard]] StringId default_of(VariableId variable) const {
        return variable && variable.value <= defaults_.size() ? defaults_[variable.value - 1] : StringId{};
    }

  protected:
    /// Called when the block is full: lends another one with `lend`.
    virtual void refill() = 0;

    /// The events from index size() on go to [begin, end).
    void lend(Event* begin, Event* end) {
        origin_ = reinterpret_cast<std::uintptr_t>(begin) - std::uintptr_t{size()} * sizeof(Event);
        next_ = begin;
        end_ = end;
    }

    /// The time of the last `clock` event.
    [[nodiscard]] Time clock() const { return clock_; }

  private:
    // All of an event is one store: stores are what limits how fast events are written.
    void write(Event* position, const EventWords& draft) const {
        static_assert(std::endian::native == std::endian::little, "fields are written two to a word");
        using Words [[gnu::vector_size(sizeof(Event))]] = std::uint64_t;
        const Words words{draft.first | static_cast<std::uint32_t>(stamp_), draft.second};
        std::memcpy(reinterpret_cast<std::byte*>(position), &words, sizeof words);
    }
    EventIndex emit_elsewhere(Kind kind, std::uint32_t subject, std::uint32_t a, std::uint32_t b);
    // They are numbered in the order of their events. Out of line: rare, and `put` is everywhere.
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
    StringTable strings_;
    std::vector<StringId> defaults_;  // of each variable
    const char* last_literal_ = nullptr;
    StringId last_literal_id_;
};

/// A sink that forgets: for running without a trace. It still counts, so provenance works.
class Discard final : public Sink {
  protected:
    void refill() override { lend(block_, block_ + std::size(block_)); }

  private:
    Event block_[512] = {};
};

}  // namespace loopscope::trace
