#pragma once

#include <cstdint>

#include "core/trace/log.hpp"

namespace loopscope::bench {

/// What a made-up trace is to be like.
struct SyntheticTrace {
    std::uint32_t events = 1'000'000;  ///< about so many
    std::uint32_t lanes = 100;         ///< tasks: chains of four, a root and its three children
};

/// Writes a trace as a loop would, without running one: tasks take turns in bursts, sleep, wait for items,
/// write and print a symbol; for an eighth of the trace each a global is read, so that most prints leak, or a
/// context, so that none does. The same every time.
void write(const SyntheticTrace& trace, trace::Log& log);

}  // namespace loopscope::bench
