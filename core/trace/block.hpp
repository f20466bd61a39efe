// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// The number of events in a block: 2 MiB, the size of a huge page, so that writing a trace into new memory
/// causes few page faults. With pages of 4 KiB, page faults are most of what an event costs.
inline constexpr std::uint32_t block_events = 1u << 17;

/// Releases a block. Keeps some blocks for the next trace of this process, because programs are run again and
/// again. Thread-safe.
struct FreeBlock {
    void operator()(Event* events) const noexcept;
};

/// Memory for `block_events` events, not initialised.
using Block = std::unique_ptr<Event[], FreeBlock>;

/// Returns a block that was released before, or a new one. Throws std::bad_alloc. Thread-safe.
Block take_block();

}  // namespace loopscope::trace
