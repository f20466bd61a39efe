#pragma once

#include <vector>

#include "core/trace/state.hpp"

namespace loopscope::trace {

/// States of a trace along the way, so that the state at any event is found by folding from the nearest one
/// before it.
///
/// INVARIANT: a keyframe takes at most a fifth of the memory of the events since the last one. So keyframes
/// are a fifth of the trace at most, and folding from one costs no more than a few times copying it.
class Keyframes {
  public:
    /// The state after the first `count` events. Valid until the next call. REQUIRES: count <= log.size().
    const State& seek(const Log& log, std::uint32_t count);

    /// About how much memory the keyframes take.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    /// After how many events each of them is.
    [[nodiscard]] std::vector<std::uint32_t> indices() const;

  private:
    void fold(const Log& log, std::uint32_t count);
    void consider(std::uint32_t last);

    std::vector<State> frames_;
    State current_;
    std::uint32_t next_ = 0;  // the size at which the next keyframe is to be thought of, at the earliest
    std::size_t bytes_ = 0;
};

}  // namespace loopscope::trace
