// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "core/base/id.hpp"

namespace loopscope::timeline {

/// The events that a search has found. Refers, owns nothing.
struct Found {
    std::array<std::span<const EventIndex>, 4> lists;  ///< each rises

    [[nodiscard]] bool empty() const {
        return std::ranges::all_of(lists, [](const auto& list) { return list.empty(); });
    }
    [[nodiscard]] bool has(EventIndex event) const {
        return std::ranges::any_of(lists,
                                   [&](const auto& list) { return std::ranges::binary_search(list, event); });
    }
    /// Returns the first of them that is not before an event; nothing if there is none.
    [[nodiscard]] std::optional<EventIndex> first_from(EventIndex event) const {
        std::optional<EventIndex> first;
        for (const auto& list : lists) {
            const auto next = std::ranges::lower_bound(list, event);
            if (next != list.end() && (!first || *next < *first)) first = *next;
        }
        return first;
    }
    /// Returns how many of them are before an event.
    [[nodiscard]] std::size_t count_before(EventIndex event) const {
        std::size_t count = 0;
        for (const auto& list : lists)
            count += static_cast<std::size_t>(std::ranges::lower_bound(list, event) - list.begin());
        return count;
    }
};

}  // namespace loopscope::timeline
