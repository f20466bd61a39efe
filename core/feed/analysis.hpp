// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/progress.hpp"
#include "core/trace/index.hpp"
#include "core/trace/keyframes.hpp"

namespace loopscope::feed {

/// The index and keyframes of a trace, which are built from its events as they arrive.
struct Analysis {
    trace::Index index;
    trace::Keyframes keyframes;

    /// Indexes what is new among the first `count` events of a log. Returns false if `progress` stopped it;
    /// the events up to there are indexed. REQUIRES: the same log at each call.
    bool update(const trace::Log& log, std::uint32_t count, const Progress& progress = {});
};

}  // namespace loopscope::feed
