// SPDX-License-Identifier: MIT
#include "core/exchange/counters.hpp"

#include <fmt/format.h>

#include "core/exchange/lanes.hpp"

namespace loopscope::exchange {

std::uint32_t Counters::series(const ChromeRecord& record, std::uint32_t process, std::string_view name) {
    std::string room;
    key_ = fmt::format("{} ", process);
    key_ += comparable_id(record.id, room);
    key_ += '\0';
    key_ += record.name;
    const auto counter =
        counter_numbers_.emplace(key_, static_cast<std::uint32_t>(sizes_.size())).first->second;
    if (counter == sizes_.size()) sizes_.push_back(0);
    const StringId called = log_.intern(name);
    const auto [known, added] = series_numbers_.emplace(std::uint64_t{counter} << 32 | called.value,
                                                        static_cast<std::uint32_t>(all_.size()));
    if (!added) return known->second;
    if (all_.size() >= limit) {
        series_numbers_.erase(known);
        return limit;
    }
    ++sizes_[counter];
    // Counters that differ by their id are called "NAME[ID]", as in "Trace Event Format".
    const bool has_id = !record.id.empty();
    const std::string full =
        has_id ? fmt::format("{}[{}]", record.name, record.id) : std::string(record.name);
    all_.push_back({process, log_.intern(full), called, counter});
    return known->second;
}

std::string Counters::label(const CounterSeries& series) const {
    const std::string_view name = log_.strings()[series.name];
    if (sizes_[series.counter] < 2) return std::string(name);
    return fmt::format("{} {}", name, log_.strings()[series.series]);
}

}  // namespace loopscope::exchange
