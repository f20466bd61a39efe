#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// Counts what a later version of the vocabulary says and this one does not know, by kind.
class PassedOver {
  public:
    /// Counts an event. REQUIRES: its kind is one that can be passed over.
    void add(Kind kind) { ++events_[static_cast<std::uint8_t>(kind) - first_ignorable]; }
    /// Counts a Wait, a Callback or a Named.
    void add_tag() { ++tags_; }

    /// Returns what was counted, in one sentence without a full stop; empty if that is nothing.
    [[nodiscard]] std::string sentence() const;

  private:
    std::array<std::uint32_t, 256 - first_ignorable> events_{};
    std::uint32_t tags_ = 0;
};

}  // namespace loopscope::trace
