// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/kinds.hpp"
#include "core/trace/log.hpp"

/// The numbers of a log's strings, for files that say strings where events name them: a trace that is to be
/// the same, byte for byte, has the same numbers.
namespace loopscope::exchange {

/// The order of the strings of a log.
struct StringOrder {
    /// The numbers of the strings in the order in which events first name them, as runs: "1-2 4-5 3". Empty
    /// if that is the order of their numbers, and all are named.
    std::string numbers;
    std::vector<std::uint32_t> unnamed;  ///< strings that no event names
};

/// Returns the order of the strings of a log.
StringOrder string_order(const trace::Log& log);

/// Returns the numbers that such a text says; nothing if it is none, or one of more than `limit` numbers.
std::optional<std::vector<std::uint32_t>> numbers_of(std::string_view text, std::size_t limit);

/// Calls `take` with references to the fields of an event that are numbers of strings, and are not 0.
template <class Event, class Take>
void each_string(Event& event, Take take) {
    const auto kind = event.kind();
    if (!trace::is_known(kind)) return;
    const trace::Rule& rule = trace::rules[static_cast<std::uint8_t>(kind)];
    if (rule.a == trace::Field::string && event.a != 0) take(event.a);
    if (rule.b == trace::Tail::string && event.b != 0) take(event.b);
}

}  // namespace loopscope::exchange
