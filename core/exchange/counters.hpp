// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/exchange/chrome_record.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A series of values of a counter of another tool's trace.
struct CounterSeries {
    std::uint32_t process = 0;  ///< an index in Lanes
    StringId name;
    StringId series;
    std::uint32_t counter = 0;  ///< the counter that it belongs to, an index
};

/// The counters of a trace's records, in order of first mention.
class Counters {
  public:
    explicit Counters(trace::Log& log) : log_(log) {}

    /// Returns the index of a series of a record's counter, made at its first record; `limit` if there are
    /// that many already.
    std::uint32_t series(const ChromeRecord& record, std::uint32_t process, std::string_view name);

    /// Returns all series, by index.
    [[nodiscard]] const std::vector<CounterSeries>& all() const { return all_; }
    /// Returns what a series is called: as its counter, and by its own name if the counter has several.
    [[nodiscard]] std::string label(const CounterSeries& series) const;

    static constexpr std::uint32_t limit = 1U << 20;

  private:
    trace::Log& log_;
    std::vector<CounterSeries> all_;
    std::vector<std::uint32_t> sizes_;  // of each counter: how many series it has
    std::unordered_map<std::string, std::uint32_t> counter_numbers_;
    std::unordered_map<std::uint64_t, std::uint32_t> series_numbers_;  // by counter and name
    std::string key_;
};

}  // namespace loopscope::exchange
