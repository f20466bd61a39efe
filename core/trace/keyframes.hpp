#pragma once

#include <vector>

#include "core/trace/state.hpp"

namespace loopscope::trace {

/// States of a trace along the way, so that the state at any event is found by folding from the nearest one
/// before it.
///
/// INVARIANT: a keyframe is taken when the events since the last one outnumber what is alive in the state, so
/// that keyframes grow no faster than the trace, and folding from one costs no more than copying it.
class Keyframes {
  public:
    /// The state after the first `count` events. Valid until the next call. REQUIRES: count <= log.size().
    const State& seek(const Log& log, std::uint32_t count);

  private:
    void fold(const Log& log, std::uint32_t count);

    std::vector<State> frames_;
    State current_;
};

}  // namespace loopscope::trace
