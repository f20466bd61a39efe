// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace loopscope::format {

/// Returns the checksum of a chunk: XXH64 with seed 0 of `head`, the 16 bytes before the checksum, and of the
/// stored bytes.
std::uint64_t checksum(std::span<const std::byte> head, std::span<const std::byte> stored);

}  // namespace loopscope::format
