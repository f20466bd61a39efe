// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "core/base/spill.hpp"
#include "core/trace/block.hpp"
#include "core/trace/limits.hpp"
#include "core/trace/packed_events.hpp"
#include "core/trace/sink.hpp"

namespace loopscope::trace {

/// A trace in memory: an append-only sequence of events, in blocks. Those that are far from the end can be
/// packed, which takes a fraction of the memory, and about ten times as long to read.
///
/// One thread appends. Other threads may read events meanwhile: those that were there when the appending
/// thread told them the size. Strings, and all that depends on the end, such as size(), may be used by the
/// appending thread only.
class Log final : public Sink {
  public:
    Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;
    ~Log() override;

    /// Returns the index after the last event.
    [[nodiscard]] EventIndex end_index() const { return {size()}; }

    /// Returns the event at an index. REQUIRES: index < end_index().
    [[nodiscard]] Event operator[](EventIndex index) const {
        const Part& part = this->part(index.value / block_events);
        if (const PackedBlock* const packed = part.packed.load(std::memory_order_acquire)) [[unlikely]]
            return packed->event(index.value % block_events);
        return part.events[index.value % block_events];
    }
    /// Calls `function` with the events from `from` up to `to`, in order, piece by piece: with the index of
    /// the first one of each piece, and a span. Cheaper than one by one. If the function returns false, no
    /// more follow. REQUIRES: to <= end_index().
    template <class Function>
    void each_piece(EventIndex from, EventIndex to, Function function) const;

    /// Packs the blocks before an event, but for the last few. The appending thread frees them later, as it
    /// appends. Called by one thread at a time; others may append and read meanwhile, but while any appends,
    /// only that one and the one that packs may read.
    void pack(EventIndex until) const;
    /// Frees the blocks that were packed. REQUIRES: no other thread reads.
    void free_packed();

    /// Returns whether no more is to be appended: the trace has max_events, or the process has half of the
    /// memory that there is. What is under way may still be ended. Called by the appending thread.
    [[nodiscard]] bool full() const { return size() >= max_events || short_of_memory_; }
    /// Returns why the log is full, as a part of a sentence: "a trace has at most 2000 million events".
    /// REQUIRES: full().
    [[nodiscard]] std::string why_full() const;

    /// Has the log be full once this process has so many bytes of memory, in place of half of what there is.
    void set_memory_limit(std::size_t bytes) { memory_limit_ = bytes; }

    /// Returns about how many bytes the events take, in memory and in the file that packed ones of a long
    /// trace go into (Spill).
    [[nodiscard]] std::size_t bytes() const;
    /// Gives back the memory of packed events that are in a file, for those who have read many of them once.
    /// Called by the thread that packs.
    void let_go() const { spill_.let_go(); }

    /// Returns the loop time of an event. Walks back to the last `clock` event, at most to the start of its
    /// block: meant for single events. each_event is for many, Index::time for callers that have an index.
    [[nodiscard]] Time time(EventIndex index) const;

    /// Returns the loop time of an event that is packed, which is found in a few steps; none: it is not
    /// packed.
    [[nodiscard]] std::optional<Time> packed_time(EventIndex index) const {
        const Part& part = this->part(index.value / block_events);
        const PackedBlock* const packed = part.packed.load(std::memory_order_acquire);
        if (!packed) return std::nullopt;
        return packed->time(index.value % block_events, part.clock);
    }

    /// Returns the line of source that did what an event says; 0 if the event says none. Looks back for the
    /// `line` event of an event about a variable beyond max_tagged_variable.
    [[nodiscard]] std::uint32_t line(EventIndex index) const;

    /// Returns what a `get` event read, resolved through the event that wrote it; the default of the variable
    /// where no event did.
    [[nodiscard]] StringId value_of_get(EventIndex index) const;

    /// Returns the text that a `print` or `print_value` event printed.
    [[nodiscard]] std::string_view printed_text(EventIndex index) const;

    /// Returns the `set` or `change` event that wrote what a `get` event read; none for a default, and where
    /// the writer is unknown.
    [[nodiscard]] EventIndex writer_of_get(EventIndex index) const;
    /// Returns the event whose value a `print_value` event shows; none for other events, for a default, and
    /// where the writer is unknown.
    [[nodiscard]] EventIndex writer_of_print(EventIndex index) const;

    /// Calls `action` once, just before the event at `index` would be written. The action may emit events,
    /// which take that index and the next ones. Costs nothing until then. REQUIRES: index >= end_index(), and
    /// no other action is waiting.
    void on_reaching(EventIndex index, std::function<void()> action);
    /// Drops the action of on_reaching() that has not been called yet, if there is one.
    void forget_action();

  protected:
    void refill() override;

  private:
    /// A block that was packed.
    struct PackedBlock {
        std::vector<PackedEvents> pieces;

        [[nodiscard]] Event event(std::uint32_t place) const {
            return pieces[place / PackedEvents::max_size][place % PackedEvents::max_size];
        }
        /// Returns the loop time of the event at a place; `before` is what the last clock before the block
        /// set.
        [[nodiscard]] Time time(std::uint32_t place, Time before) const;
        [[nodiscard]] std::size_t bytes() const;
    };
    struct Part {
        Block events;   ///< null once they are packed and nobody reads them here any more
        Time clock{0};  ///< the time that the last `clock` event before the block set
        mutable std::atomic<const PackedBlock*> packed = nullptr;
    };
    /// Parts stay where they are, because other threads read them while more are made.
    static constexpr std::uint32_t segment_parts = 256;
    static constexpr std::uint32_t segment_count = (1u << 15) / segment_parts;  // 2^32 events
    struct Segment {
        std::array<Part, segment_parts> parts;
    };

    [[nodiscard]] const Part& part(std::uint32_t number) const {
        return segments_[number / segment_parts]->parts[number % segment_parts];
    }
    [[nodiscard]] Part& part(std::uint32_t number) {
        return segments_[number / segment_parts]->parts[number % segment_parts];
    }
    void lend_from(EventIndex index);
    void look_at_memory();
    void pack(const Part& part, EventIndex first) const;

    std::array<std::unique_ptr<Segment>, segment_count> segments_;
    std::uint32_t parts_ = 0;                  // how many there are
    std::optional<std::size_t> memory_limit_;  // none: half of the machine's
    bool short_of_memory_ = false;
    std::function<void()> action_;  // called at action_index_, where the block that is lent to the sink ends
    EventIndex action_index_;
    mutable Spill spill_;                             // the words of what is packed
    mutable std::uint32_t packed_ = 0;                // how many parts, from the first on, are packed
    mutable std::atomic<std::uint32_t> to_free_ = 0;  // the same, for the appending thread
    std::uint32_t freed_ = 0;                         // how many of them have no events any more
};

template <class Function>
void Log::each_piece(EventIndex from, EventIndex to, Function function) const {
    constexpr std::uint32_t few = 256;  // who stops early has not had many unpacked
    constexpr std::uint32_t many = 4096;
    std::array<Event, few> copies;
    std::vector<Event> more;
    std::uint32_t piece_number = 0;
    while (from < to) {
        const Part& part = this->part(from.value / block_events);
        const std::uint32_t inside = from.value % block_events;
        const std::uint32_t count = std::min(block_events - inside, to - from);
        std::span<const Event> piece(part.events.get() + inside, count);
        if (const PackedBlock* const packed = part.packed.load(std::memory_order_acquire)) {
            const std::uint32_t place = inside % PackedEvents::max_size;
            const bool goes_on = piece_number++ > 0 && count > few;
            if (goes_on && more.empty()) more.resize(many);
            const std::span<Event> room = goes_on ? std::span(more) : std::span(copies);
            const std::span<Event> some = room.first(
                std::min({count, static_cast<std::uint32_t>(room.size()), PackedEvents::max_size - place}));
            packed->pieces[inside / PackedEvents::max_size].copy(place, some);
            piece = some;
        }
        if constexpr (std::is_void_v<std::invoke_result_t<Function, EventIndex, std::span<const Event>>>)
            function(from, piece);
        else if (!function(from, piece))
            return;
        from = from + static_cast<std::uint32_t>(piece.size());
    }
}

/// A function that is told now and then how much has been read, from 0 to 1, and into which log. Returns
/// false to have the reading stopped; the log keeps what it has by then.
using LogProgress = std::function<bool(double, const std::shared_ptr<const Log>&)>;

/// Calls `function` with the index and the loop time of each event, in order.
template <class Function>
void each_event(const Log& log, Function function) {
    Time clock{0};
    log.each_piece({}, log.end_index(), [&](EventIndex at, std::span<const Event> events) {
        for (const Event& event : events) {
            if (event.kind() == Kind::clock) clock = clock_time(event);
            function(at, clock + Duration(event.since()));
            ++at;
        }
    });
}

}  // namespace loopscope::trace
