// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

/// What a frame may spend on work that goes on over many frames.
namespace loopscope::panels {

/// How long one job may take of a frame.
inline constexpr std::chrono::milliseconds frame_slice(10);

/// How much a run may grow in a frame, in events: a few milliseconds of work.
inline constexpr std::uint32_t events_per_frame = 20'000;

}  // namespace loopscope::panels
