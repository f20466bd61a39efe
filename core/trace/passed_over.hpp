// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// Counts, by kind, the events and tags of a later version of the vocabulary that were passed over.
class PassedOver {
  public:
    /// Counts an event. REQUIRES: is_ignorable(kind).
    void add(Kind kind) { ++events_[static_cast<std::uint8_t>(kind) - first_ignorable]; }
    /// Counts a value of Wait, Callback or Named that this version does not know.
    void add_tag() { ++tags_; }

    /// Returns what was counted, in one sentence without a full stop; an empty string if nothing was.
    [[nodiscard]] std::string sentence() const;

  private:
    std::array<std::uint32_t, 256 - first_ignorable> events_{};
    std::uint32_t tags_ = 0;
};

}  // namespace loopscope::trace
