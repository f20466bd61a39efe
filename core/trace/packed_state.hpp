// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/spill.hpp"
#include "core/trace/state.hpp"

namespace loopscope::trace {

/// A state in a fraction of its memory, for keeping: tasks, handles, timers and cells are much like those
/// beside them, so each word of them is a column of numbers in frames (NumberFrame).
class PackedState {
  public:
    /// Packs a state. What it has of tasks and handles is in `spill` from now on, which has to live as long.
    PackedState(const State& state, Spill& spill);

    /// Returns the state that was packed.
    [[nodiscard]] State unpacked() const;
    /// Returns how many events the state has applied.
    [[nodiscard]] std::uint32_t size() const { return rest_.size(); }
    /// Returns about how much memory it takes, in bytes, wherever it is kept.
    [[nodiscard]] std::size_t bytes() const { return rest_.bytes() + words_.size_bytes(); }

  private:
    State rest_;                            // but for its lists
    std::span<const std::uint32_t> words_;  // the lists, each behind its length
};

}  // namespace loopscope::trace
