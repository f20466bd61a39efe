// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "core/base/spill.hpp"
#include "core/trace/packed_state.hpp"

namespace loopscope::trace {

/// States along a trace, so that the state at any event is found by folding from the nearest state before it.
///
/// INVARIANT: the state of a keyframe takes at most a fifth of the memory of the events since the last
/// keyframe, both unpacked, so that folding from one costs no more than a few times copying it; of a hundred
/// thousand tasks, where that would be long, it takes packed about 6 bytes for each of these events at most.
/// What is beyond 32 MB of all of them is in a file (Spill).
class Keyframes {
  public:
    /// Returns the state after the first `count` events, valid until the next call. REQUIRES: count <=
    /// log.size().
    const State& seek(const Log& log, std::uint32_t count);

    /// Returns about how much the keyframes take, in bytes, in memory and in their file.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    /// Returns for each keyframe how many events come before it.
    [[nodiscard]] std::vector<std::uint32_t> indices() const;

  private:
    void fold(const Log& log, std::uint32_t count);
    void consider(std::uint32_t last);
    [[nodiscard]] std::size_t distance() const;

    std::unique_ptr<Spill> spill_ = std::make_unique<Spill>(std::size_t{32} << 20);
    std::vector<PackedState> frames_;  // their words are in spill_
    State current_;
    std::uint32_t next_ = 0;  // the size at which the next keyframe is to be thought of, at the earliest
    std::size_t bytes_ = 0;
};

}  // namespace loopscope::trace
