// SPDX-License-Identifier: MIT
#include "core/format/checksum.hpp"

#include <cstddef>

#include <xxhash.h>

namespace loopscope::format {

std::uint64_t checksum(std::span<const std::byte> head, std::span<const std::byte> stored) {
    XXH64_state_t* const state = XXH64_createState();
    XXH64_reset(state, 0);
    XXH64_update(state, head.data(), head.size());
    XXH64_update(state, stored.data(), stored.size());
    const std::uint64_t sum = XXH64_digest(state);
    XXH64_freeState(state);
    return sum;
}

}  // namespace loopscope::format
