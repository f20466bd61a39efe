#pragma once

#include "core/base/progress.hpp"
#include "core/trace/index.hpp"
#include "core/trace/keyframes.hpp"

namespace loopscope::feed {

/// What is known of a trace beyond its events: gathered from each as it arrives.
struct Analysis {
    trace::Index index;
    trace::Keyframes keyframes;

    /// Reads what is new among the first `count` events of a log, the same at each call. Returns false if
    /// `progress` had it stop: what was read until then is known.
    bool update(const trace::Log& log, std::uint32_t count, const Progress& progress = {});
};

}  // namespace loopscope::feed
