// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/trace/log.hpp"

namespace loopscope::bench {

/// The size of a synthetic imported trace.
struct SliceTrace {
    std::uint32_t slices = 1'000'000;
    std::uint32_t tracks = 10;  ///< threads, in processes of 16
};

/// Writes a trace as a reader of other tools' traces would: threads of which each has slices of 64 names, up
/// to four deep, and some instants; and a counter for each process. Equal sizes give equal traces.
void write(const SliceTrace& trace, trace::Log& log);

}  // namespace loopscope::bench
