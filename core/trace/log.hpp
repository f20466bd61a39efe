// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/trace/block.hpp"
#include "core/trace/sink.hpp"

namespace loopscope::trace {

/// A trace in memory: an append-only sequence of events, in blocks, so that addresses stay.
///
/// One thread appends. Other threads may read events meanwhile: those that were there when the appending
/// thread told them the size, while the log has at most `max_shared_events`. Strings, and all that depends on
/// the end, such as size(), may be used by the appending thread only.
class Log final : public Sink {
  public:
    /// The maximum number of events that other threads may read while one appends.
    static constexpr std::uint32_t max_shared_events = 1u << 27;

    Log() { parts_.reserve(max_shared_events / block_events); }

    /// Returns the index after the last event.
    [[nodiscard]] EventIndex end_index() const { return {size()}; }

    /// Returns the event at an index. REQUIRES: index < end_index().
    [[nodiscard]] const Event& operator[](EventIndex index) const {
        return parts_[index.value / block_events].events[index.value % block_events];
    }
    /// Returns the events from `index` on that are contiguous in memory: at least one, and perhaps not all.
    /// REQUIRES: index < end_index().
    [[nodiscard]] std::span<const Event> events_from(EventIndex index) const {
        const std::uint32_t inside = index.value % block_events;
        return {&(*this)[index], std::min(block_events - inside, end_index() - index)};
    }

    /// Returns the loop time of an event. Walks back to the last `clock` event, at most to the start of its
    /// block: meant for single events. each_event is for many, Index::time for callers that have an index.
    [[nodiscard]] Time time(EventIndex index) const;

    /// Returns the line of source that did what an event says; 0 if the event says none. Looks back for the
    /// `line` event of an event about a variable beyond max_tagged_variable.
    [[nodiscard]] std::uint32_t line(EventIndex index) const;

    /// Returns what a `get` event read, resolved through the event that wrote it; the default of the variable
    /// where no event did.
    [[nodiscard]] StringId value_of_get(EventIndex index) const;

    /// Returns the text that a `print` or `print_value` event printed.
    [[nodiscard]] std::string_view printed_text(EventIndex index) const;

    /// Returns the `set` event that wrote what a `get` event read; none for a default, and where the writer
    /// is unknown.
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
    void lend_from(EventIndex index);

    struct Part {
        Block events;
        Time clock;  ///< the time that the last `clock` event before the block set
    };
    std::vector<Part> parts_;       // of the first max_shared_events, never moved
    std::function<void()> action_;  // called at action_index_, where the block that is lent to the sink ends
    EventIndex action_index_;
};

/// A function that is told now and then how much has been read, from 0 to 1, and into which log. Returns
/// false to have the reading stopped; the log keeps what it has by then.
using LogProgress = std::function<bool(double, const std::shared_ptr<const Log>&)>;

/// Calls `function` with the index and the loop time of each event, in order.
template <class Function>
void each_event(const Log& log, Function function) {
    Time clock{0};
    for (EventIndex at; at < log.end_index(); ++at) {
        if (log[at].kind() == Kind::clock) clock = clock_time(log[at]);
        function(at, clock + Duration(log[at].since()));
    }
}

}  // namespace loopscope::trace
