#pragma once

#include <cstdint>
#include <memory>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// Events in a block: 2 MiB, the size of a huge page, so that writing a trace into new memory costs few page
/// faults: with pages of 4 KiB they are most of what an event costs.
inline constexpr std::uint32_t block_events = 1u << 17;

/// Gives a block back. Some are kept for the next trace of this process: programs are run again and again.
struct FreeBlock {
    void operator()(Event* events) const noexcept;
};

/// Memory for `block_events` events, not initialised.
using Block = std::unique_ptr<Event[], FreeBlock>;

/// A block that was given back, or a new one. Throws std::bad_alloc. Thread-safe.
Block take_block();

}  // namespace loopscope::trace
