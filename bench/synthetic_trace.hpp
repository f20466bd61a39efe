// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/trace/log.hpp"

namespace loopscope::bench {

/// The size of a synthetic trace.
struct SyntheticTrace {
    std::uint32_t events = 1'000'000;  ///< approximate number of events
    std::uint32_t lanes = 100;         ///< tasks, in chains of four: a root and its three children
};

/// Writes a trace as a loop would, without running one. Tasks take turns in bursts, sleep, wait for items,
/// write and print a symbol. After each eighth of the trace, the storage changes between a global, with which
/// most prints leak, and a context, with which none does. Equal sizes give equal traces.
void write(const SyntheticTrace& trace, trace::Log& log);

}  // namespace loopscope::bench
