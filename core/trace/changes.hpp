// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <unordered_map>

#include "core/base/id.hpp"

namespace loopscope::trace {

/// The objects that were changed in place: of each value that an object once had, what it has now.
///
/// A value is named by the event that wrote it. A cell that refers to an object goes on to name the event
/// that put it there, so a change costs the same however many cells refer to the object.
class Changes {
  public:
    /// Returns the event that wrote what the object is now whose value `writer` once wrote; `writer` itself,
    /// if it was never changed.
    [[nodiscard]] EventIndex latest(EventIndex writer) const {
        if (origins_.empty()) [[likely]]
            return writer;
        const auto origin = origins_.find(writer.value);
        return origin == origins_.end() ? writer : latest_.at(origin->second.value);
    }

    /// Notes that `to` changed the value that `from` had written. A value that is not the object's own any
    /// more is that of a deep copy: then the object stays what it is.
    void change(EventIndex from, EventIndex to) {
        const EventIndex origin = origins_.try_emplace(from.value, from).first->second;
        origins_.try_emplace(to.value, origin);
        EventIndex& now = latest_.try_emplace(origin.value, origin).first->second;
        if (now == from) now = to;
    }

    /// Returns about how much memory the object takes beyond its own size, in bytes.
    [[nodiscard]] std::size_t bytes() const { return (origins_.size() + latest_.size()) * 40; }

  private:
    std::unordered_map<std::uint32_t, EventIndex> origins_;  // of each value: what put the object there
    std::unordered_map<std::uint32_t, EventIndex> latest_;   // of each object, by what put it there
};

}  // namespace loopscope::trace
