// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/exchange/own_words.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Divides the events of a slice among records, for readers have limits for what stands in one record, and so
/// have people.
class EventsTogether {
  public:
    /// The maximum number of events that stand together, and of bytes of their strings; one event may have
    /// more.
    static constexpr std::uint32_t max_events = 2048;
    static constexpr std::size_t max_bytes = std::size_t{1} << 20;

    /// Looks at all strings of a log.
    explicit EventsTogether(const trace::Log& log);

    /// Removes as many events from the beginning of some runs as may stand together, and returns them.
    [[nodiscard]] std::vector<EventRun> take(std::vector<EventRun>& runs) const;

  private:
    [[nodiscard]] bool fits(const std::vector<EventRun>& runs) const;
    [[nodiscard]] std::size_t bytes_of(EventIndex at) const;

    const trace::Log& log_;
    bool all_short_ = true;  // whether strings are so short that only the number of events matters
};

}  // namespace loopscope::exchange
