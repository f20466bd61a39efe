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
/// Other threads may read events while one appends: those that are there when the appending thread tells them
/// how many there are, as long as there are at most `max_shared_events`. Texts and all that is said of the
/// end, such as size(), are the appending thread's.
class Log final : public Sink {
  public:
    static constexpr std::uint32_t max_shared_events = 1u << 27;

    Log() { parts_.reserve(max_shared_events / block_events); }

    /// REQUIRES: index < size().
    [[nodiscard]] const Event& operator[](std::uint32_t index) const {
        return parts_[index / block_events].events[index % block_events];
    }
    /// REQUIRES: index names an event of this log.
    [[nodiscard]] const Event& operator[](EventIndex index) const { return (*this)[index.value]; }

    /// Events that stand side by side, from this one on: at least one, and perhaps not all. REQUIRES: index <
    /// size().
    [[nodiscard]] std::span<const Event> events_from(std::uint32_t index) const {
        const std::uint32_t position = index % block_events;
        return {&(*this)[index], std::min(block_events - position, size() - index)};
    }

    /// The loop time of an event. Walks back to the last `clock` event, at most to the start of its block:
    /// for one event; each_event is for many, Index::time for those that have an index.
    [[nodiscard]] Time time(std::uint32_t index) const;

    /// Returns the line of source that did what an event says; 0 if it says none. Looks back for the `line`
    /// event of one about a variable beyond max_tagged_variable.
    [[nodiscard]] std::uint32_t line(std::uint32_t index) const;

    /// What a `get` event read, resolved through the event that wrote it; the variable's default where none
    /// did.
    [[nodiscard]] StringId value_of_get(std::uint32_t index) const;

    /// The text that a `print` or `print_value` event printed.
    [[nodiscard]] std::string_view printed_text(std::uint32_t index) const;

    /// Returns the `set` that wrote what a `get` read; none for a default, and where nobody knows who wrote
    /// it.
    [[nodiscard]] EventIndex writer_of_get(std::uint32_t index) const;
    /// The event whose value a `print_value` shows; none for other events, for a default, and where nobody
    /// knows who wrote it.
    [[nodiscard]] EventIndex writer_of_print(std::uint32_t index) const;

    /// Calls `action` once, just before the event of this index would be written. The action may emit events:
    /// they take that index and the next ones. Costs nothing until then. REQUIRES: index >= size(); one at a
    /// time.
    void on_reaching(std::uint32_t index, std::function<void()> action);
    /// Forgets an action that has not been called.
    void forget_action();

  protected:
    void refill() override;

  private:
    void lend_from(std::uint32_t index);

    struct Part {
        Block events;
        Time clock;  ///< the last clock event's time when the block began
    };
    std::vector<Part> parts_;       // of the first max_shared_events, never moved
    std::function<void()> action_;  // called at action_index_, where the block that is lent to the sink ends
    std::uint32_t action_index_ = 0;
};

/// Told now and then how much has been read, from 0 to 1, and into which log; gives false to have the reading
/// stopped. The log keeps what it has by then.
using LogProgress = std::function<bool(double, const std::shared_ptr<const Log>&)>;

/// Calls with each event's number and time, in order.
template <class Function>
void each_event(const Log& log, Function function) {
    Time clock{0};
    for (std::uint32_t at = 0; at < log.size(); ++at) {
        if (log[at].kind() == Kind::clock) clock = clock_time(log[at]);
        function(at, clock + Duration(log[at].since()));
    }
}

}  // namespace loopscope::trace
