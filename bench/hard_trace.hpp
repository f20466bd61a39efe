// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/feed/annotations.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::bench {

/// A trace in which everything is far apart or very frequent, so that a panel that walks through events takes
/// longest.
///
/// A task waits from the start and is cancelled at the end through the future that it waits for, so the trace
/// has no request to cancel it. A variable is used for the first time just before the end. Two thousand tasks
/// wait, most of them for timers that never come due. Prints, writes, callbacks and lines of source occur
/// throughout, and switches of the storage now and then; the last switch is late.
struct HardTrace {
    static constexpr std::uint32_t tasks = 2000;

    std::uint32_t events = 1'000'000;  ///< approximate number of events
};

/// Writes a trace that trace::check accepts.
void write(const HardTrace& trace, trace::Log& log);

/// Returns the source that the trace's lines belong to.
format::Info info_of(const HardTrace& trace);

/// Returns marks for a hundredth of a percent of a log's events.
feed::Annotations annotations_of(const trace::Log& log);

}  // namespace loopscope::bench
