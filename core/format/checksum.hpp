#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace loopscope::format {

/// XXH64 with seed 0 of a chunk: of the 16 bytes before its checksum and of what it stores.
std::uint64_t checksum(std::span<const std::byte> head, std::span<const std::byte> stored);

}  // namespace loopscope::format
