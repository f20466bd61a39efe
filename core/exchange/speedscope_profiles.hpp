// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/exchange/omissions.hpp"
#include "core/exchange/track_records.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// The evented profiles of a file of speedscope's (https://www.speedscope.app/file-format-schema.json): a
/// track each, with a slice for each pair of an open and a close event.
struct SpeedscopeProfiles {
    TrackRecords records;                ///< of all profiles, which are their places
    std::vector<std::uint32_t> numbers;  ///< of their tracks in the log
    std::uint64_t events = 0;            ///< that there were
    std::uint64_t samples = 0;           ///< profiles of them, which are passed over
    bool cut = false;                    ///< the text ends before its root does
    bool damaged = false;                ///< something in it is wrong, and what comes behind was not read

    /// Reads all profiles of a text, which is changed where its strings are invalid. Writes their tracks to
    /// the log. Calls `progress` now and then with how much is done, from 0 to 1. Returns false if that
    /// stopped it. REQUIRES: called once.
    bool read(std::string& text, trace::Log& log, Omissions& omissions,
              const std::function<bool(double)>& progress);
};

}  // namespace loopscope::exchange
