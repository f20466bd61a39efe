// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/trace/state.hpp"

namespace loopscope::trace {

/// A state in a fraction of its memory, for keeping: tasks, handles, timers and cells are much like those
/// beside them, so each word of them is a column of numbers in frames (NumberFrame).
class PackedState {
  public:
    explicit PackedState(const State& state);

    /// Returns the state that was packed.
    [[nodiscard]] State unpacked() const;
    /// Returns how many events the state has applied.
    [[nodiscard]] std::uint32_t size() const { return rest_.size(); }
    /// Returns about how much memory it takes, in bytes.
    [[nodiscard]] std::size_t bytes() const {
        return rest_.bytes() + words_.capacity() * sizeof(std::uint32_t);
    }

  private:
    State rest_;                        // but for its lists
    std::vector<std::uint32_t> words_;  // the lists, each behind its length
};

}  // namespace loopscope::trace
