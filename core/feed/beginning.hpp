// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/feed/branch.hpp"

namespace loopscope::feed {

/// How many events of a long file are shown before all of it was read: more than anybody steps through
/// meanwhile, and few enough to be read and indexed while a window opens.
inline constexpr std::uint32_t beginning_events = 200'000;

/// Reads the first events of a long .loopscope file, on the caller's thread: at least `count` of them, to the
/// end of their chunk. Returns a recording of them, whose feed waits for another one to take its place.
/// Returns null where they take more than a tenth of the file, and where the file is no regular one, of
/// another format, or cannot be read: who reads all of it says why.
std::shared_ptr<Branch> read_beginning(const std::filesystem::path& path,
                                       std::uint32_t count = beginning_events);

}  // namespace loopscope::feed
